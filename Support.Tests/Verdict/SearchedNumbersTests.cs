using NUnit.Framework;
using Support.Measuring.Search;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>exact, heldAtOnce and safeLimit where the limit was searched.</summary>
internal sealed class SearchedNumbersTests
{
    [Test]
    public void What_the_search_found_is_the_exact_limit_and_bounds_the_safe_one()
    {
        var verdict = Judged(new(351, 354), Try(351, 350), Try(354, 350));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Exact, Is.EqualTo(new ExactLimit(351, 354) { Held = 350 }));
            Assert.That(
                (verdict.MaxReliable, verdict.LadderReliable, verdict.PeakConnections, verdict.SafeLimit),
                Is.EqualTo((350, 500, 400, 280)));
        }
    }

    [Test]
    public void A_search_that_did_not_come_near_enough_is_no_exact_limit() =>
        Assert.That(Judged(new(310, 330), Try(310, 310)).Exact, Is.Null);

    /// <summary>What was let pass at 75 % is not safe where the search saw fewer break, however it ended.</summary>
    [TestCase(218, 220, 218, 174)]
    [TestCase(210, 225, 210, 168)]
    public void What_the_search_showed_to_break_bounds_the_safe_limit_whether_or_not_it_came_to_its_end(
        int holds, int breaks, int reliable, int safe)
    {
        var steps = Given.Run(Given.Step(200, 200), Given.Step(500, 400), Given.Step(1000, 500));
        var verdict = (steps with
        {
            Search = Search(new(holds, breaks), Try(holds, holds), Try(breaks, holds)),
        }).Requiring(500).Judged();

        Assert.That(
            (verdict.Outcome, verdict.MaxReliable, verdict.SafeLimit),
            Is.EqualTo((RunOutcome.Failed, reliable, safe)));
    }

    [Test]
    public void A_search_that_knows_only_that_much_holds_is_a_lower_bound() =>
        Assert.That(Judged(new(200, null)).Exact, Is.EqualTo(new ExactLimit(200, null) { Held = 200 }));

    [Test]
    public void A_search_without_an_answer_leaves_what_the_steps_show() =>
        Assert.That(
            (Given.Run(Given.Step(100, 100), Given.Step(101, 60)) with { Search = Search(null) }).Judged().Exact,
            Is.EqualTo(new ExactLimit(100, 101) { Held = 100 }));

    [Test]
    public void What_a_try_held_was_held_at_once() =>
        Assert.That(Judged(new(351, 354), Try(600, 420)).PeakConnections, Is.EqualTo(420));

    [Test]
    public void A_search_beside_nothing_that_was_measured_gives_no_number()
    {
        var verdict = (Given.Run(
            Given.Skipped(10, "not attempted")) with { Search = Search(new(10, null), Try(10, 10)) }).Judged();
        Assert.That(
            (verdict.Exact, verdict.PeakConnections, verdict.SafeLimit),
            Is.EqualTo(((ExactLimit?)null, (int?)null, (int?)null)));
    }

    [Test]
    public void Where_this_side_was_the_limit_no_count_is_said_to_break()
    {
        var near = Given.Run(Given.Step(100, 100), Given.Step(101, 60, "ClientLimit(ports)"));
        var searched = near with { Search = Search(new(100, 101)) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(near.Judged().Exact, Is.EqualTo(new ExactLimit(100, null) { Held = 100 }));
            Assert.That(searched.Judged().Exact, Is.EqualTo(new ExactLimit(100, null) { Held = 100 }));
        }
    }

    [Test]
    public void The_gate_asks_for_what_the_search_has_shown()
    {
        var run = Given.Run(Given.Step(200, 200), Given.Step(500, 400)) with
        {
            Search = Search(new(351, 354), Try(351, 350), Try(354, 350)),
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Requiring(280).Judged().Outcome, Is.EqualTo(RunOutcome.Passed));
            Assert.That(run.Requiring(281).Judged().Outcome, Is.EqualTo(RunOutcome.Failed));
        }
    }

    private static RunVerdict Judged(ExactLimit limit, params SearchProbe[] tries) =>
        (Given.Run(Given.Step(200, 200), Given.Step(500, 400)) with { Search = Search(limit, tries) }).Judged();

    private static SearchResult Search(
        ExactLimit? limit, params SearchProbe[] tries) => new() { Probes = [.. tries], Limit = limit, Ended = "ended" };

    private static SearchProbe Try(
        int sessions, int held) => new(1, ProbeKind.Fresh, new(100, null), Given.Result(sessions, held));
}
