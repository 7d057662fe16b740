// Headless Chromium, and a server for pages that do not work from a file.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };

export const launch = () => chromium.launch({ executablePath: process.env.CI_CHROMIUM ?? "/usr/bin/chromium", headless: true, args: flags });

/** Opens a page and keeps what it complained of and asked for. */
export async function open(browser, url, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const problems = [];
  const requests = [];
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()} ${message.location().url}`));
  page.on("pageerror", (error) => problems.push(`page: ${error.message}`));
  page.on("requestfailed", (request) => problems.push(`not loaded: ${request.url()}`));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url, { waitUntil: "load", timeout: 30_000 });
  return { page, problems, requests };
}

/** Serves a folder on loopback while the body runs. */
export async function serving(folder, body) {
  const server = createServer((request, response) => {
    const path = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname)).replace(/\/$/, "/index.html"));
    const found = existsSync(path) && statSync(path).isFile();
    // A browser asks for a favicon that no report has to bring.
    response.writeHead(found ? 200 : path.endsWith("favicon.ico") ? 204 : 404, { "content-type": types[extname(path)] ?? "application/octet-stream" });
    if (found) createReadStream(path).pipe(response);
    else response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await body(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
