// The suite and the target server as processes; whatever is started here is ended here.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const server = resolve(repository, "TargetServer/bin/Debug/net10.0/TargetServer.dll");
const limitMilliseconds = 120_000;
const running = new Set();

const endGroup = (suite) => {
  try {
    // Its group: the test host and the embedded target are its children's children.
    process.kill(-suite.pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
};

for (const signal of ["SIGTERM", "SIGINT"])
  process.on(signal, () => {
    running.forEach(endGroup);
    process.exit(1);
  });

const dotnetTest = ["dotnet", "test", "CapacityTests", "--no-build"];

/** Starts the suite on what is built, with nothing set but what is given; `ended` gives its exit code and its screen. */
export function startSuite(settings, options = [], command = dotnetTest, milliseconds = limitMilliseconds) {
  const clean = Object.entries(process.env).filter(([name]) => !/^(CAPACITY_|NUM_SESSIONS$|GITHUB_STEP_SUMMARY$)/.test(name));
  const suite = spawn(command[0], [...command.slice(1), ...options], {
    cwd: repository, env: { ...Object.fromEntries(clean), ...settings }, stdio: ["ignore", "pipe", "pipe"], detached: true,
  });
  let screen = "";
  for (const stream of [suite.stdout, suite.stderr]) stream.setEncoding("utf8").on("data", (text) => (screen += text));
  running.add(suite);
  const deadline = setTimeout(() => endGroup(suite), milliseconds);
  const ended = new Promise((done) => suite.on("close", (code, signal) => {
    clearTimeout(deadline);
    running.delete(suite);
    done({ code: code ?? signal, screen });
  }));
  return { id: suite.pid, ended };
}

/** `dotnet test` on what is built, to its end. */
export const runSuite = (settings, options = []) => startSuite(settings, options).ended;

/** Runs a target server while the body runs. With --with-parent it ends when this process does, however that ends. */
export async function withTarget(options, body) {
  const target = spawn("dotnet", [server, "--with-parent", ...options], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    await body(await listening(target), target.pid);
  } finally {
    target.kill("SIGTERM");
    if (target.exitCode === null && target.signalCode === null) await new Promise((done) => target.on("exit", done));
  }
}

/**
 * This repository's target servers, test hosts and pool workers that run now: id and command line. With the id of a suite
 * only its own: they are in its process group, whoever their parent is by now.
 */
export function processes(suite) {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((id) => {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      const group = Number(readFileSync(`/proc/${id}/stat`, "utf8").replace(/^.*\) /s, "").split(" ")[2]);
      return { id: Number(id), command, group };
    } catch {
      // It ended between the two readings.
      return { id: Number(id), command: "" };
    }
  });
  return all.filter(({ command, group }) => command.includes(repository)
    && /TargetServer|testhost|PoolWorker/.test(command) && (suite === undefined || group === suite));
}

/** The command lines of those that still run. */
export const leftOver = () => processes().map(({ command }) => command);

function listening(target) {
  let text = "";
  return new Promise((found, failed) => {
    target.on("exit", (code) => failed(new Error(`TargetServer ended with ${code} before it listened: ${text}`)));
    target.stdout.setEncoding("utf8").on("data", (data) => {
      text += data;
      const line = text.match(/^listening (\{.*\})$/m);
      if (line) found(JSON.parse(line[1]).url);
    });
  });
}
