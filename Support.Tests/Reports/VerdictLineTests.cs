using NUnit.Framework;
using Support.Reports;

namespace Support.Tests.Reports;

public sealed class VerdictLineTests
{
    [TestCase("LimitFound", "Passed. Safe limit 160, maximum reliable ~200, 350 held at once, exact limit 350 (354 were not held); limit set by the server under test: The server answers 503 to every connection beyond 350.")]
    [TestCase("Passed", "Passed. Safe limit 800, maximum reliable ~1000, 1000 held at once, exact limit at least 1000: a lower bound, nothing broke; limit set by nothing: every step held all of its connections.")]
    [TestCase("Broken", "Broken: The file descriptor limit of 256 does not cover the ladder: nothing measured here would be true (stopped early: SIGTERM). Nothing was measured.")]
    [TestCase("ClientLimit", "Passed. This client was the limit, and no capacity of the server is claimed: at least 12000 held at once, safe limit 4000 or more, maximum reliable ~5000 or more; limit set by the suite or its machine, not the server: this machine has no free port left towards the server. Warning: Client and server do not count the same.")]
    [TestCase("NothingAttempted", "Nothing attempted: No step was attempted, so nothing is known about the server. Run without a filter. Nothing was measured.")]
    public void The_line_says_how_the_run_ended_what_was_measured_and_what_bound_it(string report, string line) =>
        Assert.That(VerdictLine.Of(SampleReports.All[report]), Is.EqualTo(line));

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void The_verdict_is_one_line(string report) => Assert.That(VerdictLine.Of(SampleReports.All[report]).Where(char.IsControl), Is.Empty);
}
