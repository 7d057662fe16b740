// What a TRX file says. Its own counters call a skipped test neither executed nor notExecuted, so the results are counted.
import { elementsOf, readXml } from "./xml.mjs";

/** { passed, failed, skipped, results: [{ name, outcome, text }], outcome }; whatever neither passed nor was skipped failed. */
export function readTrx(path) {
  const root = readXml(path);
  const results = elementsOf(root, "UnitTestResult").map((result) => ({
    name: result.attributes.testName,
    outcome: result.attributes.outcome,
    text: result.text,
  }));
  const passed = results.filter((result) => result.outcome === "Passed").length;
  const skipped = results.filter((result) => result.outcome === "NotExecuted").length;
  const outcome = elementsOf(root, "ResultSummary")[0]?.attributes.outcome ?? "missing";
  return { passed, skipped, failed: results.length - passed - skipped, results, outcome };
}
