using System.Collections.Immutable;
using NUnit.Framework;
using Support.Measuring.Search;
using Support.Pool;
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
            Assert.That(Line(SampleSteps.Rejected(1, 10, 7, 1)), Is.EqualTo("Exact limit: below 10: no count held 99 % or better"));
            Assert.That(Line(SampleSteps.NotAttempted(10, "why")), Is.EqualTo("Exact limit: not measured"));
        }
    }

    [Test]
    public void A_step_that_was_broken_off_is_no_limit()
    {
        var broken = SampleSteps.Reliable(2, 500, 350, 1) with { Outcome = StepOutcome.NotAttempted };

        Assert.That(Line(SampleSteps.Reliable(1, 200, 200, 1), broken), Is.EqualTo("Exact limit: at least 200: no step above it was measured"));
    }

    [TestCase(350, 353, "Exact limit: 350 held; 353 did not (2 tries, 4.1 s)", "exact limit 350 (353 were not held)")]
    [TestCase(351, 354, "Exact limit: 350 held at once; 351 wanted still count as held at 99 %, 354 do not (2 tries, 4.1 s)", "exact limit 350 (354 were not held)")]
    [TestCase(352, 354, "Exact limit: 352 held at 99 % or better, 354 did not (2 tries, 4.1 s)", "exact limit 352 (354 were not held)")]
    public void What_was_held_and_not_what_was_wanted_is_the_limit(int holds, int breaks, string words, string brief)
    {
        var found = SampleReports.LimitFound();
        var first = SampleSteps.Try(1, TryKind.Clean, new OpenPace(100, null), holds == 352 ? 351 : holds, 350);
        var report = found with
        {
            Search = found.Search! with { Tries = [first, found.Search!.Tries[1]] },
            Verdict = found.Verdict with { Exact = new ExactLimit(holds, breaks) },
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ConsoleRows.Closing(report, "reports"), Does.Contain(words));
            Assert.That(VerdictLine.Of(report), Does.Contain(brief));
            Assert.That(report.HeldAtExact, holds == 352 ? Is.Null : Is.EqualTo(350));
        }
    }

    [Test]
    public void A_search_that_was_cut_off_still_narrows_what_the_ladder_left()
    {
        var report = SampleLimits.Rebuilt();

        Assert.That(ExactWords.Number(report), Is.EqualTo("351 – 500"));
    }

    [Test]
    public void Where_the_limit_is_not_exact_the_screen_says_why_the_search_ended()
    {
        var found = SampleReports.LimitFound();
        var search = found.Search! with { Limit = new ExactLimit(310, 330), Ended = "ended after 16 tries" };
        var lines = ConsoleRows.Closing(found with { Search = search, Verdict = found.Verdict with { Exact = null } }, "reports");

        Assert.That(lines, Does.Contain("Exact limit: between 310 and 330: 310 held at 99 % or better, 330 did not (2 tries, 4.1 s)")
            .And.Contain("Search: 2 tries in 4.08 s. Ended: ended after 16 tries"));
    }

    [Test]
    public void A_lower_bound_says_whether_something_broke_above_it()
    {
        var found = SampleReports.LimitFound();
        var bound = found.Verdict with { Exact = new ExactLimit(200, null) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ExactWords.Answer(found with { Verdict = bound }), Is.EqualTo("at least 200: a lower bound, the limit above it was not found"));
            Assert.That(ExactWords.Answer(found with { Verdict = bound, Steps = [.. found.Steps.Take(5)] }), Is.EqualTo("at least 200: a lower bound, nothing broke"));
        }
    }

    [Test]
    public void A_limit_that_depends_on_pace_has_both_figures() => Assert.That(
        ConsoleRows.Closing(SampleReports.EightSteps(), "reports"),
        Does.Contain("Depends on pace: opened 1 at a time, 40 a second, 4998 were held and nothing broke; at the run's own pace (100 at a time), 2720 were"));

    [Test]
    public void The_page_shows_the_range_as_a_figure()
    {
        var page = new HtmlReport().Render(Report([SampleSteps.Reliable(1, 200, 200, 1), SampleSteps.Rejected(2, 1000, 350, 1)]));

        Assert.That(page, Does.Contain("200 – 1,000").And.Contain("between the highest count that held 99 % or better and the lowest that did not"));
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
        var failures = Classes.Of(("HandshakeProtocol", 10));
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
        return report with { Steps = steps, Search = null, Verdict = report.Verdict with { Exact = null } };
    }
}
