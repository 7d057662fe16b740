using NUnit.Framework;
using Support.Plan;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Plan;

public sealed class ScalingPlannerTests
{
    [TestCase(10_000, 2_000, 1.2, 6)]
    [TestCase(10_000, 2_001, 1.2, 6)]
    [TestCase(10_000, 1_999, 1.2, 7)]
    [TestCase(10_001, 2_000, 1.2, 7)]
    [TestCase(10_000, 160, 1.2, 75)]
    [TestCase(10_000, 608, 1.2, 20)]
    [TestCase(700, 10, 1.1, 77)] // exactly; in binary a little more, which would be one task too many
    [TestCase(3_000, 1_000, 1.1, 4)]
    [TestCase(10_000, 1_100, 1.1, 10)]
    [TestCase(1, 1_000_000, 1, 1)]
    [TestCase(1, 1, 1, 1)]
    [TestCase(1_000_000_000, 1, 10, 10_000_000_000)]
    public void Tasks_are_rounded_up_once_and_at_the_end(long target, int safe, double buffer, long tasks) =>
        Assert.That(Plan(target, safe, buffer), Is.EqualTo(new ScalingPlan(target, safe, buffer, tasks)));

    [TestCase(null)]
    [TestCase(0)]
    public void Without_a_safe_limit_the_number_of_tasks_is_not_known(int? safe) =>
        Assert.That(Plan(10_000, safe, 1.2), Is.EqualTo(new ScalingPlan(10_000, safe, 1.2, null)));

    private static ScalingPlan Plan(long target, int? safe, double buffer) => ScalingPlanner.Plan(
        new() { Outcome = RunOutcome.Passed, SafeLimit = safe, Bottleneck = new(BottleneckSide.None, "", [], "") },
        new PlanSettings { TargetConnections = target, Buffer = buffer });
}
