// node generate.mjs <allure-results> <output folder>
// Generates the report with the pinned `allure`, takes its analytics out, and fails where the report says less than the results:
// the generator itself ends with 0 when one of its plug-ins broke.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { problemsOf } from "./check.mjs";

const [resultsArgument, outputArgument] = process.argv.slice(2);
if (!resultsArgument || !outputArgument) fail("Usage: node generate.mjs <allure-results> <output folder>");

const here = dirname(fileURLToPath(import.meta.url));
const cli = join(here, "node_modules", "allure", "cli.js");
if (!existsSync(cli)) fail(`The package allure is not installed. Run: npm ci --prefix ${here}`);

const results = resolve(resultsArgument);
if (!existsSync(results) || !readdirSync(results).some((name) => name.endsWith("-result.json")))
  fail(`${results} holds no *-result.json. Run the suite first, or name its allure-results folder.`);

const output = resolve(outputArgument);
rmSync(output, { recursive: true, force: true });
const workingDirectory = mkdtempSync(join(tmpdir(), "allure-"));
const run = spawnSync(process.execPath, [cli, "generate", results, "--config", join(here, "allurerc.mjs"), "--output", output], {
  cwd: workingDirectory,
  env: { ...process.env, CAPACITY_ALLURE_RESULTS: results },
  encoding: "utf8",
});
rmSync(workingDirectory, { recursive: true, force: true });
process.stderr.write(run.stderr);
if (run.status !== 0) fail(`allure generate ended with ${run.status}: ${run.stdout}`);

// The page would load a script from a foreign host each time it is opened. Evidence of a run is read offline.
const page = join(output, "index.html");
if (!existsSync(page)) fail(`allure generate wrote no index.html: ${run.stdout}${run.stderr}`);
const analytics = /<script async src="https:\/\/www\.googletagmanager\.com[\s\S]*?<\/script>\s*<script>[\s\S]*?<\/script>/g;
const html = readFileSync(page, "utf8").replace(analytics, "");
if (html.includes("googletagmanager")) fail("index.html still loads analytics: its form has changed, adapt generate.mjs.");
writeFileSync(page, html);

const { problems, summary } = problemsOf(results, output);
if (problems.length > 0) fail(`The Allure report is not complete:\n- ${problems.join("\n- ")}`);
console.log(summary);

function fail(message) {
  console.error(message);
  process.exit(1);
}
