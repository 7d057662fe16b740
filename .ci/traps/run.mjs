// node run.mjs [name...]: real servers of known truth, and whether the suite says it of each. As root on Debian; it installs them.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startSuite } from "../checks/processes.mjs";
import { misfits } from "./expect.mjs";
import { output, place, servers } from "./place.mjs";
import { rows } from "./rows.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = resolve(here, "../../reports/traps");
const built = join(root, "kestrel");
const limitMilliseconds = 900_000;
const packages = [
  "nginx-light", "haproxy", "caddy", "apache2", "daphne", "python3-uvicorn", "python3-websockets", "tomcat10",
  "tomcat10-examples", "gunicorn", "python3-eventlet", "rabbitmq-server",
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) throw new Error(`no row ${unknown.join(", ")}; there are ${rows.map(({ name }) => name).join(", ")}`);

await install();
mkdirSync(root, { recursive: true });
let failed = 0;
for (const row of rows.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) failed += (await judge(row)) ? 0 : 1;
console.log(failed === 0 ? "all right" : `${failed} wrong`);
process.exit(failed === 0 ? 0 : 1);

async function judge(row) {
  const folder = join(root, row.name);
  rmSync(folder, { recursive: true, force: true });
  const home = Object.assign(place(folder), { built });
  let problems;
  let said = "";
  try {
    const { url, settings, during } = await row.start(home);
    const suite = startSuite({
      ...row.settings, ...settings, CAPACITY_TARGET_URL: url, CAPACITY_REPORTS_DIRECTORY: join(folder, "reports"),
    }, [], undefined, limitMilliseconds);
    during?.().catch((error) => console.log(error));
    const { code, screen } = await suite.ended;
    writeFileSync(join(folder, "screen.txt"), screen);
    const report = JSON.parse(readFileSync(join(folder, "reports/capacity.json"), "utf8"));
    ({ problems, said } = misfits(row.expect, report, code));
  } catch (error) {
    problems = [error.stack ?? String(error)];
  } finally {
    await home.end();
    await home.after?.();
  }
  console.log(`${problems.length === 0 ? "✓" : "✗"} ${row.name.padEnd(20)}| ${row.truth} | ${said}`);
  problems.forEach((problem) => console.log(`    ${problem}`));
  return problems.length === 0;
}

/** What is not there yet; the services of what is installed are not started. */
async function install() {
  const missing = [];
  for (const name of packages)
    if (!existsSync(`/var/lib/dpkg/info/${name}.list`)) missing.push(name);
  if (missing.length > 0) {
    const policy = "/usr/sbin/policy-rc.d";
    const ours = !existsSync(policy);
    if (ours) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
    try {
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      await output(["apt-get", "update", "-qq"], { env });
      await output(["apt-get", "install", "-qq", "-y", "--no-install-recommends", ...missing], { env });
    } finally {
      if (ours) rmSync(policy);
    }
  }
  if (!existsSync(join(here, "node_modules"))) await output(["npm", "ci", "--no-audit", "--no-fund"], { cwd: here });
  if (!existsSync(join(built, "kestrel.dll"))) await output(["dotnet", "build", join(servers, "kestrel.cs"), "-o", built]);
}
