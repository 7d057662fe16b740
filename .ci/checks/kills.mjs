// node kills.mjs <folder for the runs> [<expression: only the cases whose title it matches>]
// Ends the suite, its target, its disk and its screen in mid-run, for real: whatever ends, what was measured is on disk, the run is
// red, and nothing is left running. Prints a table in the end.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assert, check } from "./check.mjs";
import { processes, startSuite, withTarget } from "./processes.mjs";
import { schemaProblems } from "./schema.mjs";
import { elementsOf, readXml } from "./xml.mjs";

const root = resolve(process.argv[2]);
mkdirSync(root, { recursive: true });
const only = new RegExp(process.argv[3] ?? "");
const table = [];
// What a case finds in its folder as the log of an earlier run.
let planted = "";
const entryPoint = ["deploy/entrypoint.sh"];
const verdictOnly = ["--filter", "FullyQualifiedName~CapacityTests.VerdictTests"];
// Steps that last, so that there is a middle to end them in.
const slow = { CAPACITY_LADDER_STEPS: "5,10,15", CAPACITY_LADDER_HOLD: "1500ms", CAPACITY_LADDER_PAUSE: "0s" };

const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");
const stepsOf = (reports) => read(join(reports, "steps.jsonl"));

async function until(what, condition) {
  for (let tries = 0; tries < 1200; tries++) {
    if (condition()) return;
    await sleep(50);
  }
  throw new Error(`a minute passed before ${what}`);
}

const logged = (reports, kind) => stepsOf(reports) !== planted && stepsOf(reports).includes(`"kind":"${kind}"`);
const once = {
  calibrating: (reports) => until("calibration began", () => logged(reports, "run")),
  measured: (reports) => until("the first step was on disk", () => logged(reports, "step")),
};
const testHost = (suite) => processes(suite.id).find(({ command }) => command.includes("testhost"))?.id;
const embedded = (suite) => processes(suite.id).find(({ command }) => /TargetServer\.dll --with-parent$/.test(command))?.id;
const worker = (suite) => processes(suite.id).find(({ command }) => command.includes("PoolWorker"))?.id;
// Where Allure writes while the run lasts; empty once its files are beside the reports.
const allureOf = (reports) => read(join(reports, "allure-results.tmp"));
const parentOf = (id) => Number(read(`/proc/${id}/stat`).replace(/^.*\) /s, "").split(" ")[1]);
const signal = (id, name) => process.kill(id ?? assert.fail("the process to signal is not there"), name);

/** The report files that are there and can be read as what they are. */
function goodFiles(reports) {
  const good = {
    "capacity.json": (text) => schemaProblems(JSON.parse(text)).length === 0,
    "capacity.md": (text) => text.startsWith("# "),
    "capacity.html": (text) => text.trimEnd().endsWith("</html>"),
    "junit.xml": (text) => elementsOf(readXml(join(reports, "junit.xml")), "testcase").length > 0,
    "steps.jsonl": (text) => text.split("\n").slice(0, -1).every((line) => JSON.parse(line).kind),
  };
  return Object.keys(good).filter((name) => {
    const text = read(join(reports, name));
    try {
      return text !== "" && good[name](text);
    } catch {
      return false;
    }
  });
}

/** Runs the suite, does something to it in mid-run, and checks what every end has in common: it is red, and leaves no process. */
async function run(title, { settings = {}, options = [], command, earlier, copy, act = async () => {} }, expected) {
  if (!only.test(title)) return;
  const reports = join(root, title.replaceAll(/[^A-Za-z0-9]+/g, "-").toLowerCase());
  for (const folder of [reports, `${reports}-gone`]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  planted = earlier ?? "";
  if (planted) writeFileSync(join(reports, "steps.jsonl"), planted);
  await check(title, async () => {
    const suite = startSuite({ ...slow, CAPACITY_REPORTS_DIRECTORY: reports, ...settings }, options, command);
    try {
      await act(reports, suite);
    } finally {
      var { code, screen } = await suite.ended;
      writeFileSync(`${reports}.log`, screen);
    }
    // Of its group: a target that a case has for itself is not the suite's to end, and other cases run beside this one.
    const leftOver = () => processes(suite.id).map(({ command }) => command);
    const began = Date.now();
    while (leftOver().length > 0 && Date.now() - began < 5000) await sleep(100);
    const left = leftOver();
    const allure = allureOf(copy ?? reports);
    if (allure) rmSync(allure, { recursive: true });
    const files = goodFiles(copy ?? reports);
    const json = files.includes("capacity.json") ? JSON.parse(read(join(reports, "capacity.json"))) : null;
    const ends = [json?.verdict.outcome ?? "no report", json?.interrupted].filter(Boolean).join(", ");
    table.push([title, code, `${files.length} of 5`, ends, left.length]);
    assert.deepEqual(left, []);
    assert.notEqual(code, 0);
    await expected({ code, screen, reports, files, json, allure });
  });
}

/** Every file is there and good, the record is marked incomplete, and so many steps were measured. */
function stoppedBy(name, steps) {
  return ({ files, json, allure }) => {
    assert.equal(files.length, 5, files.join());
    assert.equal(allure, "", "Allure's results are beside the reports");
    assert.equal(json.complete, false);
    assert.match(String(json.interrupted), name);
    assert.ok(json.steps.filter((step) => step.outcome === "reliable").length >= steps, JSON.stringify(json.steps.map((step) => step.outcome)));
  };
}

await run("SIGTERM in the calibration", {
  act: async (reports, suite) => { await once.calibrating(reports); signal(testHost(suite), "SIGTERM"); },
}, stoppedBy(/^SIGTERM$/, 0));

await run("SIGINT while a step is held", {
  act: async (reports, suite) => { await once.measured(reports); await sleep(500); signal(testHost(suite), "SIGINT"); },
}, stoppedBy(/^SIGINT$/, 1));

await run("SIGTERM while a step opens", {
  settings: { CAPACITY_LADDER_STEPS: "5,100", CAPACITY_POOL_RATE: "10", CAPACITY_LADDER_HOLD: "0s" },
  act: async (reports, suite) => { await once.measured(reports); await sleep(1000); signal(testHost(suite), "SIGTERM"); },
}, ({ files, json, allure }) => {
  stoppedBy(/^SIGTERM$/, 1)({ files, json, allure });
  assert.ok(json.steps[1].attempted > 0 && json.steps[1].attempted < 100, "the step in flight is in the report as far as it came");
});

await run("SIGTERM twice", {
  act: async (reports, suite) => {
    await once.measured(reports);
    const host = testHost(suite);
    signal(host, "SIGTERM");
    await sleep(20);
    signal(host, "SIGTERM");
  },
}, stoppedBy(/^SIGTERM$/, 1));

await run("Ctrl+C: SIGINT to every process of the run", {
  act: async (reports, suite) => { await once.measured(reports); await sleep(500); signal(-suite.id, "SIGINT"); },
}, stoppedBy(/^SIGINT$/, 1));

await run("SIGKILL of the test runner", {
  act: async (reports, suite) => { await once.measured(reports); await sleep(500); signal(parentOf(testHost(suite)), "SIGKILL"); },
}, stoppedBy(/^the end of the test runner$/, 1));

await withTarget([], async (url) => {
  // Sockets of somebody else towards the target: the pause waits for them to its end.
  const strangers = [1, 2, 3].map(() => connect(Number(new URL(url).port), "127.0.0.1"));
  await run("SIGTERM in the pause", {
    settings: { CAPACITY_TARGET_URL: url, CAPACITY_LADDER_PAUSE: "20s" },
    act: async (reports, suite) => { await once.measured(reports); await sleep(1000); signal(testHost(suite), "SIGTERM"); },
  }, ({ files, json, allure }) => {
    stoppedBy(/^SIGTERM$/, 1)({ files, json, allure });
    assert.deepEqual(json.steps.map((step) => step.outcome), ["reliable", "notAttempted", "notAttempted"]);
  });
  strangers.forEach((socket) => socket.destroy());
});

const killed = join(root, "sigkill-of-the-test-host");
await run("SIGKILL of the test host", {
  act: async (reports, suite) => { await once.measured(reports); signal(testHost(suite), "SIGKILL"); },
}, ({ reports }) => assert.match(stepsOf(reports), /"kind":"step"/));

if (existsSync(killed)) {
  const log = stepsOf(killed);
  // As a kill in the middle of a write leaves it.
  const torn = `${log}{"kind":"step","st`;
  await run("the verdict's filter after it", { options: verdictOnly, earlier: torn }, ({ files, json }) => {
    assert.deepEqual([json.complete, json.verdict.heldAtOnce], [false, 5]);
    assert.match(json.interrupted, /^killed after the step of 5 sessions$/);
    assert.equal(files.length, 5);
  });
}

const early = join(root, "sigkill-in-the-calibration");
await run("SIGKILL in the calibration", {
  act: async (reports, suite) => { await once.calibrating(reports); signal(testHost(suite), "SIGKILL"); },
}, ({ reports }) => assert.doesNotMatch(stepsOf(reports), /"kind":"(step|complete)"/));

if (existsSync(early))
  await run("the verdict's filter after a SIGKILL in the calibration", { options: verdictOnly, earlier: stepsOf(early) }, ({ files, json }) => {
    assert.equal(files.length, 5);
    assert.deepEqual([json.complete, json.verdict.outcome], [false, "notAttempted"]);
    assert.match(json.interrupted, /^killed before its first step ended$/);
    assert.equal(json.rebuilt.run, JSON.parse(stepsOf(early).split("\n")[0]).run.id);
  });

await run("SIGKILL of the embedded target", {
  earlier: stepsOf(killed),
  act: async (reports, suite) => { await once.measured(reports); signal(embedded(suite), "SIGKILL"); },
}, ({ files, json, reports }) => {
  assert.equal(files.length, 5);
  assert.deepEqual([json.complete, json.verdict.outcome], [true, "broken"]);
  assert.equal(read(join(reports, "steps.interrupted.jsonl")), stepsOf(killed), "the log of the killed run before this is kept aside");
});

await withTarget(["--listen", "127.0.0.1"], async (url, id) => {
  await run("SIGKILL of a user's target", {
    settings: { CAPACITY_TARGET_URL: url, CAPACITY_GATE_REQUIREDCONNECTIONS: "15", CAPACITY_SEARCH_EXACT: "false" },
    act: async (reports) => { await once.measured(reports); await sleep(300); signal(id, "SIGKILL"); },
  }, ({ files, json }) => {
    assert.equal(files.length, 5);
    assert.deepEqual([json.complete, json.verdict.heldAtOnce >= 5], [true, true]);
  });
});

// Red by its gate: what ends here makes no run red by itself.
await withTarget(["--cap", "8"], async (url) => {
  await run("the reports folder removed", {
    settings: { CAPACITY_TARGET_URL: url, CAPACITY_GATE_REQUIREDCONNECTIONS: "15" },
    // At once: what is removed file by file, the suite writes into meanwhile.
    act: async (reports) => { await once.measured(reports); renameSync(reports, `${reports}-gone`); },
  }, ({ files, json, reports }) => {
    assert.equal(files.length, 5);
    assert.equal(json.complete, true);
    assert.ok(readdirSync(join(reports, "allure-results")).length > 20, "Allure's results are beside the reports");
    assert.equal(stepsOf(reports).match(/"kind":"step"/g).length, 4, "the steps before the removal are there again");
  });
});

await withTarget(["--cap", "137", "--slow", "100ms"], async (url) => {
  const settings = { CAPACITY_TARGET_URL: url, CAPACITY_LADDER_STEPS: "50,300", CAPACITY_LADDER_HOLD: "500ms" };
  let searched = false;
  const inTheSearch = (...names) => async (reports, suite) => {
    let ended = false;
    suite.ended.then(() => (ended = true));
    await until("a try of the search was on disk", () => ended || stepsOf(reports).includes('"kind":"try"'));
    searched = stepsOf(reports).includes('"kind":"try"');
    const host = testHost(suite);
    if (!ended) for (const name of names) signal(host, name);
  };
  const act = inTheSearch("SIGKILL");
  await run("SIGKILL in the search", { settings: { ...settings, CAPACITY_GATE_REQUIREDCONNECTIONS: "300" }, act }, ({ reports }) => {
    if (!searched) console.log("    (no search in this run: killed in nothing)");
    else assert.ok(stepsOf(reports).includes('"kind":"step"'));
  });
  if (searched)
    await run("the verdict's filter after that", {
      settings, options: verdictOnly, earlier: stepsOf(join(root, "sigkill-in-the-search")),
    }, ({ files, json }) => {
      assert.deepEqual([files.length, json.complete], [5, false]);
      assert.match(json.interrupted, /^killed after probe \d+ of the search$/);
    });

  await run("SIGTERM twice in the search", {
    settings: { ...settings, CAPACITY_GATE_REQUIREDCONNECTIONS: "300" }, act: inTheSearch("SIGTERM", "SIGTERM"),
  }, ({ files, json, allure }) => {
    stoppedBy(/^SIGTERM$/, 1)({ files, json, allure });
    if (searched) assert.ok(json.search?.tries.length > 0, "the tries that were counted are in the report");
  });
});

const canMount = spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", root]).status === 0;
if (canMount) {
  // Full from the first step on; the second's line finds no room.
  const script = `
    mount -t tmpfs -o size=20m tmpfs "$CAPACITY_REPORTS_DIRECTORY" || exit 99
    (until grep -q '"kind":"step"' "$CAPACITY_REPORTS_DIRECTORY/steps.jsonl" 2>/dev/null; do sleep 0.05; done
     cat /dev/zero >"$CAPACITY_REPORTS_DIRECTORY/fill" 2>/dev/null) &
    dotnet test CapacityTests --no-build
    code=$?
    rm -f "$CAPACITY_REPORTS_DIRECTORY/fill"
    mkdir -p "$1" && cp -r "$CAPACITY_REPORTS_DIRECTORY/." "$1"
    exit $code`;
  const copy = join(root, "disk-full-copy");
  await run("the disk full from the first step on", { copy, command: ["unshare", "-m", "sh", "-c", script, "sh", copy] }, ({ code, screen }) => {
    assert.equal(code, 1);
    assert.match(stepsOf(copy), /"kind":"step"/, "what was on disk stays");
    assert.match(screen, /^\s*\{"kind":"step","step":\{"sessions":15,/m, "what could not be written is on the screen");
    assert.match(screen.replaceAll(/\n +/g, " "), /a measurement could not be kept on disk when it ended: .*steps\.jsonl could not be written/);
    assert.match(screen, /capacity\.json: .* could not be written/);
  });
  await run("a disk without room before the run", {
    command: ["unshare", "-m", "sh", "-c", 'mount -t tmpfs -o size=64k tmpfs "$CAPACITY_REPORTS_DIRECTORY" && dotnet test CapacityTests --no-build'],
  }, ({ code, screen }) => {
    assert.equal(code, 1);
    assert.match(screen.replaceAll(/\n +/g, " "), /Reports\.Directory.*KiB are free/);
  });
  const room = join(root, "no-room-for-allure");
  const full = `
    mkdir -p "$TMPDIR" && mount -t tmpfs -o size=20m tmpfs "$TMPDIR" || exit 99
    (until grep -q '"kind":"run"' "$CAPACITY_REPORTS_DIRECTORY/steps.jsonl" 2>/dev/null; do sleep 0.05; done
     cat /dev/zero >"$TMPDIR/fill" 2>/dev/null) &
    dotnet test CapacityTests --no-build`;
  await run("no room for Allure from the calibration on", {
    settings: { TMPDIR: room }, command: ["unshare", "-m", "sh", "-c", full],
  }, ({ code, screen, files, json }) => {
    assert.equal(code, 1);
    assert.deepEqual([files.length, json.complete, json.steps.length], [5, true, 3]);
    assert.match(screen, /capacity\.html could not be attached for Allure: /);
  });
} else console.log("  - disk full: skipped, this user may not mount (unshare -m)");

await withTarget(["--cap", "8"], async (url) => {
  await run("the screen closed after its first line", {
    settings: { CAPACITY_TARGET_URL: url, CAPACITY_GATE_REQUIREDCONNECTIONS: "15" },
    command: ["bash", "-c", "dotnet test CapacityTests --no-build | head -n 1; exit ${PIPESTATUS[0]}"],
  }, ({ files, json }) => {
    assert.equal(files.length, 5);
    assert.deepEqual([json.complete, json.steps.length], [true, 4]);
  });
});

await run("entry point: SIGTERM", {
  command: entryPoint, act: async (reports, suite) => { await once.measured(reports); signal(suite.id, "SIGTERM"); },
}, ({ code, screen, ...rest }) => {
  assert.equal(code, 143);
  assert.match(screen, /^entrypoint: stopped by SIGTERM; .*; exit code 143$/m);
  stoppedBy(/^SIGTERM$/, 1)(rest);
});

let ofTheKilled;
await run("entry point: SIGKILL of the test host", {
  command: entryPoint,
  act: async (reports, suite) => {
    await once.measured(reports);
    ofTheKilled = allureOf(reports);
    signal(testHost(suite), "SIGKILL");
  },
}, ({ code, screen, ...rest }) => {
  assert.deepEqual([ofTheKilled !== "", existsSync(ofTheKilled)], [true, false], "nothing of Allure's is left of the killed run");
  assert.equal(code, 3);
  assert.match(screen, /^entrypoint: killed after step 5; report rebuilt, marked incomplete; exit code 3$/m);
  stoppedBy(/^killed after the step of 5 sessions$/, 1)(rest);
});

await run("entry point: SIGKILL in the calibration", {
  command: entryPoint, act: async (reports, suite) => { await once.calibrating(reports); signal(testHost(suite), "SIGKILL"); },
}, ({ code, screen, files, json, allure }) => {
  assert.equal(code, 3);
  assert.match(screen, /^entrypoint: killed after the start, before a step ended; report rebuilt, marked incomplete; exit code 3$/m);
  stoppedBy(/^killed before its first step ended$/, 0)({ files, json, allure });
});

let noWorker = !only.test("SIGKILL of a worker");
if (!noWorker) await withTarget([], async (url) => {
  const name = "SIGKILL of a worker";
  const reports = join(root, "workers");
  mkdirSync(reports, { recursive: true });
  const suite = startSuite({ ...slow, CAPACITY_REPORTS_DIRECTORY: reports, CAPACITY_TARGET_URL: url, CAPACITY_LADDER_STEPS: "5" });
  await once.measured(reports);
  noWorker = worker(suite) === undefined;
  await suite.ended;
  if (noWorker) console.log(`  - ${name}: skipped, no process named PoolWorker holds the connections`);
});
if (!noWorker)
  await run("SIGKILL of a worker", {
    act: async (reports, suite) => { await once.measured(reports); await sleep(500); signal(worker(suite), "SIGKILL"); },
  }, ({ files, json }) => {
    assert.equal(files.length, 5);
    assert.equal(json.verdict.outcome, "broken");
  });

const rows = [["case", "exit code", "good files", "verdict", "left running"], ...table].map((row) => row.map(String));
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
console.log();
for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
