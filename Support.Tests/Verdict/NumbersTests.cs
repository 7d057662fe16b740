using NUnit.Framework;
using Support.Measuring.Search;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>maxReliable, heldAtOnce, exact and safeLimit, worked out from the steps.</summary>
internal sealed class NumbersTests
{
    [Test]
    public void The_maximum_is_the_highest_reliable_step_below_the_first_unreliable_one()
    {
        var verdict = Given.Run(
            Given.Step(100, 100), Given.Step(200, 180), Given.Step(500, 350), Given.Step(1000, 1000)).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((verdict.MaxReliable, verdict.LadderReliable), Is.EqualTo((200, 200)));
            Assert.That(verdict.PeakConnections, Is.EqualTo(1000));
            Assert.That(verdict.SafeLimit, Is.EqualTo(144), "80 % of the 180 that it held");
        }
    }

    [Test]
    public void Held_at_once_is_the_most_of_any_step_the_unreliable_one_included()
    {
        var verdict = Given.Run(Given.Step(200, 200), Given.Step(500, 350)).Judged();
        Assert.That((verdict.MaxReliable, verdict.PeakConnections, verdict.SafeLimit), Is.EqualTo((200, 350, 160)));
    }

    [Test]
    public void A_server_capped_at_760_that_passes_1000_at_76_percent_is_safe_with_608_and_not_with_the_seeds_800()
    {
        var verdict = Given.Run(Given.Step(500, 500), Given.Step(1000, 760)).Judged();
        Assert.That((verdict.MaxReliable, verdict.PeakConnections, verdict.SafeLimit), Is.EqualTo((1000, 760, 608)));
    }

    [Test]
    public void The_safe_limit_is_never_above_80_percent_of_the_exact_limit()
    {
        var verdict = Given.Run(Given.Step(200, 200), Given.Step(202, 160)).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((verdict.MaxReliable, verdict.LadderReliable), Is.EqualTo((200, 202)));
            Assert.That(verdict.PeakConnections, Is.EqualTo(200));
            Assert.That(verdict.Exact, Is.EqualTo(new ExactLimit(200, 202) { Held = 200 }));
            Assert.That(verdict.SafeLimit, Is.EqualTo(160));
        }
    }

    [TestCase(1, 0)]
    [TestCase(10, 8)]
    [TestCase(11, 8)] // 8.8: down, for a share of a connection is none
    [TestCase(1_000_000, 800_000)]
    public void The_safe_limit_is_rounded_down(int held, int safe) =>
        Assert.That(Given.Run(Given.Step(held, held)).Judged().SafeLimit, Is.EqualTo(safe));

    [Test]
    public void Where_the_first_step_is_unreliable_the_maximum_is_none()
    {
        var verdict = Given.Run(Given.Step(10, 7)).Judged();
        Assert.That(
            (verdict.MaxReliable, verdict.PeakConnections, verdict.SafeLimit, verdict.Exact),
            Is.EqualTo(((int?)0, (int?)7, (int?)0, (ExactLimit?)null)));
    }

    [Test]
    public void Where_nothing_was_attempted_nothing_is_known()
    {
        var verdict = Given.Run(Given.Skipped(10, "not attempted")).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.MaxReliable, Is.Null);
            Assert.That(verdict.PeakConnections, Is.Null);
            Assert.That(verdict.SafeLimit, Is.Null);
            Assert.That(verdict.Exact, Is.Null);
        }
    }

    [Test]
    public void Where_nothing_ever_opened_nothing_is_known_and_0_is_no_capacity()
    {
        var verdict = Given.Run(Given.Step(10, 0, "Refused")).Judged();
        Assert.That(
            (verdict.MaxReliable, verdict.PeakConnections, verdict.SafeLimit),
            Is.EqualTo(((int?)null, (int?)null, (int?)null)));
    }

    [Test]
    public void A_crash_after_good_steps_is_a_limit_all_the_same()
    {
        var verdict = Given.Run(Given.Step(10, 10), Given.Step(25, 0, "Refused")).Judged();
        Assert.That(
            (verdict.Outcome, verdict.MaxReliable, verdict.PeakConnections), Is.EqualTo((RunOutcome.Passed, 10, 10)));
    }

    [Test]
    public void A_step_that_was_interrupted_is_neither_a_maximum_nor_a_break_and_its_connections_were_held()
    {
        var verdict = Given.Run(Given.Step(100, 100), Given.Interrupted(101, 60)).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.MaxReliable, Is.EqualTo(100));
            Assert.That(verdict.Exact, Is.EqualTo(new ExactLimit(100, null) { Held = 100 }));
            Assert.That(Given.Run(Given.Interrupted(101, 60)).Judged().MaxReliable, Is.Null);
            Assert.That(Given.Run(Given.Interrupted(101, 60)).Judged().PeakConnections, Is.EqualTo(60));
        }
    }

    [Test]
    public void Where_every_step_held_99_percent_the_exact_limit_is_a_lower_bound() =>
        Assert.That(
            Given.Run(Given.Step(100, 99), Given.Step(200, 198)).Judged().Exact,
            Is.EqualTo(new ExactLimit(200, null) { Held = 198 }));

    [TestCase(100, 101, 101)]
    [TestCase(99, 100, 100)] // 1 % of 99 is less than 1
    [TestCase(10_000, 10_100, 10_100)]
    [TestCase(10_000, 10_101, null)]
    [TestCase(100, 102, null)]
    [TestCase(500, 1000, null)] // reliable or not: between the two it was not searched
    public void Two_steps_are_an_exact_limit_only_where_they_are_1_percent_apart(int holds, int breaks, int? found)
    {
        var exact = Given.Run(Given.Step(holds, holds), Given.Step(breaks, (breaks * 99 / 100) - 1)).Judged().Exact;
        Assert.That(exact, Is.EqualTo(found is null ? null : new ExactLimit(holds, found) { Held = holds }));
    }

    [Test]
    public void What_breaks_is_the_first_step_below_99_percent_whatever_held_after_it() =>
        Assert.That(
            Given.Run(Given.Step(100, 100), Given.Step(200, 180), Given.Step(201, 201)).Judged().Exact, Is.Null);

    [Test]
    public void Where_not_even_the_first_step_held_99_percent_there_is_no_exact_limit() =>
        Assert.That(Given.Run(Given.Step(100, 98)).Judged().Exact, Is.Null);

    [Test]
    public void The_exact_limit_asks_for_99_percent_and_not_for_the_threshold()
    {
        var verdict = Given.Run(Given.Step(100, 100, threshold: 1), Given.Step(200, 199, threshold: 1)).Judged();
        Assert.That((verdict.MaxReliable, verdict.Exact), Is.EqualTo((100, new ExactLimit(200, null) { Held = 199 })));
    }
}
