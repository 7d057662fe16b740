// node outcome.mjs <checks ledger> <trx>...
// Counts the test runs (from their TRX files) and the script's own checks. The last line is the sum; the exit code follows it.
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { readTrx } from "./trx.mjs";

const [ledger, ...files] = process.argv.slice(2);
const rows = [...files.map(rowOfTrx), rowOfLedger()];
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);

console.log(`\n${"counted from".padEnd(24)}passed  failed skipped`);
for (const row of rows) {
  console.log(row.from.padEnd(24) + ["passed", "failed", "skipped"].map((key) => String(row[key]).padStart(6)).join("  "));
  row.problems.forEach((problem) => console.log(`  ✗ ${problem}`));
}

const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
process.exitCode = sum("failed") === 0 ? 0 : 1;

// A file that is missing, damaged or empty is a failure, and so is a run that ended before its tests did.
function rowOfTrx(path) {
  const from = basename(path);
  try {
    const trx = readTrx(path);
    const problems = trx.results.filter((result) => !["Passed", "NotExecuted"].includes(result.outcome)).map((result) => result.name);
    const cut = trx.results.length === 0 || !["Completed", "Failed"].includes(trx.outcome);
    if (cut) problems.push(`${from}: ${trx.results.length} results, and the run's outcome is ${trx.outcome}`);
    return { from, passed: trx.passed, failed: trx.failed + (cut ? 1 : 0), skipped: trx.skipped, problems };
  } catch (error) {
    return { from, passed: 0, failed: 1, skipped: 0, problems: [existsSync(path) ? error.message : `${from} was not written`] };
  }
}

function rowOfLedger() {
  const lines = existsSync(ledger) ? readFileSync(ledger, "utf8").split("\n").filter(Boolean).map((line) => line.split("\t")) : [];
  const problems = lines.filter(([outcome]) => outcome !== "passed").map(([, name]) => name);
  const none = lines.length === 0 ? ["no check was recorded"] : [];
  return { from: ".ci/run's own checks", passed: lines.length - problems.length, failed: problems.length + none.length, skipped: 0, problems: [...problems, ...none] };
}
