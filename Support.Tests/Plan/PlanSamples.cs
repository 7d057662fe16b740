using Support.Host;
using Support.Plan;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Plan;

/// <summary>Inputs of the planner.</summary>
internal static class PlanSamples
{
    internal static readonly MachineSize Medium = MachineSizes.Find("t3.medium")!;

    internal static readonly EstimateInput SmallTask = new(MachineSizes.Find("512/1024")!, "Plan.Size");

    internal static RunVerdict Verdict(
        int? safe, int? held = null, BottleneckSide side = BottleneckSide.Server, string? resource = null) => new()
    {
        Outcome = RunOutcome.Passed,
        SafeLimit = safe,
        PeakConnections = held ?? safe,
        Bottleneck = new(side, "", [], "") { Resource = ResourceNames.Find(resource) },
    };

    internal static ScalingPlan Plan(
        int? safe, PlanSettings? plan = null, EstimateInput? task = null, double? opens = null) =>
        ScalingPlanner.Plan(
            new() { Verdict = Verdict(safe), Plan = plan ?? new(), Task = task, OpensPerSecond = opens });

    internal static long? TasksFor(this ScalingPlan plan, PlanNeedKind kind) =>
        plan.Needs.SingleOrDefault(need => need.Kind == kind)?.Tasks;
}
