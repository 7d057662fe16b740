using System.Collections.Immutable;
using NUnit.Framework;
using Support.Measuring.Search;
using Support.Pool;
using Support.Reports;
using Support.Reports.Content;
using Support.Verdict;

namespace Support.Tests.Reports.Content;

/// <summary>How much is known of the limit.</summary>
internal sealed class FoundLimitTests
{
    [Test]
    public void Without_a_search_the_two_steps_around_it_are_what_is_known()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Of(SampleSteps.Reliable(1, 200, 200, 1), SampleSteps.Rejected(2, 500, 350, 1)),
                Is.EqualTo((LimitKind.Between, "200 to 500")));
            Assert.That(
                Of(SampleSteps.Reliable(1, 500, 500, 1), SampleSteps.Reliable(2, 1000, 760, 1)),
                Is.EqualTo((LimitKind.Between, "500 to 1,000")),
                "reliable at 76 %");
            Assert.That(Of(SampleSteps.Rejected(1, 10, 7, 1)), Is.EqualTo((LimitKind.Below, "fewer than 10")));
            Assert.That(
                Of(SampleSteps.Reliable(1, 10, 10, 1), SampleSteps.Reliable(2, 20, 20, 1)),
                Is.EqualTo((LimitKind.NotReached, "at least 20")));
        }
    }

    [Test]
    public void A_step_that_was_broken_off_is_no_limit()
    {
        var broken = SampleSteps.Reliable(2, 500, 350, 1) with { Outcome = StepOutcome.NotAttempted };

        Assert.That(
            Of(SampleSteps.Reliable(1, 200, 200, 1), broken), Is.EqualTo((LimitKind.NotReached, "at least 200")));
    }

    /// <summary>A cap of 350 holds 99 % of 351: the capacity is what was held and not what was wanted.</summary>
    [TestCase(350, "350")]
    [TestCase(null, "351")]
    public void What_was_held_and_not_what_was_wanted_is_the_limit(int? held, string value)
    {
        var found = SampleReports.LimitFound();
        var limit = FoundLimit.Of(
            found with { Verdict = found.Verdict with { Exact = new ExactLimit(351, 354) { Held = held } } });

        Assert.That((limit.Kind, limit.Value, limit.High), Is.EqualTo((LimitKind.Found, value, 354)));
    }

    [Test]
    public void A_search_that_was_cut_off_still_narrows_what_the_ladder_left() =>
        Assert.That(FoundLimit.Of(SampleLimits.Rebuilt()).Value, Is.EqualTo("351 to 500"));

    [Test]
    public void A_lower_bound_says_whether_something_broke_above_it()
    {
        var found = SampleReports.LimitFound();
        var bound = found with { Verdict = found.Verdict with { Exact = new ExactLimit(200, null) } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FoundLimit.Of(bound).Kind, Is.EqualTo(LimitKind.Above));
            Assert.That(
                FoundLimit.Of(bound with { Steps = [.. found.Steps.Take(5)] }).Kind, Is.EqualTo(LimitKind.NotReached));
        }
    }

    [Test]
    public void What_this_client_could_hold_is_no_capacity_of_the_server()
    {
        var limit = FoundLimit.Of(SampleLimits.ClientLimit());

        Assert.That((limit.Kind, limit.Value), Is.EqualTo((LimitKind.OfThisClient, "at least 12,000")));
    }

    [Test]
    public void What_the_baseline_has_was_not_measured_here()
    {
        var limit = FoundLimit.Of(SizeReports.Locked());

        Assert.That((limit.Kind, limit.Value), Is.EqualTo((LimitKind.Accepted, "4,400")));
    }

    /// <summary>A signal in the middle of a probe once made "below 12" of a server that held 100.</summary>
    [Test]
    public void A_probe_that_was_broken_off_moves_neither_end()
    {
        var range = new LimitRange(100, 200);
        var probe = SampleSteps.Try(1, ProbeKind.Fresh, new(100, null), 150, 12);
        var stopped = probe with { Result = probe.Result with { Stop = EarlyStopKind.Interrupted } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(range.After(stopped), Is.EqualTo(range));
            Assert.That(range.After(probe), Is.EqualTo(new LimitRange(100, 150)));
        }
    }

    [TestCase("Broken")]
    [TestCase("NothingAttempted")]
    public void Without_a_measurement_there_is_none(string name) =>
        Assert.That(FoundLimit.Of(SampleReports.All[name]).Kind, Is.EqualTo(LimitKind.NotMeasured));

    private static (LimitKind Kind, string Value) Of(params ImmutableArray<JudgedStep> steps)
    {
        var report = SampleReports.LimitFound();
        var limit = FoundLimit.Of(
            report with { Steps = steps, Search = null, Verdict = report.Verdict with { Exact = null } });
        return (limit.Kind, limit.Value);
    }
}
