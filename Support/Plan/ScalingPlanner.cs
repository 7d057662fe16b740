using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Works out the number of tasks.</summary>
public static class ScalingPlanner
{
    /// <summary>tasks = ceil(target × buffer ÷ safe limit): 10,000 × 1.2 ÷ 2,000 = 6.</summary>
    public static ScalingPlan Plan(RunVerdict verdict, PlanSettings settings)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.TargetConnections, verdict.SafeLimit, settings.Buffer, TasksNeeded(verdict.SafeLimit, settings));
    }

    // In decimal: 1.2 has no exact double, and a task too many at every exact quotient is a bill too high.
    private static long? TasksNeeded(int? safeLimit, PlanSettings settings) =>
        safeLimit is > 0 ? (long)Math.Ceiling(settings.TargetConnections * (decimal)settings.Buffer / safeLimit.Value) : null;
}
