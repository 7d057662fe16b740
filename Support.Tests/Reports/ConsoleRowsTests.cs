using NUnit.Framework;
using Support.Measuring;
using Support.Reports;
using Support.Verdict;

namespace Support.Tests.Reports;

public sealed class ConsoleRowsTests
{
    [TestCase(10, 10, 2.34, true, "✓    10 sessions:    10 successful (100.0%) in 2.34s")]
    [TestCase(500, 350, 45.67, false, "✗   500 sessions:   350 successful ( 70.0%) in 45.67s")]
    [TestCase(25, 25, 3.45, true, "✓    25 sessions:    25 successful (100.0%) in 3.45s")]
    [TestCase(200, 180, 15.23, true, "✓   200 sessions:   180 successful ( 90.0%) in 15.23s")]
    [TestCase(100, 0, 10, false, "✗   100 sessions:     0 successful (  0.0%) in 10.00s")]
    [TestCase(5000, 4999, 1, true, "✓  5000 sessions:  4999 successful ( 99.9%) in 1.00s")]
    [TestCase(1000000, 1000000, 100, true, "✓ 1000000 sessions: 1000000 successful (100.0%) in 100.00s")]
    public void A_row_has_the_form_of_the_contract_in_every_culture(int sessions, int held, double seconds, bool reliable, string row)
    {
        var step = new JudgedStep(sessions, reliable ? StepOutcome.Reliable : StepOutcome.Unreliable, null, Result(sessions, held, seconds));

        Assert.That(new[] { "", "de-DE", "ar-SA" }.Select(culture => FormatTests.InCulture(culture, () => ConsoleRows.Row(step))), Is.All.EqualTo(row));
    }

    /// <summary>749 of 1,000 is under a threshold of 75 % and must not read as 75.0.</summary>
    [TestCase(7496, 10000, " 74.9")]
    [TestCase(9999, 10000, " 99.9")]
    [TestCase(29, 100, " 29.0")]
    public void A_share_is_cut_and_never_rounded_up(int held, int sessions, string share) =>
        Assert.That(ConsoleRows.Row(new JudgedStep(sessions, StepOutcome.Unreliable, null, Result(sessions, held, 1))), Does.Contain($"({share}%)"));

    [Test]
    public void A_step_that_was_not_attempted_says_why_once()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ConsoleRows.Row(SampleSteps.NotAttempted(1000, "the limit was found at 500")), Is.EqualTo("–  1000 sessions: not attempted: the limit was found at 500"));
            Assert.That(ConsoleRows.Row(SampleSteps.NotAttempted(1000, "Not attempted: limit found")), Is.EqualTo("–  1000 sessions: Not attempted: limit found"));
            Assert.That(ConsoleRows.Row(SampleSteps.NotAttempted(10, null)), Is.EqualTo("–    10 sessions: not attempted: no reason was given"));
        }
    }

    [Test]
    public void The_closing_lines_start_as_the_contract_says()
    {
        string[] expected =
        [
            "Maximum reliable connections: ~200",
            "Recommendation: Use 160 as safe limit",
            "Held at once: 350",
            "Exact limit: 350 held at once; 351 wanted still count as held at 99 %, 354 do not (2 tries, 4.1 s)",
            "Limit set by: the server under test: The server answers 503 to every connection beyond 350.",
            "Next step: Raise the server's connection cap, or plan with 160 connections a task.",
            "Tasks needed: 95 for 10,000 connections (75 by the buffer alone), 160 a task, buffer 1.2",
            "Plan: 95 tasks, 106 connections a task, 159 at worst; scaling 3 to 114 tasks; $3,449 a month; files in reports/latest/scaling/",
            "Estimate: 1024/2048: 15,360 to 20,480 expected; lowest: processor, 25,600; 350 held (1% of the lowest)",
            "Meter: true in 2 readings, 1.38 s",
            "Reports: reports/latest",
        ];

        Assert.That(FormatTests.InCulture("de-DE", () => ConsoleRows.Closing(SampleReports.LimitFound(), "reports/latest")), Is.EqualTo(expected));
    }

    [TestCase("Passed", "Exact limit: at least 1000: a lower bound, nothing broke")]
    [TestCase("Passed", "Limit set by: nothing: every step held all of its connections.")]
    [TestCase("Broken", "Maximum reliable connections: not measured")]
    [TestCase("Broken", "Recommendation: none: nothing was measured")]
    [TestCase("Broken", "Stopped early: SIGTERM")]
    [TestCase("Broken", "Tasks needed: not known for 10,000 connections: no safe limit was measured")]
    [TestCase("NothingAttempted", "Limit set by: not known: nothing was measured")]
    [TestCase("GateMissed", "Failed: 350 of 500 held (70.0 %), threshold 75 %; Gate.RequiredConnections asks for 500")]
    public void The_closing_lines_say_what_is_not_known_and_why_a_run_fails(string report, string line) =>
        Assert.That(ConsoleRows.Closing(SampleReports.All[report], "reports"), Does.Contain(line));

    [TestCase("Maximum reliable connections: ~5000, a lower bound: this client was the limit")]
    [TestCase("Recommendation: Use 4000 as safe limit, a lower bound: this client was the limit")]
    [TestCase("Exact limit: at least 12000; this client was the limit")]
    [TestCase("Tasks needed: at most 5 for 10,000 connections (3 by the buffer alone), 4,000 or more a task, buffer 1.2; fewer may do: this client was the limit")]
    [TestCase("Warning: Client and server do not count the same: in the step of 20,000 the server counts 11,990 open. Expected: 12,000, the client's count. "
        + "Next step: Look whether a proxy answers in the server's place.")]
    public void Where_the_client_was_the_limit_no_line_claims_a_capacity_of_the_server(string line) =>
        Assert.That(ConsoleRows.Closing(SampleLimits.ClientLimit(), "reports"), Does.Contain(line));

    [Test]
    public void A_report_that_was_made_anew_says_of_which_run() => Assert.That(
        ConsoleRows.Closing(SampleLimits.Rebuilt(), "reports"),
        Does.Contain("Not a run of its own: rebuilt from steps.jsonl of run 20261115T081200Z-99ab01, which was killed in its search, after try 1"));

    [Test]
    public void A_meter_that_is_not_true_says_where() => Assert.That(
        ConsoleRows.Closing(SampleReports.LimitFound() with { Calibration = SampleSearches.Untrue }, "reports"),
        Does.Contain("Meter: not true: dropped connections: the meter counts one connection more than the server has"));

    [Test]
    public void A_step_of_zero_reliable_connections_recommends_nothing()
    {
        var report = SampleReports.LimitFound();
        var lines = ConsoleRows.Closing(report with { Verdict = report.Verdict with { MaxReliable = 0, SafeLimit = 0 } }, "reports");

        Assert.That(lines.Take(2), Is.EqualTo(new[] { "Maximum reliable connections: none", "Recommendation: none: no step was reliable" }));
    }

    [Test]
    public void Text_from_outside_cannot_steer_the_terminal()
    {
        string[] lines = [.. ConsoleRows.Closing(SampleReports.Hostile(), "reports"), ConsoleRows.Row(SampleSteps.NotAttempted(1, "\u001b[2J\nx"))];

        Assert.That(lines.Where(line => line.Any(char.IsControl)), Is.Empty);
    }

    private static StepResult Result(int sessions, int held, double seconds) => new()
    {
        Number = 1, Sessions = sessions, StartedAt = SampleReports.Started, Attempted = sessions, Opened = held, Held = held, Seconds = seconds,
    };
}
