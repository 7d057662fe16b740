// Compares a generated report with the results that it was made from.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const read = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));
const label = (result, name) => result.labels.find((each) => each.name === name)?.value;
const distinct = (values) => [...new Set(values)];

/** What is wrong, one sentence each, and a line that says what is there. */
export function problemsOf(resultsFolder, reportFolder) {
  const results = readdirSync(resultsFolder)
    .filter((name) => name.endsWith("-result.json"))
    .map((name) => read(resultsFolder, name))
    .sort((a, b) => a.start - b.start);
  const shown = readdirSync(join(reportFolder, "data", "test-results")).map((name) => read(reportFolder, "data", "test-results", name));
  const tree = read(reportFolder, "widgets", "tree.json");
  const problems = [];
  const same = (what, actual, expected) => {
    if (JSON.stringify(actual) !== JSON.stringify(expected))
      problems.push(`${what}: expected ${JSON.stringify(expected)}, the report has ${JSON.stringify(actual)}.`);
  };

  same("number of tests", shown.length, results.length);
  const suites = distinct(results.map(suiteOf));
  same("suites in the order in which they ran", suitesOf(tree), suites);
  for (const suite of suites) {
    const ran = results.filter((result) => suiteOf(result) === suite);
    same(`tests of ${suite} in order`, testsOf(tree, suite), ran.map((result) => result.start));
  }

  for (const result of results) {
    const found = shown.find((each) => each.name === result.name && each.start === result.start);
    if (!found) problems.push(`${result.name}: missing.`);
    else compare(same, reportFolder, result, found);
  }

  const environment = environmentOf(resultsFolder);
  same("environment", read(reportFolder, "widgets", "allure_environment.json").map((row) => row.name), environment);
  const { known, named } = categoriesOf(resultsFolder, reportFolder);
  const unknown = named.filter((name) => !known.includes(name));
  if (known.length > 0 && unknown.length > 0)
    problems.push(`categories: ${unknown.join(", ")} is not in categories.json: a test that did not pass matches none of its rules.`);

  const attachments = shown.reduce((sum, result) => sum + filesOf(result).length, 0);
  const summary = `allure report: ${shown.length} tests in suites ${suites.join(", ")}; ${attachments} attachments; `
    + `${environment.length} environment rows; categories: ${named.join(", ") || "none"}`;
  return { problems, summary };
}

function compare(same, reportFolder, result, found) {
  same(`${result.name}: status`, found.status, result.status);
  same(`${result.name}: message`, found.error?.message, result.statusDetails?.message);
  same(`${result.name}: severity`, label(found, "severity"), label(result, "severity"));
  same(`${result.name}: steps`, namesOf(found), namesOf(result));
  same(`${result.name}: parameters`, found.parameters.map((each) => each.name), result.parameters.map((each) => each.name));
  same(`${result.name}: attachments`, filesOf(found).length, sourcesOf(result).length);
  for (const file of filesOf(found)) {
    const path = join(reportFolder, "data", "attachments", `${file.id}${file.ext}`);
    same(`${result.name}: attachment ${file.name} exists`, existsSync(path), true);
  }
}

// In a report attachments stand among the steps, each with a link.
const namesOf = (item) => item.steps.filter((step) => step.type !== "attachment").map((step) => [step.name, namesOf(step)]);
const sourcesOf = (item) => [...item.attachments, ...item.steps.flatMap(sourcesOf)];
// The list of a test holds those of its steps as well.
const filesOf = (test) => test.attachments.map((each) => each.link).filter((link) => !link.missed);

// Up to three levels, whichever of them a test names; joined, they are one suite.
const suiteOf = (result) => ["parentSuite", "suite", "subSuite"].map((level) => label(result, level)).filter(Boolean).join(" / ");

// Every group that holds tests, by its path, in the order of the tree.
function groupsOf(tree, ids = tree.root.groups ?? [], above = []) {
  return ids.map((id) => tree.groupsById[id]).flatMap((group) => {
    const path = [...above, group.name];
    return [...(group.leaves?.length ? [{ suite: path.join(" / "), leaves: group.leaves }] : []), ...groupsOf(tree, group.groups ?? [], path)];
  });
}

const suitesOf = (tree) => groupsOf(tree).map((group) => group.suite);

// By their starts: two tests of the same millisecond have no order.
const testsOf = (tree, suite) => groupsOf(tree).filter((group) => group.suite === suite).flatMap((group) => group.leaves).map((leaf) => tree.leavesById[leaf].start);

function environmentOf(resultsFolder) {
  const file = join(resultsFolder, "environment.properties");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter((line) => line.trim() && !line.startsWith("#"));
  return lines.map((line) => line.match(/^((?:\\.|[^=:\\])+?)\s*[=:]/)?.[1].replace(/\\(.)/g, "$1") ?? line);
}

function categoriesOf(resultsFolder, reportFolder) {
  const file = join(resultsFolder, "categories.json");
  const widget = read(reportFolder, "widgets", "categories.json");
  return {
    known: existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).map((each) => each.name) : [],
    named: widget.roots.map((root) => widget.nodes[root].name),
  };
}
