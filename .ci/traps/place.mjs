// Where a row's servers live: a folder, free ports, and processes that end with the row.
import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const servers = fileURLToPath(new URL("servers/", import.meta.url));

// A Java or Erlang machine starts slowly on a busy machine.
const startMilliseconds = 90_000;
const running = new Set();

for (const signal of ["SIGTERM", "SIGINT"])
  process.on(signal, () => running.forEach((child) => signalGroup(child, "SIGKILL")));

/** The place of one row; `end` ends all that was started in it. */
export function place(folder) {
  mkdirSync(folder, { recursive: true });
  const started = [];
  const here = {
    folder,
    /** Writes a file of the row, and gives its path. */
    write(name, text) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    /** Starts a server and waits until the port answers. */
    async start(port, command, options = {}) {
      const log = openSync(join(folder, "server.log"), "a");
      const child = spawn(command[0], command.slice(1), {
        cwd: folder, ...options, env: { ...process.env, ...options.env }, stdio: ["ignore", log, log], detached: true,
      });
      const ended = new Promise((done) => child.on("close", done).on("error", done));
      running.add(child);
      started.push({ child, ended });
      await listening(port, child, join(folder, "server.log"));
      return child;
    },
    /** Runs a command to its end; gives what it printed. */
    run: (command, options = {}) => output(command, { cwd: folder, ...options, env: { ...process.env, ...options.env } }),
    node: (kind, port) => here.start(port, ["node", join(servers, "node.mjs"), kind, port]),
    async end() {
      for (const { child, ended } of started.reverse()) {
        signalGroup(child, "SIGTERM");
        if (await Promise.race([ended.then(() => "ended"), sleep(5000, "late")]) === "late") signalGroup(child, "SIGKILL");
        await ended;
        // What the server had left behind in its group.
        signalGroup(child, "SIGKILL");
        running.delete(child);
      }
    },
  };
  return here;
}

/** A port of loopback that nobody has. */
export const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

/** Waits until so many connections to the port are open on this machine. */
export async function opened(port, count) {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const open = () => readFileSync("/proc/net/tcp", "utf8").split("\n")
    .map((line) => line.trim().split(/\s+/)).filter(([, address, , state]) => address === local && state === "01").length;
  while (open() < count) await sleep(100);
}

/** Runs a command to its end; gives what it printed, and throws where it failed. */
export const output = (command, options = {}) => new Promise((done, failed) => {
  const child = spawn(command[0], command.slice(1), { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (data) => (text += data));
  child.on("error", failed);
  child.on("close", (code) => (code === 0 ? done(text) : failed(new Error(`${command.join(" ")} ended with ${code}: ${text}`))));
});

function signalGroup(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

async function listening(port, child, log) {
  const deadline = Date.now() + startMilliseconds;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`no server on port ${port} (exit code ${child.exitCode}): ${readFileSync(log, "utf8").slice(-2000)}`);
    await sleep(100);
  }
}

const answers = (port) => new Promise((done) => {
  const socket = connect(port, "127.0.0.1");
  socket.on("connect", () => { socket.destroy(); done(true); });
  socket.on("error", () => done(false));
});
