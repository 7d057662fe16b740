// node gate.mjs <folder for the runs>
// A task-size change as a newcomer gates it: a repository made for it, with a Node server (npm ws) and a task definition, and the step of the
// README's GitHub pipeline. Needs the right to make control groups.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assert, check } from "./check.mjs";
import { alike, exampleOf } from "./example.mjs";
import { processes } from "./processes.mjs";

const root = resolve(import.meta.dirname, "../..");
const out = resolve(process.argv[2]);
mkdirSync(out, { recursive: true });
const repository = mkdtempSync(join(tmpdir(), "capacity-gate-"));

/** The step of the README's pipeline: its command, and its settings. */
function step() {
  const page = readFileSync(join(root, "docs/task-size-gate.md"), "utf8");
  const [, text] = /- name: Measure the task size\n([\s\S]*?)\n {6}- /.exec(page) ?? assert.fail("docs/task-size-gate.md has no step 'Measure the task size'");
  const command = /^ +run: (.*)$/m.exec(text)[1];
  const settings = Object.fromEntries([...text.matchAll(/^ {10}(CAPACITY_\w+): (.*)$/gm)].map(([, name, value]) => [name, value.replace("${{ github.base_ref }}", "main")]));
  return { command, settings };
}

const git = (...words) => {
  const done = spawnSync("git", ["-c", "user.name=ci", "-c", "user.email=ci@localhost", ...words], { cwd: repository, encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
};

function definition(cpu, memory) {
  writeFileSync(join(repository, "ecs/task-definition.json"), `${JSON.stringify({
    family: "chat", requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", cpu, memory,
    containerDefinitions: [{ name: "chat", image: "chat:1", essential: true, portMappings: [{ containerPort: 8080 }],
      ulimits: [{ name: "nofile", softLimit: 65535, hardLimit: 65535 }] }],
  }, null, 2)}\n`);
}

function make() {
  mkdirSync(join(repository, "ecs"));
  mkdirSync(join(repository, "node_modules"));
  cpSync(join(root, ".ci/node_modules/ws"), join(repository, "node_modules/ws"), { recursive: true });
  writeFileSync(join(repository, ".gitignore"), "node_modules/\n.capacity\n");
  writeFileSync(join(repository, "server.js"), `
    const { WebSocketServer } = require('ws');
    const kib = Number(process.env.STATE_KIB ?? 0);
    const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT), perMessageDeflate: false });
    server.on('connection', (socket) => {
      socket.state = Buffer.alloc(kib * 1024, 1);
      socket.on('error', () => {});
    });
  `);
  definition("512", "1024");
  git("init", "-q", "-b", "main", ".");
  git("add", "-A");
  git("commit", "-qm", "A chat service");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  symlinkSync(root, join(repository, ".capacity"));
}

/** Starts the pipeline's step; `ended` gives its exit code, its screen and its capacity.json. */
function start(name, more) {
  const { command, settings } = step();
  const reports = join(out, name);
  const summary = join(out, `${name}.summary.md`);
  rmSync(reports, { recursive: true, force: true });
  const free = spawnSync("sh", ["-c", "command -v sudo"]).status === 0 ? command : command.replace(/^sudo --preserve-env="[^"]*" /, "");
  // The symbolic link stands for the checkout, so paths that start at the suite's folder start at the link's end: they are made absolute.
  const here = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, value.replace(/^\.\.\//, `${repository}/`).replace(/^cd \.\. /, `cd ${repository} `)]));
  const running = spawn("bash", ["-ec", free.replace(" dotnet test .capacity", " dotnet test .capacity --no-build")], {
    cwd: repository, detached: true, stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...here, GITHUB_STEP_SUMMARY: summary, CAPACITY_REPORTS_DIRECTORY: reports,
      CAPACITY_LADDER_STEPS: "100,300,600,1200", CAPACITY_LADDER_HOLD: "200ms", CAPACITY_GATE_REPEATS: "1",
      CAPACITY_GATE_REQUIREDCONNECTIONS: "600", STATE_KIB: "1024", ...more },
  });
  let screen = "";
  for (const stream of [running.stdout, running.stderr]) stream.setEncoding("utf8").on("data", (text) => (screen += text));
  const deadline = setTimeout(() => process.kill(-running.pid, "SIGKILL"), 300_000);
  const ended = new Promise((done) => running.on("close", (code) => {
    clearTimeout(deadline);
    writeFileSync(join(out, `${name}.log`), screen);
    const json = join(reports, "capacity.json");
    done({ code, screen, summary: existsSync(summary) ? readFileSync(summary, "utf8") : "", json: existsSync(json) ? JSON.parse(readFileSync(json, "utf8")) : null });
  }));
  return { running, ended, screen: () => screen };
}

/** Before and after, as the screen shows them. */
const table = (screen) => /^ +Before: .*\n(?:.+\n)+/m.exec(screen)?.[0] ?? assert.fail("the screen has no table of before and after");

const allGroups = () => ["/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/cpu"].filter(existsSync)
  .flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith("capacity-")));
// What another run on this machine has, or left, is not this one's.
const others = allGroups();
const groups = () => allGroups().filter((name) => !others.includes(name));
const servers = () => spawnSync("pgrep", ["-f", "^node server.js$"], { encoding: "utf8" }).stdout.trim().split("\n").filter(Boolean)
  .filter((pid) => { try { return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`PWD=${repository}\0`); } catch { return false; } });

try {
  make();

  await check("a task that is halved below what is required: exit 1, before and after beside each other, memory named", async () => {
    definition("256", "512");
    const { code, screen, summary, json } = await start("shrink", {}).ended;
    assert.equal(code, 1, screen.slice(-3000));
    assert.equal(json.verdict.outcome, "failed");
    assert.deepEqual(json.sizes.rows.map((row) => [row.label, row.boundBy]), [["512/1024", "memory"], ["256/512", "memory"]]);
    assert.ok(json.sizes.rows[0].limit.low > json.sizes.rows[1].limit.low);
    assert.match(json.verdict.line, /required.*600/);
    assert.match(summary, /Before: 512\/1024/);
    assert.deepEqual(alike(table(screen)), alike(exampleOf("docs/task-size-gate.md").text), "the page's example");
    const killed = json.sizes.runs.flatMap((run) => run.restarts).reduce((sum, end) => sum + end.oomKills, 0);
    assert.ok(killed > 0, "the kernel killed the server for memory at least once");
  });

  await check("the size as it was: exit 0, and Gate.Accept writes the lock file", async () => {
    definition("512", "1024");
    const { code, screen, json } = await start("accept", { CAPACITY_GATE_ACCEPT: "true" }).ended;
    assert.equal(code, 0, screen.slice(-3000));
    const lock = JSON.parse(readFileSync(join(repository, "capacity.lock.json"), "utf8"));
    const [sizes] = Object.values(lock.servers);
    assert.equal(sizes["512/1024"].safeLimit, json.verdict.safeLimit);
  });

  await check("a server that holds clearly less than was accepted: exit 1, though it is enough, and memory per connection named", async () => {
    const { code, screen, json } = await start("regression", { STATE_KIB: "1536", CAPACITY_GATE_REQUIREDCONNECTIONS: "200" }).ended;
    assert.equal(code, 1, screen.slice(-3000));
    const [, more] = /a connection takes .* bytes and took .* \(\+(\d+) %\)/.exec(json.sizes.missed.join()) ?? assert.fail(json.sizes.missed.join());
    assert.ok(more >= 40 && more <= 60, `half as much again is kept for each connection, and ${more} % more was measured`);
  });

  await check("killed in the middle of a size: neither server nor control group is left", async () => {
    const { running, ended, screen } = start("killed", {});
    for (let tries = 0; tries < 1200 && !/512\/1024 ✓ +100 sessions/.test(screen()); tries++) await sleep(50);
    assert.equal(servers().length, 1, "the server runs");
    process.kill(-running.pid, "SIGKILL");
    processes().filter(({ command }) => command.includes("testhost")).forEach(({ id }) => process.kill(id, "SIGKILL"));
    await ended;
    for (let tries = 0; tries < 200 && (servers().length > 0 || groups().length > 0); tries++) await sleep(50);
    assert.deepEqual([servers(), groups()], [[], []]);
    // What the next run with this folder would remove.
    rmSync(readFileSync(join(out, "killed/allure-results.tmp"), "utf8"), { recursive: true });
  });
} finally {
  rmSync(repository, { recursive: true, force: true });
}
