// One check: a name that states a fact, and a body that throws where it is not one.
import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";

const ledger = process.env.CI_CHECKS;

/** Runs one check, says how it ended, and writes it into the ledger that .ci/run counts. */
export async function check(name, body) {
  let problem = null;
  try {
    await body();
  } catch (error) {
    problem = error instanceof assert.AssertionError ? error.message : (error.stack ?? String(error));
  }

  console.log(problem === null ? `  ✓ ${name}` : `  ✗ ${name}\n${problem.replace(/^/gm, "      ")}`);
  if (ledger) appendFileSync(ledger, `${problem === null ? "passed" : "failed"}\t${name}\n`);
  else if (problem !== null) process.exitCode = 1;
}

export { assert };
