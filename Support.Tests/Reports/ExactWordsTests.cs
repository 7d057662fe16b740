using System.Collections.Immutable;
using NUnit.Framework;
using Support.Reports;
using Support.Verdict;

namespace Support.Tests.Reports;

public sealed class ExactWordsTests
{
    [Test]
    public void Without_an_exact_limit_the_two_steps_around_it_are_named()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Line(SampleSteps.Reliable(1, 200, 200, 1), SampleSteps.Rejected(2, 500, 350, 1)),
                Is.EqualTo("Exact limit: between 200 and 500: 200 held at 99 % or better, 500 did not"));
            Assert.That(Line(SampleSteps.Reliable(1, 500, 500, 1), SampleSteps.Reliable(2, 1000, 760, 1)),
                Is.EqualTo("Exact limit: between 500 and 1000: 500 held at 99 % or better, 1000 did not"), "reliable at 76 %");
            Assert.That(Line(SampleSteps.Rejected(1, 10, 7, 1)), Is.EqualTo("Exact limit: below 10: no step held 99 % or better"));
            Assert.That(Line(SampleSteps.NotAttempted(10, "why")), Is.EqualTo("Exact limit: not measured"));
        }
    }

    [Test]
    public void A_step_that_was_broken_off_is_no_limit()
    {
        var broken = SampleSteps.Reliable(2, 500, 350, 1) with { Outcome = StepOutcome.NotAttempted };

        Assert.That(Line(SampleSteps.Reliable(1, 200, 200, 1), broken), Is.EqualTo("Exact limit: at least 200: no step above it was measured"));
    }

    [Test]
    public void The_page_shows_the_range_as_a_figure()
    {
        var page = new HtmlReport().Render(Report([SampleSteps.Reliable(1, 200, 200, 1), SampleSteps.Rejected(2, 1000, 350, 1)]));

        Assert.That(page, Does.Contain("200 – 1,000").And.Contain("between the highest step that held 99 % or better and the first that did not"));
    }

    [Test]
    public void A_run_that_was_stopped_does_not_say_that_no_limit_was_met()
    {
        var evidence = new RunEvidence { Steps = [SampleSteps.Reliable(1, 10, 10, 1)], Interrupted = "SIGTERM" };
        var report = Report(evidence.Steps) with { Verdict = RunJudge.Judge(evidence), Interrupted = "SIGTERM", Complete = false };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ConsoleRows.Closing(report, "reports"), Does.Contain("Limit set by: not known: no limit was met before the run was stopped by SIGTERM"));
            Assert.That(VerdictLine.Of(report), Does.EndWith("what set the limit is not known: no limit was met before the run was stopped by SIGTERM."));
        }
    }

    [Test]
    public void No_upgrade_from_the_first_connection_on_is_a_matter_of_settings_and_later_of_the_server()
    {
        var failures = ImmutableSortedDictionary<string, int>.Empty.Add("HandshakeProtocol", 10);
        var none = SampleSteps.Rejected(1, 10, 0, 1);
        none = none with { Result = none.Result! with { Failures = failures } };
        var later = SampleSteps.Rejected(2, 20, 10, 1);
        later = later with { Result = later.Result! with { Failures = failures } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Side([none]), Is.EqualTo(BottleneckSide.Configuration));
            Assert.That(Side([SampleSteps.Reliable(1, 10, 10, 1), later]), Is.EqualTo(BottleneckSide.Server));
        }
    }

    private static BottleneckSide Side(ImmutableArray<JudgedStep> steps) => RunJudge.Judge(new RunEvidence { Steps = steps }).Bottleneck.Side;

    private static string Line(params ImmutableArray<JudgedStep> steps) =>
        ConsoleRows.Closing(Report(steps), "reports").Single(line => line.StartsWith("Exact limit", StringComparison.Ordinal));

    private static CapacityReport Report(ImmutableArray<JudgedStep> steps)
    {
        var report = SampleReports.LimitFound();
        return report with { Steps = steps, Verdict = report.Verdict with { Exact = null } };
    }
}
