// node pages.mjs <reports folder> <Allure report folder>
// Opens both pages as a person would: no error, nothing fetched from elsewhere, readable on a phone and in the dark.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, open, serving } from "./browser.mjs";
import { assert, check } from "./check.mjs";

const [folder, allure] = process.argv.slice(2);
const capacityPage = pathToFileURL(resolve(folder, "capacity.html")).href;
const report = JSON.parse(readFileSync(join(folder, "capacity.json"), "utf8"));
const browser = await launch();

try {
  await check("capacity.html opens without an error and asks for nothing but itself", async () => {
    const { page, problems, requests } = await open(browser, capacityPage);
    await page.waitForTimeout(500);
    assert.deepEqual(problems, []);
    assert.deepEqual(requests.filter((url) => url !== capacityPage && !url.startsWith("data:")), []);
  });

  await check("capacity.html says the verdict and draws charts", async () => {
    const { page } = await open(browser, capacityPage);
    const text = await page.innerText("body");
    assert.match(text, new RegExp(String(report.verdict.safeLimit)), "the safe limit");
    assert.match(text, /passed/i, "the outcome");
    assert.ok((await page.locator("svg").count()) >= 3, "fewer than three charts");
    assert.ok((await page.locator("table").count()) >= 1, "no table");
  });

  await check("capacity.html begins with verdict, bottleneck, next step and the ladder's chart", async () => {
    const { page } = await open(browser, capacityPage, { viewport: { width: 1100, height: 1160 } });
    for (const name of ["Limited by", "Next", "Connections held by step"]) {
      const box = await page.getByText(name, { exact: true }).first().boundingBox();
      assert.ok(box && box.y + box.height < 1160, `${name} is not on the first screen`);
    }
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height < 7000, `${height} px of page`);
  });

  await check("capacity.html does not scroll sideways at 360 px", async () => {
    const { page } = await open(browser, capacityPage, { viewport: { width: 360, height: 740 } });
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(content <= window, `${content} px wide in a window of ${window} px`);
  });

  await check("capacity.html is dark where the system is dark", async () => {
    const brightness = async (colorScheme) => {
      const { page } = await open(browser, capacityPage, { colorScheme });
      return page.evaluate(() => {
        const colour = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor)
          .find((value) => !/, 0\)$|transparent/.test(value)) ?? "rgb(255, 255, 255)";
        return colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
      });
    };
    const [light, dark] = [await brightness("light"), await brightness("dark")];
    assert.ok(light > 180 && dark < 75, `background brightness ${light} in light, ${dark} in dark mode`);
  });

  await check("the Allure report opens without an error and lists every step", () => serving(resolve(allure), async (url) => {
    const { page, problems, requests } = await open(browser, url);
    await page.getByText("3 Ladder", { exact: true }).click({ timeout: 15_000 });
    for (const step of report.steps)
      await page.getByText(`: ${step.sessions} sessions are held`).first().waitFor({ timeout: 15_000 });
    // Allure asks for this file whether or not a plug-in wrote it, and does without it.
    assert.deepEqual(problems.filter((problem) => !problem.includes("/widgets/metrics.json")), []);
    assert.deepEqual(requests.filter((asked) => !asked.startsWith(url) && !/^(data|blob):/.test(asked)), []);
  }));
} finally {
  await browser.close();
}
