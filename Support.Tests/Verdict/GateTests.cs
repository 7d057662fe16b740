using NUnit.Framework;
using Support.Verdict;

namespace Support.Tests.Verdict;

internal sealed class GateTests
{
    // Capped at 760: 500 holds, 1,000 is reliable at 76 %, 2,000 is not.
    private static readonly RunEvidence Capped =
        Given.Run(Given.Step(500, 500), Given.Step(1000, 760), Given.Step(2000, 760));

    [TestCase(1, true)]
    [TestCase(608, true)]
    [TestCase(609, false)]
    [TestCase(1000, false)] // reliable, and yet 1,000 were never held
    [TestCase(5000, false)]
    public void What_is_required_is_met_by_the_safe_limit(int required, bool met) =>
        Assert.That(
            Capped.Requiring(required).Judged().Outcome, Is.EqualTo(met ? RunOutcome.Passed : RunOutcome.Failed));

    [TestCase(160, true)]
    [TestCase(161, false)] // 350 were held in the unreliable step, and none of it counts
    [TestCase(500, false)]
    public void Above_the_highest_reliable_step_nothing_is_shown(int required, bool met) => Assert.That(
        Given.Run(Given.Step(200, 200), Given.Step(500, 350)).Requiring(required).Judged().Outcome,
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
                reasons[1], Is.EqualTo("Gate.RequiredConnections is 500, and the safe limit is 160"));
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
        Is.EqualTo(
            ["Gate.RequiredConnections is 500, and the ladder ended at a safe limit of 160: no limit was reached. Set "
                + "NUM_SESSIONS or Ladder.Steps to reach 625"]));

    [Test]
    public void A_ladder_that_reached_what_is_required_and_fell_short_is_not_called_too_low() => Assert.That(
        Given.Run(Given.Step(1000, 760)).Requiring(1000).Judged().Reasons,
        Is.EqualTo(["Gate.RequiredConnections is 1000, and the safe limit is 608"]));

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
            Assert.That(foreseen.Requiring(160).Judged().Outcome, Is.EqualTo(RunOutcome.Passed));
            Assert.That(foreseen.Requiring(500).Judged().Reasons, Is.EqualTo(
                ["Gate.RequiredConnections is 500, and this client was the limit at a "
                    + "safe limit of 160, so the server may hold more: "
                    + "ClientLimit(fd): file descriptors allow 300 connections (ulimit)"]));
            Assert.That(met.Requiring(500).Judged().Reasons, Has.Some.Contains(
                "this client was the limit at a safe limit of 160, so the server "
                + "may hold more: this client ran out of local ports"));
        }
    }

    [Test]
    public void Without_a_requirement_nothing_is_missed() =>
        Assert.That(Gate.Missed(Capped.Judged(), Capped.Steps, null), Is.Empty);
}
