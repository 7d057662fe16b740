// node scenarios.mjs <folder for the runs>
// The suite as a user meets it when something is wrong, or when a server has a limit: exit code, words, and what is in the reports.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assert, check } from "./check.mjs";
import { leftOver, processes, runSuite, startSuite, withTarget } from "./processes.mjs";

const root = resolve(process.argv[2]);
mkdirSync(root, { recursive: true });

/** Runs the suite with a reports folder of its own; gives its exit code, its screen, and its capacity.json. */
async function run(name, settings, ...options) {
  const reports = join(root, name);
  mkdirSync(reports, { recursive: true });
  const { code, screen } = await runSuite({ ...settings, CAPACITY_REPORTS_DIRECTORY: reports }, options);
  writeFileSync(join(root, `${name}.log`), screen);
  return { code, screen, reports, json: () => JSON.parse(readFileSync(join(reports, "capacity.json"), "utf8")) };
}

const quick = { CAPACITY_LADDER_STEPS: "5,10" };

// Nothing is measured by these: they run side by side.
await Promise.all([
  check("bad settings: exit 1, all of them named with what is allowed, and a report of a broken run", async () => {
    const { code, screen, json } = await run("bad-settings", { CAPACITY_LADDER_THRESHOLD: "101%", CAPACITY_LADER_STEPS: "5" });
    assert.equal(code, 1);
    assert.match(screen, /Ladder\.Threshold.*'101%'; allowed: a share above 0/);
    assert.match(screen.replaceAll(/\n +/g, " "), /CAPACITY_LADER_STEPS.*nearest known name: CAPACITY_LADDER_STEPS/);
    assert.equal(json().verdict.outcome, "broken");
    assert.equal(json().verdict.heldAtOnce, null);
  }),
  check("a closed port: exit 1, the target named, nothing attempted, what failed and what to do said once", async () => {
    const { code, screen, json } = await run("closed-port", { ...quick, CAPACITY_TARGET_URL: "ws://127.0.0.1:1/" });
    assert.equal(code, 1);
    assert.ok(screen.trimEnd().split("\n").length <= 20, screen);
    assert.equal(screen.match(/nothing listens there/g)?.length, 1, screen);
    assert.doesNotMatch(screen, /^\s*at \w/m, "no stack trace");
    assert.match(screen, /^FAILED {3}Environment 11: Target answers a WebSocket handshake$/m);
    assert.match(screen, /Target answers a WebSocket handshake/);
    assert.match(screen, /127\.0\.0\.1:1\b/);
    assert.match(screen, /Refused/);
    assert.equal(json().verdict.outcome, "notAttempted");
  }),
  check("a filter that selects nothing: exit 1", async () =>
    assert.equal((await run("filter-nothing", quick, "--filter", "Name=Nothing")).code, 1)),
  check("a filter that selects only the verdict: exit 1, nothing attempted", async () => {
    const { code, json } = await run("filter-verdict", quick, "--filter", "FullyQualifiedName~Verdict");
    assert.equal(code, 1);
    assert.equal(json().verdict.outcome, "notAttempted");
  }),
  check("a reports folder that cannot be made: exit 1 and its path", async () => {
    const file = join(root, "a-file");
    writeFileSync(file, "");
    const { code, screen } = await runSuite({ ...quick, CAPACITY_REPORTS_DIRECTORY: join(file, "below") });
    assert.equal(code, 1);
    assert.ok(screen.replaceAll(/\n +/g, "").includes(join(file, "below")), screen);
  }),
]);

await check("Reports.Directory on the command line: every report is there, the TRX with them", async () => {
  const folder = join(root, "elsewhere");
  const { code } = await runSuite(quick, ["--", `TestRunParameters.Parameter(name="Reports.Directory", value="${folder}")`]);
  assert.equal(code, 0);
  const names = readdirSync(folder).sort();
  assert.deepEqual(names, ["allure-results", "capacity.html", "capacity.json", "capacity.md", "capacity.trx", "junit.xml", "steps.jsonl"]);
});

await check("two runs of the same settings: every case goes on with its history in Allure", async () => {
  const histories = async (name) => {
    const folder = join((await run(name, quick)).reports, "allure-results");
    const results = readdirSync(folder).filter((file) => file.endsWith("-result.json")).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
    return Object.fromEntries(results.map(({ name, historyId }) => [name, historyId]).sort());
  };
  const [first, second] = [await histories("history-1"), await histories("history-2")];
  assert.ok(Object.keys(first).length > 15, Object.keys(first).join());
  assert.deepEqual(second, first);
});

await check("a run into the folder of one that still runs: exit 1 and its process, nothing touched; a killed one is in nobody's way", async () => {
  const reports = join(root, "shared");
  rmSync(reports, { recursive: true, force: true });
  const log = () => (existsSync(join(reports, "steps.jsonl")) ? readFileSync(join(reports, "steps.jsonl"), "utf8") : "");
  const first = startSuite({ ...quick, CAPACITY_LADDER_HOLD: "60s", CAPACITY_REPORTS_DIRECTORY: reports });
  for (let tries = 0; !log().includes('"kind":"calibration"') && tries < 600; tries++) await sleep(100);
  const host = processes(first.id).find(({ command }) => command.includes("testhost")).id;
  // Where Allure's files of the first are.
  const place = () => readFileSync(join(reports, "allure-results.tmp"), "utf8");
  const before = { log: log(), place: place() };
  const second = await runSuite({ ...quick, CAPACITY_REPORTS_DIRECTORY: reports }).finally(() => process.kill(host, "SIGKILL"));
  assert.equal(second.code, 1);
  assert.match(second.screen.replaceAll(/\n +/g, " "), new RegExp(`in use by another run: process ${host} on .*Reports\\.Directory`));
  assert.ok(log().startsWith(before.log), "the log of the first is as it was");
  assert.equal(place(), before.place);
  assert.equal(existsSync(join(reports, "capacity.json")), false);
  await first.ended;
  const third = await runSuite({ ...quick, CAPACITY_REPORTS_DIRECTORY: reports });
  assert.equal(third.code, 0, third.screen);
});

const capped = { CAPACITY_LADDER_STEPS: "50,100,200", CAPACITY_TARGET_HEADERS: "X-Key: sesame-header" };

await withTarget(["--cap", "137"], async (url) => {
  await check("a server capped at 137: exit 0, limit found at 200, 137 held, its limit and not ours", async () => {
    const { code, screen, json } = await run("capped", { ...capped, CAPACITY_TARGET_URL: url });
    const { steps, verdict } = json();
    assert.equal(code, 0);
    assert.match(screen, /^✗ +200 sessions: +137 successful \( 68\.5%\) in /m);
    assert.deepEqual(steps.map((step) => [step.sessions, step.outcome]), [[50, "reliable"], [100, "reliable"], [200, "unreliable"]]);
    assert.deepEqual([steps[2].held, steps[2].failures], [137, { "HandshakeRejected(503)": 63 }]);
    assert.deepEqual([verdict.outcome, verdict.maxReliable, verdict.heldAtOnce, verdict.bottleneck.side], ["passed", 137, 137, "server"]);
  });

  await check("the same with Gate.RequiredConnections=200: exit 1, a failed verdict that names the gate", async () => {
    const { code, screen, json } = await run("gate", { ...capped, CAPACITY_TARGET_URL: url, CAPACITY_GATE_REQUIREDCONNECTIONS: "200" });
    assert.equal(code, 1);
    assert.match(screen, /Gate\.RequiredConnections is 200/);
    assert.equal(json().verdict.outcome, "failed");
  });
});

const certificate = join(root, "target.pem");
await withTarget(["--self-signed", certificate], async (url) => {
  await check("wss with a CA file of its own, two source addresses, and steps from the command line: exit 0", async () => {
    const { code, json } = await run(
      "wss", { CAPACITY_TARGET_URL: url, CAPACITY_TARGET_CAFILE: certificate, CAPACITY_POOL_SOURCEADDRESSES: "127.0.0.2,127.0.0.3" },
      "--", 'TestRunParameters.Parameter(name="Ladder.Steps", value="5,10")');
    assert.equal(code, 0);
    assert.deepEqual(json().steps.map((step) => [step.sessions, step.held, step.tlsMilliseconds !== null]), [[5, 5, true], [10, 10, true]]);
  });

  await check("wss without the CA file: exit 1, a TLS failure and what to do", async () => {
    const { code, screen } = await run("wss-untrusted", { ...quick, CAPACITY_TARGET_URL: url });
    assert.equal(code, 1);
    assert.match(screen, /TlsFailure/);
    assert.match(screen, /Target\.CaFile/);
  });
});

await check("no target server and no test host is left running", () => assert.deepEqual(leftOver(), []));
