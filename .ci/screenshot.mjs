// node .ci/screenshot.mjs <capacity.html> <picture.png>
// The README's picture, made from a real run (README.md, "The report files" says which). Needs Chromium and `npm ci --prefix .ci`.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, open } from "./checks/browser.mjs";

const [source, picture] = process.argv.slice(2);
if (!source || !picture) {
  console.error("Usage: node .ci/screenshot.mjs <capacity.html> <picture.png>");
  process.exit(1);
}

const browser = await launch();
try {
  const { page } = await open(browser, pathToFileURL(resolve(source)).href, { viewport: { width: 1100, height: 1160 }, colorScheme: "light" });
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
}
