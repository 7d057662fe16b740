// What a run said, beside what it had to say.

/** The sentence of the run, and one sentence for each thing that it got wrong. */
export function misfits(expect, report, code) {
  const { verdict, plan } = report;
  const { bottleneck } = verdict;
  const kind = verdict.opening ? "opening" : verdict.interval ? "interval"
    : verdict.exact?.breaks != null ? "exact" : verdict.maxReliable > 0 ? "bound" : "none";
  const said = `exit ${code}, ${verdict.outcome}, reliable ${verdict.maxReliable}, safe ${verdict.safeLimit}, `
    + `${verdict.opening ?? kind}${numbers(verdict)}, ${bottleneck.side}${bottleneck.resource ? ` (${bottleneck.resource})` : ""}: `
    + `${bottleneck.cause} → ${bottleneck.next}`;
  const problems = [];
  const want = (name, actual, right, expected) => {
    if (!right) problems.push(`${name}: ${JSON.stringify(actual)}, and not ${expected}`);
  };
  const fits = (name, actual) => {
    const expected = expect[name];
    if (expected !== undefined)
      want(name, actual, expected instanceof RegExp ? expected.test(actual ?? "") : expected === actual, expected);
  };
  fits("code", code);
  fits("outcome", verdict.outcome);
  fits("kind", kind);
  fits("opening", verdict.opening);
  fits("side", bottleneck.side);
  fits("resource", bottleneck.resource);
  fits("cause", `${bottleneck.cause} ${bottleneck.evidence.join(" ")}`);
  fits("next", bottleneck.next);
  if (expect.notNext) want("next", bottleneck.next, !expect.notNext.test(bottleneck.next ?? ""), `with ${expect.notNext}`);
  if (expect.reliable) {
    const [low, high] = expect.reliable;
    const reliable = verdict.maxReliable ?? 0;
    want("maxReliable", reliable, reliable >= low && reliable <= high, `from ${low} to ${high}`);
  }
  want("safeLimit", verdict.safeLimit, (verdict.safeLimit ?? 0) <= expect.safe, `up to ${expect.safe}`);
  if (expect.plan === false) want("plan", plan?.tasksNeeded, plan?.tasksNeeded == null, "none");
  if (expect.finding) {
    const ids = verdict.findings.map(({ id }) => id);
    want("findings", ids, ids.includes(expect.finding), expect.finding);
  }
  if (expect.unproven) want("notProven", verdict.notProven, verdict.notProven.includes(expect.unproven), expect.unproven);
  return { said, problems };
}

const numbers = ({ exact, interval }) => interval ? ` ${interval.low}–${interval.high}`
  : exact ? ` ${exact.holds}–${exact.breaks}` : "";
