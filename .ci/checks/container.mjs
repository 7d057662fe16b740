// node container.mjs <folder for the runs>
// What the image runs, without an image: the layout that the Dockerfile builds, in a folder that its user cannot write to, under the
// entry point. .ci/container/prove.sh does the same in the image itself, with its limits; it takes some minutes.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assert, check } from "./check.mjs";

const out = resolve(process.argv[2]);
mkdirSync(out, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "capacity-layout-"));
const layout = join(folder, "app");
// Only root can be another user; anybody else runs it as who they are.
const root = process.getuid() === 0;
const user = root ? { uid: 10001, gid: 10001 } : {};

/** The entry point as the image starts it; `ended` gives its exit code and its standard output. */
function start(name, settings) {
  const reports = join(folder, name);
  mkdirSync(reports);
  if (root) chownSync(reports, user.uid, user.gid);
  const entry = spawn("/bin/sh", [join(layout, "deploy/entrypoint.sh")], {
    cwd: "/", ...user, detached: true, stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, CAPACITY_REPORTS_DIRECTORY: reports, CAPACITY_LADDER_PAUSE: "0s", ...settings },
  });
  let screen = "";
  for (const stream of [entry.stdout, entry.stderr]) stream.setEncoding("utf8").on("data", (text) => (screen += text));
  const deadline = setTimeout(() => process.kill(-entry.pid, "SIGKILL"), 90_000);
  const ended = new Promise((done) => entry.on("close", (code) => {
    clearTimeout(deadline);
    writeFileSync(join(out, `${name}.log`), screen);
    done({ code, screen });
  }));
  const json = () => JSON.parse(readFileSync(join(reports, "capacity.json"), "utf8"));
  return { entry, reports, ended, json };
}

try {
  await check("the image's layout is built", () => {
    chmodSync(folder, 0o755);
    const built = spawnSync("sh", ["build/layout.sh", layout], { encoding: "utf8", timeout: 300_000 });
    writeFileSync(join(out, "layout.log"), built.stdout + built.stderr);
    assert.equal(built.status, 0, built.stdout.slice(-2000) + built.stderr);
  });

  await check("the suite runs in it, as a user who may write nothing but reports", async () => {
    const run = start("complete", { CAPACITY_LADDER_STEPS: "5,10" });
    const { code, screen } = await run.ended;
    assert.equal(code, 0, screen);
    assert.match(screen, /^✓ +10 sessions: +10 successful/m, "rows come out as lines of their own");
    assert.match(screen.trimEnd().split("\n").at(-1), /^entrypoint: ended with exit code 0; its record is complete; exit code 0$/);
    for (const file of ["capacity.json", "capacity.md", "capacity.html", "capacity.trx", "junit.xml", "steps.jsonl"])
      assert.ok(existsSync(join(run.reports, file)), file);
  });

  await check("SIGTERM to its entry point leaves reports, and ends with 143", async () => {
    const run = start("stopped", { CAPACITY_LADDER_STEPS: "5,10,15", CAPACITY_LADDER_HOLD: "3s" });
    const log = join(run.reports, "steps.jsonl");
    for (let tries = 0; tries < 600 && !(existsSync(log) && readFileSync(log, "utf8").includes('"kind":"step"')); tries++) await sleep(50);
    run.entry.kill("SIGTERM");
    const { code, screen } = await run.ended;
    assert.equal(code, 143, screen);
    assert.deepEqual([run.json().complete, run.json().interrupted], [false, "SIGTERM"]);
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
