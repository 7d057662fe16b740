// node reports.mjs <reports folder> <console log>
// Whether the files that a run left say the same, each in its form, as the screen did.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { assert, check } from "./check.mjs";
import { schemaProblems } from "./schema.mjs";
import { readTrx } from "./trx.mjs";
import { elementsOf, readXml } from "./xml.mjs";

const [folder, log] = process.argv.slice(2);
const text = (name) => readFileSync(join(folder, name), "utf8");
const screen = readFileSync(log, "utf8");
const json = () => JSON.parse(text("capacity.json"));

await check("every report file of the README is there and not empty", () => {
  for (const name of ["capacity.json", "capacity.md", "capacity.html", "capacity.trx", "junit.xml", "steps.jsonl"])
    assert.ok(existsSync(join(folder, name)) && text(name).length > 0, `${name} is missing or empty`);
  assert.ok(readdirSync(join(folder, "allure-results")).some((name) => name.endsWith("-result.json")), "allure-results holds no result");
});

await check("capacity.json meets docs/capacity.schema.json", () => assert.deepEqual(schemaProblems(json()), []));
await check("the sample's capacity.json meets it too", () =>
  assert.deepEqual(schemaProblems(JSON.parse(readFileSync(new URL("../../reports/sample/capacity.json", import.meta.url), "utf8"))), []));

await check("the numbers of capacity.json agree with each other", () => {
  const { steps, verdict, plan } = json();
  assert.ok(steps.length > 0, "no step");
  steps.filter((step) => step.attempted !== null).forEach(agrees);
  const measured = steps.filter((step) => step.held !== null);
  assert.equal(verdict.heldAtOnce, Math.max(...measured.map((step) => step.held)), "heldAtOnce");
  assert.ok(verdict.safeLimit <= 0.8 * Math.min(verdict.maxReliable, verdict.heldAtOnce, verdict.exact?.holds ?? Infinity), "safeLimit");
  assert.equal(plan.tasksNeeded, Math.ceil((plan.targetConnections / plan.connectionsPerTask) * plan.buffer - 1e-9), "tasksNeeded");
});

await check("the plan covers what it says; nobody asked for it, and no policies are on disk", () => {
  const { plan } = json();
  assert.equal(plan.desired, Math.max(...plan.needs.map((need) => need.tasks)), "desired");
  for (const load of plan.loads) assert.ok(load.connectionsPerTask <= plan.connectionsPerTask, `${load.name} is above the safe limit`);
  assert.deepEqual(plan.files, []);
  assert.ok(!existsSync(join(folder, "scaling")), "scaling/");
});

function agrees(step) {
  const of = `the step of ${step.sessions}`;
  assert.equal(step.dropped, step.opened - step.held, `dropped of ${of}`);
  assert.ok(step.opened <= step.attempted && step.attempted <= step.sessions, `attempted and opened of ${of}`);
  assert.ok(Math.abs(step.successRate - step.held / step.attempted) < 1e-5, `successRate of ${of}`);
  const failed = Object.values(step.failures).reduce((sum, count) => sum + count, 0);
  assert.equal(failed, step.attempted - step.held, `each connection of ${of} that is not held has one failure`);
  const { p50, p95, p99, max } = step.connectMilliseconds ?? { p50: 0, p95: 0, p99: 0, max: 0 };
  assert.ok(p50 <= p95 && p95 <= p99 && p99 <= max, `connect percentiles of ${of}`);
}

await check("the default ladder was climbed to its end", () =>
  assert.deepEqual(json().steps.map((step) => [step.sessions, step.outcome]), [10, 25, 50, 100, 200, 500, 1000].map((n) => [n, "reliable"])));

await check("capacity.trx counts what the screen counts", () => {
  const trx = readTrx(join(folder, "capacity.trx"));
  const shown = /^Passed! {2}- Failed: +(\d+), Passed: +(\d+), Skipped: +(\d+), Total: +(\d+)/m.exec(screen)?.slice(1).map(Number);
  assert.deepEqual([trx.failed, trx.passed, trx.skipped, trx.results.length], shown);
});

await check("the verdict's line is readable in capacity.trx", () => {
  const line = json().verdict.line;
  assert.ok(readTrx(join(folder, "capacity.trx")).results.some((result) => result.text.includes(line)), `not found: ${line}`);
});

await check("junit.xml is well-formed, and its counts are those of its cases", () => {
  const root = readXml(join(folder, "junit.xml"));
  for (const suite of [root, ...elementsOf(root, "testsuite")])
    for (const [attribute, element] of [["tests", "testcase"], ["failures", "failure"], ["errors", "error"], ["skipped", "skipped"]])
      assert.equal(Number(suite.attributes[attribute]), elementsOf(suite, element).length, `${suite.attributes.name}: ${attribute}`);
  const ladder = elementsOf(root, "testsuite").find((suite) => suite.attributes.name === "Capacity.Ladder");
  assert.equal(elementsOf(ladder, "testcase").length, json().steps.length, "steps");
});

await check("steps.jsonl holds the run, its calibration, a line for each step, and its end", () => {
  const lines = text("steps.jsonl").trimEnd().split("\n").map((line) => JSON.parse(line));
  const { run, steps } = json();
  const kinds = lines.map((line) => line.kind).filter((kind) => kind !== "try" && kind !== "search");
  assert.deepEqual(kinds, ["run", "calibration", ...steps.map(() => "step"), "complete"]);
  assert.deepEqual(lines[1].calibration.readings.map((reading) => reading.problem), [null, null]);
  console.log(`    (the calibration took ${lines[1].calibration.seconds} s)`);
  assert.equal(lines[0].run.id, run.id);
  assert.deepEqual(lines.filter((line) => line.kind === "step").map(({ step }) => [step.sessions, step.outcome, step.result?.held ?? null]),
    steps.map((step) => [step.sessions, step.outcome, step.held]));
});

await check("capacity.md starts with the verdict, and all but the first 40 lines is folded", () => {
  const lines = text("capacity.md").split("\n");
  const [word, ...rest] = json().verdict.line.split(": ");
  assert.match(lines[0], /^# /);
  assert.equal(lines[2], `**✓ ${word}** ${rest.join(": ").split(". ")[0]}`);
  const fold = lines.indexOf("<details>");
  assert.ok(fold > 0 && fold <= 40, `folded from line ${fold} on`);
  assert.equal(lines.at(-2), "</details>");
});

await check("the screen shows a row for each step and one summary: no line twice, none over 120 columns, no list of tests", () => {
  const own = screen.split("\n").filter((line) => line && !/^(Test run for|A total of|Results File|WARNING: Overwriting|Passed! |…)/.test(line));
  const rows = own.findIndex((line) => line.startsWith("✓"));
  const shown = own.slice(rows);
  assert.ok(shown.length <= json().steps.length + 14, `${shown.length} lines`);
  assert.deepEqual(shown.filter((line, index) => shown.indexOf(line) !== index), [], "twice");
  assert.deepEqual(shown.filter((line) => [...line].length > 120), [], "too wide");
  assert.match(screen, /^PASSED {3}\S/m);
  assert.match(screen, /^ {2}Report +reports\/latest\/capacity\.html$/m);
});

await check("the screen showed a row for each step, the maximum and the recommendation", () => {
  const rows = [...screen.matchAll(/^✓ {1,6}(\d+) sessions: +(\d+) successful \(100\.0%\) in \d+\.\d\ds$/gm)].map((row) => Number(row[1]));
  assert.deepEqual(rows, json().steps.map((step) => step.sessions));
  assert.match(screen, /^Maximum reliable connections: at least 1000$/m);
  assert.match(screen, /^Recommendation: Use 800 as safe limit$/m);
});
