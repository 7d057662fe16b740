using NUnit.Framework;
using Support.Verdict;

namespace Support.Tests.Verdict;

internal sealed class GateTests
{
    // Capped at 760: 500 holds, 1,000 is reliable at 76 %, 2,000 is not.
    private static readonly RunEvidence Capped =
        Given.Run(Given.Step(500, 500), Given.Step(1000, 760), Given.Step(2000, 760));

    [TestCase(1, true)]
    [TestCase(500, true)]
    [TestCase(760, true)]
    [TestCase(761, false)]
    [TestCase(1000, false)] // reliable, and yet 1,000 were never held
    [TestCase(2000, false)]
    [TestCase(5000, false)]
    public void What_is_required_has_to_have_been_held(int required, bool met) =>
        Assert.That(
            Capped.Requiring(required).Judged().Outcome, Is.EqualTo(met ? RunOutcome.Passed : RunOutcome.Failed));

    [TestCase(199, true)]
    [TestCase(200, true)]
    [TestCase(201, false)] // 350 were held in the unreliable step, and none of it counts
    [TestCase(350, false)]
    [TestCase(500, false)]
    public void Above_the_highest_reliable_step_nothing_is_shown(int required, bool met) => Assert.That(
        Given.Run(Given.Step(200, 200), Given.Step(500, 350)).Requiring(required).Judged().Outcome,
        Is.EqualTo(met ? RunOutcome.Passed : RunOutcome.Failed));

    [TestCase(1000, true)] // 990 of 1,000 are 99 %: the exact limit is 1,000
    [TestCase(1001, false)]
    public void The_exact_limit_counts_where_it_is_known(int required, bool met) => Assert.That(
        Given.Run(Given.Step(1000, 990)).Requiring(required).Judged().Outcome,
        Is.EqualTo(met ? RunOutcome.Passed : RunOutcome.Failed));

    [Test]
    public void An_unreliable_step_up_to_what_is_required_is_named_with_its_reason()
    {
        var reasons = Given.Run(Given.Step(200, 200), Given.Step(500, 350)).Requiring(500).Judged().Reasons;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reasons[0], Is.EqualTo(
                "Gate.RequiredConnections is 500, and the step of 500 was unreliable: "
                + "limit found: 350 of 500 held (70.0 %), threshold 75 %"));
            Assert.That(
                reasons[1], Is.EqualTo("Gate.RequiredConnections is 500, and 200 is the most that was shown to hold"));
        }
    }

    [Test]
    public void An_unreliable_step_up_to_what_is_required_fails_the_run_even_where_a_later_one_held_more() =>
        Assert.That(
            Given.Run(Given.Step(100, 50), Given.Step(200, 200)).Requiring(200).Judged().Reasons,
            Has.Some.Contains("the step of 100 was unreliable"));

    [Test]
    public void Above_the_top_of_the_ladder_the_next_step_is_a_higher_ladder() => Assert.That(
        Given.Run(Given.Step(200, 200)).Requiring(500).Judged().Reasons,
        Is.EqualTo(["Gate.RequiredConnections is 500, and the ladder ended at 200: nothing above it was measured. Set "
            + "NUM_SESSIONS or Ladder.Steps to reach 500"]));

    [Test]
    public void A_ladder_that_reached_what_is_required_and_fell_short_is_not_called_too_low() => Assert.That(
        Given.Run(Given.Step(1000, 760)).Requiring(1000).Judged().Reasons,
        Is.EqualTo(["Gate.RequiredConnections is 1000, and 760 is the most that was shown to hold"]));

    [Test]
    public void Where_the_client_was_the_limit_the_run_fails_and_says_so()
    {
        var foreseen = Given.Run(
            Given.Step(200, 200),
            Given.OverTheClient(500, "ClientLimit(fd)", "file descriptors allow 300 connections (ulimit)"));
        var met = Given.Run(Given.Step(200, 200), Given.Step(500, 300, "ClientLimit(ports)"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(foreseen.Judged().Outcome, Is.EqualTo(RunOutcome.Passed));
            Assert.That(foreseen.Requiring(200).Judged().Outcome, Is.EqualTo(RunOutcome.Passed));
            Assert.That(foreseen.Requiring(500).Judged().Reasons, Is.EqualTo(
                ["Gate.RequiredConnections is 500, and this client was the limit at 200, so the server may hold more: "
                    + "ClientLimit(fd): file descriptors allow 300 connections (ulimit)"]));
            Assert.That(met.Requiring(500).Judged().Reasons, Has.Some.Contains(
                "this client was the limit at 200, so the server may hold more: this client ran out of local ports"));
        }
    }

    [Test]
    public void Without_a_requirement_nothing_is_missed() =>
        Assert.That(Gate.Missed(Capped.Judged(), Capped.Steps, null), Is.Empty);
}
