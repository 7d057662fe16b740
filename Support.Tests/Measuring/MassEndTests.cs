using NUnit.Framework;
using Support.Measuring;
using Support.Pool;
using Support.Tests.Verdict;

namespace Support.Tests.Measuring;

/// <summary>Whether connections that ended together met an event, a timer, or a limit of their number.</summary>
internal sealed class MassEndTests
{
    private static readonly StepResult Held = Given.Result(50, 50) with { Seconds = 21, OpenSeconds = 1 };

    [TestCase(0.01, 0.01, true)]
    [TestCase(5, 0.1, true)] // an event: at one moment, of any age
    [TestCase(0.1, 30, true)] // of a timer that a peer tells in words
    [TestCase(20, 20, false)] // one after the other, of any age: chance
    public void Ends_that_lie_together_are_looked_at_again(double ages, double moments, bool again) =>
        Assert.That(
            MassEnd.IsOne(Ended(10, "ClosedByPeer(1001)") with { Losses = new(100, 10, ages, moments) }),
            Is.EqualTo(again));

    [Test]
    public void What_a_server_that_is_gone_ended_is_not_tried_again() =>
        Assert.That(MassEnd.IsOne(Ended(10) with { TargetAnswer = TargetAnswer.Gone }), Is.False);

    [Test]
    public void What_ends_in_turn_at_one_age_is_a_timer_already() =>
        Assert.That(MassEnd.IsOne(Ended(60) with { CutOff = 100, Losses = new(100, 60, 0.1, 30) }), Is.False);

    [Test]
    public void The_same_age_twice_is_a_timer_where_nothing_outlived_it()
    {
        var named = MassEnd.Named(Ended(5), Ended(5.4), [], few: null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((named.EndsAtAge, named.CutOff), Is.EqualTo(((double?)5.4, 100)));
            Assert.That(named.Failures.Keys.Select(one => one.Kind), Is.EqualTo([FailureKind.IdleLost]));
        }
    }

    [Test]
    public void A_close_in_words_keeps_its_class_and_is_a_timer_all_the_same()
    {
        var named = MassEnd.Named(Ended(45, "ClosedByPeer(1005)"), Ended(45, "ClosedByPeer(1005)"), [], few: null);

        Assert.That(
            (named.EndsAtAge, named.CutOff, named.Failures.Keys.Single().Kind),
            Is.EqualTo(((double?)45, 0, FailureKind.ClosedByPeer)));
    }

    [Test]
    public void A_step_that_outlived_the_age_and_a_few_that_did_not_end_rule_a_timer_out()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MassEnd.Named(Ended(5), Ended(5), [Held], few: null).EndsAtAge, Is.Null);
            Assert.That(MassEnd.NeedsAFew(Ended(5), Ended(5), [Held]), Is.False);
            Assert.That(MassEnd.NeedsAFew(Ended(30), Ended(30), [Held]), Is.True);
            Assert.That(MassEnd.Named(Ended(30), Ended(30), [Held], few: Given.Result(10, 10)).EndsAtAge, Is.Null);
            Assert.That(MassEnd.Named(Ended(30), Ended(30), [Held], few: Ended(30)).EndsAtAge, Is.EqualTo(30));
        }
    }

    [Test]
    public void Another_age_the_second_time_is_no_timer() =>
        Assert.That(MassEnd.Named(Ended(5), Ended(9), [], few: null).EndsAtAge, Is.Null);

    private static StepResult Ended(double age, string how = "DroppedAbnormally(fin)") =>
        Given.Result(100, 0, how) with
        {
            Opened = 100, TargetAnswer = TargetAnswer.Opens, Losses = new(100, age, 0.01, 0.01),
        };
}
