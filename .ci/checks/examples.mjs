// node examples.mjs <folder for what the runs leave> [accept]
// Every example output of README and docs/ is what the command above it prints, numbers apart, and reports/sample is of such a run. With
// "accept" what was printed and written takes the place of what stands there. The gate's table is compared where a gate is run: gate.mjs.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { accept, alike, exampleOf } from "./example.mjs";
import { assert, check } from "./check.mjs";
import { runSuite, withTarget } from "./processes.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const out = resolve(process.argv[2]);
const isAccepted = process.argv[3] === "accept";
// Both write to reports/latest, as their commands do; what the second leaves is the sample.
const pages = { "docs/scaling-plan.md": /^Maximum reliable/, "README.md": /^✓ +\d+ sessions/ };
const sampleFiles = ["capacity.html", "capacity.json", "capacity.md", "junit.xml"];

for (const [page, first] of Object.entries(pages)) {
  const { text, server, settings } = exampleOf(page);
  const name = page.replaceAll(/.*\/|\.md$/g, "");
  await check(`the example of ${page} is what its command prints`, async () => {
    // A port of a page may be taken; what is accepted has the page's own.
    const options = isAccepted ? server : server.join(" ").replace(/--port \d+/, "").trim().split(" ");
    const { code, screen } = await run(options, settings);
    rmSync(join(out, name), { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${name}.log`), screen);
    cpSync(join(repository, "reports/latest"), join(out, name), { recursive: true });
    assert.equal(code, 0, screen);
    const printed = shown(screen, first).replaceAll(/ws:\/\/127\.0\.0\.1:\d+\/?/g, settings.CAPACITY_TARGET_URL);
    if (isAccepted) accept(page, printed);
    else assert.deepEqual(alike(printed), alike(text));
  });
}

await check("the sample is of a run as the README's: the same sections and columns, and nothing of the machine", () => {
  if (isAccepted) sampleFiles.forEach((file) => writeFileSync(join(repository, "reports/sample", file), impersonal(readFileSync(join(out, "README", file), "utf8"))));
  const sample = (file) => readFileSync(join(repository, "reports/sample", file), "utf8");
  assert.deepEqual(headings(sample("capacity.md")), headings(readFileSync(join(out, "README/capacity.md"), "utf8")));
  for (const file of sampleFiles) assert.equal(impersonal(sample(file)), sample(file), file);
});

async function run(options, settings) {
  let ended;
  // As in a fresh clone: a run that finds another one's log there may have something to say of it.
  rmSync(join(repository, "reports/latest"), { recursive: true, force: true });
  await withTarget(options, async (url) => (ended = await runSuite({ ...settings, CAPACITY_TARGET_URL: url })));
  return ended;
}

/** From a line of the screen to the report's; what a slow step says meanwhile is left out. */
function shown(screen, first) {
  const lines = screen.split("\n").filter((line) => !line.startsWith("…"));
  const from = lines.findIndex((line) => first.test(line));
  const to = lines.findIndex((line) => line.startsWith("  Report "));
  return `${lines.slice(from, to + 1).join("\n")}\n`;
}

function headings(markdown) {
  const isShown = (line, index, all) => /^#|^<summary>/.test(line) || /^\| -/.test(all[index + 1] ?? "");
  return markdown.split("\n").filter(isShown).map((line) => line.replaceAll(/\d[\d,.]*/g, "0"));
}

// What only this machine has: where the repository and the user's files lie, its processes' numbers, its control group, its kernel's build.
function impersonal(text) {
  return text.replaceAll(repository, "").replaceAll(`${homedir()}/`, "~/")
    .replaceAll(/\/proc\/\d+\//g, "/proc/self/").replaceAll(/(\/sys\/fs\/cgroup\/[a-z,]+)\/[\w./:-]+\/([\w.]+)/g, "$1/$2")
    .replaceAll(/kernel (\d+\.\d+)[\w.-]*/g, "kernel $1");
}
