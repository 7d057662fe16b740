using NUnit.Framework;
using Support.Reports;

namespace Support.Tests.Reports;

public sealed class VerdictLineTests
{
    [TestCase("LimitFound", "Passed. Safe limit 160, maximum reliable ~200, 350 held at once, exact limit 350 held at 99 % or better, 351 not; limit set by the server under test: The server answers 503 to every connection beyond 350.")]
    [TestCase("Passed", "Passed. Safe limit 800, maximum reliable ~1000, 1000 held at once, exact limit at least 1000: a lower bound, nothing broke; limit set by nothing: every step held all of its connections.")]
    [TestCase("Broken", "Broken: The file descriptor limit of 256 does not cover the ladder: nothing measured here would be true (stopped early: SIGTERM). Nothing was measured.")]
    [TestCase("NothingAttempted", "Nothing attempted: No step was attempted, so nothing is known about the server. Run without a filter. Nothing was measured.")]
    public void The_line_says_how_the_run_ended_what_was_measured_and_what_bound_it(string report, string line) =>
        Assert.That(VerdictLine.Of(SampleReports.All[report]), Is.EqualTo(line));

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void The_verdict_is_one_line(string report) => Assert.That(VerdictLine.Of(SampleReports.All[report]).Where(char.IsControl), Is.Empty);
}
