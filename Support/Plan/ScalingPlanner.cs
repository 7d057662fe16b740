using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Works out the number of tasks, what they carry and what they cost.</summary>
public static class ScalingPlanner
{
    /// <summary>The plan, as far as what was measured allows one. Pure.</summary>
    public static ScalingPlan Plan(PlanInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (verdict, settings) = (input.Verdict, input.Plan);
        var estimate = input.Task is { } task ? Estimator.Estimate(task, settings, null) : null;
        var known = new ScalingPlan(settings.TargetConnections, verdict.SafeLimit, settings.Buffer, null)
        {
            Settings = settings,
            IsAskedFor = input.IsAskedFor,
            IsLowerBound = IsLowerBound(verdict),
            Doubt = input.Doubt,
            Size = input.Task?.Size,
            SizeFrom = input.Task?.From,
            OpensPerSecond = input.OpensPerSecond,
            Estimate = estimate,
            Comparison = estimate is null ? null : EstimateComparisons.Of(estimate, input),
        };
        var plan = verdict.SafeLimit is > 0 and { } safe ? WithTasks(known, input, new TaskStrength(safe, input.OpensPerSecond, settings)) : known;
        return plan.Desired is null && estimate is null ? plan : plan with { Rules = RulesOfThumb.Of(plan, input) };
    }

    /// <summary>Whether one task may hold more than was seen: nothing broke, or the client was the limit.</summary>
    internal static bool IsLowerBound(RunVerdict verdict) =>
        verdict.HeldAtOnce is not null && verdict.Bottleneck.Side is BottleneckSide.None or BottleneckSide.Client;

    private static ScalingPlan WithTasks(ScalingPlan known, PlanInput input, TaskStrength task)
    {
        var counts = TaskCounts.Of(known.TargetConnections, task);
        return known with
        {
            TasksNeeded = counts.Needs.First(need => need.Kind == PlanNeedKind.Buffer).Tasks,
            Needs = counts.Needs,
            Minimum = counts.Minimum,
            Maximum = counts.Maximum(task.Settings),
            TargetPerTask = counts.TargetPerTask,
            Loads = PlanLoads.Of(known.TargetConnections, counts.Desired, task),
            Cost = PlanTable.Cost(known.TargetConnections, counts.Desired, input),
            Table = PlanTable.Of(input, task),
        };
    }
}
