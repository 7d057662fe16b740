using NUnit.Framework;
using Support.Measuring;
using Support.Pool;
using Support.Verdict;

namespace Support.Tests.Verdict;

internal sealed class StepJudgeTests
{
    [TestCase(1000, 751, 0.75, StepOutcome.Reliable)]
    [TestCase(1000, 750, 0.75, StepOutcome.Reliable)]
    [TestCase(1000, 749, 0.75, StepOutcome.Unreliable)]
    [TestCase(5000, 4000, 0.80, StepOutcome.Reliable)]
    [TestCase(5000, 3999, 0.80, StepOutcome.Unreliable)]
    [TestCase(100, 99, 0.99, StepOutcome.Reliable)]
    [TestCase(100, 98, 0.99, StepOutcome.Unreliable)]
    [TestCase(1_000_000, 1_000_000, 1.0, StepOutcome.Reliable)]
    [TestCase(1_000_000, 999_999, 1.0, StepOutcome.Unreliable)]
    [TestCase(10, 7, 0.7, StepOutcome.Reliable)] // 0.7 × 10 is more than 7 in binary
    [TestCase(1_000_000, 290_000, 0.29, StepOutcome.Reliable)]
    [TestCase(1_000_000, 289_999, 0.29, StepOutcome.Unreliable)]
    [TestCase(1, 1, 1.0, StepOutcome.Reliable)]
    [TestCase(1, 0, 0.01, StepOutcome.Unreliable)]
    [TestCase(500, 0, 0.75, StepOutcome.Unreliable)]
    public void A_step_is_reliable_from_its_threshold_on(
        int sessions, int held, double threshold, StepOutcome outcome) =>
        Assert.That(Given.Step(sessions, held, threshold: threshold).Outcome, Is.EqualTo(outcome));

    [TestCase(500, 350, 0.75, "limit found: 350 of 500 held (70.0 %), threshold 75 %")]
    [TestCase(5000, 3120, 0.8, "limit found: 3120 of 5000 held (62.4 %), threshold 80 %")]
    [TestCase(500, 0, 0.75, "limit found: 0 of 500 held (0.0 %), threshold 75 %")]
    [TestCase(200, 150, 0.755, "limit found: 150 of 200 held (75.0 %), threshold 75.5 %")]
    // 74.99 would round to the threshold
    [TestCase(10_000, 7499, 0.75, "limit found: 7499 of 10000 held (74.9 %), threshold 75 %")]
    // 99.96 would round to all
    [TestCase(10_000, 9996, 1.0, "limit found: 9996 of 10000 held (99.9 %), threshold 100 %")]
    [TestCase(1000, 999, 1.0, "limit found: 999 of 1000 held (99.9 %), threshold 100 %")]
    [TestCase(1_000_000, 999_999, 1.0, "limit found: 999999 of 1000000 held (99.9 %), threshold 100 %")]
    // nor does the threshold round
    [TestCase(1000, 999, 0.99999, "limit found: 999 of 1000 held (99.9 %), threshold 99.999 %")]
    [TestCase(100, 50, 0.55, "limit found: 50 of 100 held (50.0 %), threshold 55 %")]
    public void The_reason_says_what_was_held_and_never_more(int sessions, int held, double threshold, string reason) =>
        Assert.That(Given.Step(sessions, held, threshold: threshold).Reason, Is.EqualTo(reason));

    [Test]
    [SetCulture("de-DE")]
    public void The_reason_is_the_same_in_every_culture() =>
        Assert.That(Given.Step(500, 350).Reason, Is.EqualTo("limit found: 350 of 500 held (70.0 %), threshold 75 %"));

    [Test]
    public void A_reliable_step_has_no_reason() => Assert.That(Given.Step(500, 500).Reason, Is.Null);

    [Test]
    public void What_was_never_tried_is_not_a_success()
    {
        var judged = StepJudge.Judge(Given.Result(1000, 1000) with
        {
            Attempted = 400,
            Opened = 400,
            Held = 400,
            Stop = EarlyStopKind.Deadline,
            StoppedEarly = "no time was left",
        }, 0.75);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(judged.Outcome, Is.EqualTo(StepOutcome.Unreliable));
            Assert.That(judged.Reason, Is.EqualTo(
                "limit found: 400 of 1000 held (40.0 %), threshold 75 %; "
                + "stopped after 400 attempts: no time was left"));
        }
    }

    [Test]
    public void What_was_stopped_early_and_reached_its_threshold_all_the_same_is_reliable() => Assert.That(
        StepJudge.Judge(Given.Result(1000, 800) with
        {
            Attempted = 800,
            Stop = EarlyStopKind.Deadline,
            StoppedEarly = "no time was left",
        }, 0.75).Outcome, Is.EqualTo(StepOutcome.Reliable));

    [Test]
    public void A_step_that_this_side_ran_out_of_is_never_reliable() => Assert.That(
        StepJudge.Judge(Given.Result(1000, 830, "ClientLimit(memory)") with
        {
            Attempted = 831,
            Stop = EarlyStopKind.ClientLimit,
            StoppedEarly = "this client ran out",
        }, 0.75).Outcome,
        Is.EqualTo(StepOutcome.Unreliable));

    [Test]
    public void A_step_that_was_interrupted_is_not_judged_and_keeps_its_facts()
    {
        var judged = Given.Interrupted(1000, 1000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(judged.Outcome, Is.EqualTo(StepOutcome.NotAttempted));
            Assert.That(judged.Reason, Is.EqualTo("interrupted: 1000 of 1000 held (100.0 %); not judged"));
            Assert.That(judged.Result?.Stop, Is.EqualTo(EarlyStopKind.Interrupted));
        }
    }

    [Test]
    public void A_step_that_was_not_run_has_a_reason_and_no_result() =>
        Assert.That(
            StepJudge.NotAttempted(new(3, 50), "because"),
            Is.EqualTo(new JudgedStep(50, StepOutcome.NotAttempted, "because", null)));
}
