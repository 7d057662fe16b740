using NUnit.Framework;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Reports.Content;
using Support.Verdict;

namespace Support.Tests.Reports.Content;

/// <summary>The rows of a run as they happen.</summary>
internal sealed class ScreenRowsTests
{
    private static readonly SearchProbe First =
        new(1, ProbeKind.Fresh, new(100, null), Verdict.Given.Result(351, 350) with { Seconds = 1.5 });
    private static readonly SearchProbe Second =
        new(2, ProbeKind.Incremental, new(100, null), Verdict.Given.Result(354, 350) with { Seconds = 1.02 });
    private static readonly SearchProbe Third =
        new(3, ProbeKind.Paced, new(1, 2.5), Verdict.Given.Result(355, 350) with { Seconds = 1 });

    [TestCase(10, 10, 2.34, true, "✓    10 sessions:    10 successful (100.0%) in 2.34s")]
    [TestCase(500, 350, 45.67, false, "✗   500 sessions:   350 successful ( 70.0%) in 45.67s")]
    [TestCase(200, 180, 15.23, true, "✓   200 sessions:   180 successful ( 90.0%) in 15.23s")]
    [TestCase(100, 0, 10, false, "✗   100 sessions:     0 successful (  0.0%) in 10.00s")]
    [TestCase(5000, 4999, 1, true, "✓  5000 sessions:  4999 successful ( 99.9%) in 1.00s")]
    [TestCase(1000000, 1000000, 100, true, "✓ 1000000 sessions: 1000000 successful (100.0%) in 100.00s")]
    public void A_step_has_the_form_that_scripts_read_in_every_culture(
        int sessions, int held, double seconds, bool reliable, string row)
    {
        var step = new JudgedStep(
            sessions, reliable ? StepOutcome.Reliable : StepOutcome.Unreliable, null, Result(sessions, held, seconds));

        Assert.That(
            new[] { "", "de-DE", "ar-SA" }.Select(culture => Culture.In(culture, () => ScreenRows.Step(step))),
            Is.All.EqualTo(row));
    }

    /// <summary>749 of 1,000 is under a threshold of 75 % and must not read as 75.0.</summary>
    [TestCase(7496, 10000, " 74.9")]
    [TestCase(9999, 10000, " 99.9")]
    [TestCase(29, 100, " 29.0")]
    public void A_share_is_cut_and_never_rounded_up(int held, int sessions, string share) =>
        Assert.That(
            ScreenRows.Step(new JudgedStep(sessions, StepOutcome.Unreliable, null, Result(sessions, held, 1))),
            Does.Contain($"({share}%)"));

    [TestCase("not attempted: the limit was found at 500", null, "not attempted: the limit was found at 500")]
    [TestCase("ClientLimit(fd): too few", "ClientLimit(fd)", "not attempted: ClientLimit(fd): too few")]
    [TestCase(null, null, "not attempted: no reason was given")]
    public void A_step_that_was_not_attempted_says_why_once(string? reason, string? outOf, string row)
    {
        var step = SampleSteps.NotAttempted(
            1000, reason) with { OutOf = outOf is null ? null : FailureClass.Parse(outOf) };
        Assert.That(ScreenRows.Step(step), Is.EqualTo($"–  1000 sessions: {row}"));
    }

    [Test]
    public void A_probe_says_what_was_open_before_it_in_every_culture()
    {
        string[] rows =
        [
            "  → probe 1: 351 sessions: 350 successful (99.7%) in 1.50s",
            "  → probe 2: 354 sessions (350 held and 4 more): 350 successful (98.8%) in 1.02s",
            "  → probe 3: 350 held and 1 more, 2.5 per second: 350 held in 1.00s",
        ];
        string[] Shown() =>
            [ScreenRows.Probe(First, null), ScreenRows.Probe(Second, First), ScreenRows.Probe(Third, Second)];

        Assert.That(new[] { "", "de-DE", "ar-SA" }.Select(culture => Culture.In(culture, Shown)), Is.All.EqualTo(rows));
    }

    [Test]
    public void A_step_and_a_probe_at_a_size_have_the_plain_form_behind_it()
    {
        var run = SizeReports.Killed(1, 980, 989);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ScreenRows.Step("256/512", run.Steps[0]),
                Is.EqualTo("  256/512 ✓   500 sessions:   500 successful (100.0%) in 1.31s"));
            Assert.That(
                ScreenRows.Probe("256/512", run.Search!.Probes[0], null),
                Is.EqualTo("  256/512 → probe 1: 980 sessions: 980 successful (100.0%) in 2.00s"));
        }
    }

    [Test]
    public void A_run_at_a_size_is_its_limit_what_set_it_and_how_often_it_died() => Assert.That(
        ScreenRows.Run(SizeReports.Killed(2, 980, 989), 3),
        Is.EqualTo("✓ 256/512 run 2 of 3: limit 980, recommended max 784, limited by memory, restarted 2 times, 2 "
            + "after an OOM kill, started in 0.62 s, took 41.40 s"));

    [Test]
    public void A_run_that_measured_nothing_says_why()
    {
        var run = SizeReports.Killed(1, 980, 989) with { Restarts = [] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ScreenRows.Run(run with { Fault = "no room." }, 1),
                Is.EqualTo("✗ 256/512 run 1 of 1: not measured: no room, took 41.40 s"));
            Assert.That(
                ScreenRows.Run(run with { NotStarted = "it ended with 137." }, 1),
                Is.EqualTo("✗ 256/512 run 1 of 1: 0 held, the server did not start: it ended with 137, took 41.40 s"));
        }
    }

    [Test]
    public void A_metric_is_marked_by_its_threshold()
    {
        var rows = ScreenRows.Service(SampleServices.Metrics);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Does.Contain("✗ CPUUtilization, Average: 91.25 %, below 80 %"));
            Assert.That(rows, Does.Contain("✓ MemoryUtilization, Maximum: 60.5 %, below 80 %"));
            Assert.That(rows, Does.Contain("– RejectedConnectionCount, Sum: no data"));
        }
    }

    [Test]
    public void Text_from_outside_cannot_steer_the_terminal()
    {
        const string Evil = "\u001b[2J\nx";
        var sizes = SizeReports.Hostile(Evil);
        string[] rows =
        [
            ScreenRows.Step(SampleSteps.NotAttempted(1, Evil)),
            ScreenRows.Step(Evil, SampleSteps.NotAttempted(1, null)),
            .. sizes.Runs.Select(run => ScreenRows.Run(run, 1)),
            .. ScreenRows.Service(SampleReports.Hostile().Service!),
            ScreenRows.Published(SampleReports.Hostile().Publications[0]),
            .. ScreenRows.Check(SampleReports.Hostile().Checks[0]),
        ];

        Assert.That(rows.Where(row => row.Any(char.IsControl)), Is.Empty);
    }

    private static StepResult Result(int sessions, int held, double seconds) => new()
    {
        Number = 1, Sessions = sessions, StartedAt = SampleReports.Started, Attempted = sessions, Opened = held,
        Held = held, Seconds = seconds,
    };
}
