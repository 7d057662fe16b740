// node .ci/screenshot.mjs <capacity.html> <picture.png> [id of a section]
// The README's pictures, made from real runs: the head of the page, or that of a section. Needs Chromium and `npm ci --prefix .ci`.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, open } from "./checks/browser.mjs";

const [source, picture, section] = process.argv.slice(2);
if (!source || !picture) {
  console.error("Usage: node .ci/screenshot.mjs <capacity.html> <picture.png> [id of a section]");
  process.exit(1);
}

const browser = await launch();
try {
  const { page } = await open(browser, pathToFileURL(resolve(source)).href, { viewport: { width: 1100, height: 880 }, colorScheme: "light" });
  const box = section ? await page.locator(`section#${section}`).boundingBox() : null;
  await page.screenshot({ path: picture, ...(box ? { fullPage: true, clip: { x: box.x - 12, y: box.y - 8, width: box.width + 24, height: Math.min(box.height + 16, 1000) } } : {}) });
} finally {
  await browser.close();
}
