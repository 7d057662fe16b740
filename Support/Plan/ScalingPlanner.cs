using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Works out the number of tasks, what they carry and what they cost.</summary>
public static class ScalingPlanner
{
    private const int LeastTasks = 2;

    /// <summary>The plan, as far as what was measured allows one. Pure.</summary>
    public static ScalingPlan Plan(PlanInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (verdict, settings) = (input.Verdict, input.Plan);
        var estimate = input.Task is { } task ? Estimator.Estimate(task, settings, null) : null;
        var known = new ScalingPlan(settings.TargetConnections, verdict.SafeLimit, settings.Buffer, null)
        {
            Settings = settings,
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
        var needs = PlanNeeds.Of(known.TargetConnections, task);
        var desired = needs.Max(need => need.Tasks);
        var perTask = TargetPerTask(task);
        return known with
        {
            TasksNeeded = needs.First(need => need.Kind == PlanNeedKind.Buffer).Tasks,
            Needs = needs,
            Minimum = Math.Min(desired, Math.Max(LeastTasks, task.Settings.Zones)),
            Maximum = Maximum(known.TargetConnections, desired, perTask, task.Settings),
            TargetPerTask = perTask,
            Loads = PlanLoads.Of(known.TargetConnections, desired, task),
            Cost = PlanTable.Cost(known.TargetConnections, desired, input),
            Table = PlanTable.Of(input, task),
        };
    }

    // Scaling has to be able to bring every task down to its target at the peak, whatever rounding made of that target.
    private static long Maximum(long target, long desired, int perTask, PlanSettings settings) => Math.Max(
        Math.Max(desired + 1, (long)Math.Ceiling(desired * (decimal)settings.Buffer)),
        PlanMath.DivideUp(target, perTask));

    private static int TargetPerTask(TaskStrength task)
    {
        var (settings, safe) = (task.Settings, (decimal)task.Safe);
        var least = Math.Min(safe / (decimal)settings.Buffer, safe * settings.MinimumHealthyPercent / 100);
        if (settings.Zones > 1)
            least = Math.Min(least, safe * (settings.Zones - 1) / settings.Zones);
        if (task.TakenBack is { } back)
            least = Math.Min(least, back);
        return (int)Math.Max(1, Math.Floor(least));
    }
}
