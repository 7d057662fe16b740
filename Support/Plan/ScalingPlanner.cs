using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Works out the number of tasks.</summary>
public static class ScalingPlanner
{
    /// <summary>The plan, as far as what was measured allows one. Pure.</summary>
    public static ScalingPlan Plan(PlanInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var safe = input.Verdict.SafeLimit;
        return new(input.Plan.TargetConnections, safe, input.Plan.Buffer, TasksNeeded(safe, input.Plan)) { Settings = input.Plan };
    }

    // In decimal: 1.2 has no exact double, and a task too many at every exact quotient is a bill too high.
    private static long? TasksNeeded(int? safeLimit, PlanSettings settings) =>
        safeLimit is > 0 ? (long)Math.Ceiling(settings.TargetConnections * (decimal)settings.Buffer / safeLimit.Value) : null;
}
