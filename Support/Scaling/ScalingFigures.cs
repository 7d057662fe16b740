using Support.Plan;

namespace Support.Scaling;

/// <summary>The numbers of a plan that has all of them.</summary>
/// <param name="Minimum">Tasks.</param>
/// <param name="Desired">Tasks.</param>
/// <param name="Maximum">Tasks.</param>
/// <param name="TargetPerTask">Connections that scaling keeps a task at.</param>
/// <param name="SafeLimit">Connections that a task must not come above.</param>
/// <param name="ResponseTime">The longest average time to answer.</param>
internal sealed record ScalingFigures(long Minimum, long Desired, long Maximum, int TargetPerTask, int SafeLimit, TimeSpan ResponseTime)
{
    /// <summary>Null where nothing was measured, or where not even one connection is safe.</summary>
    public static ScalingFigures? Of(ScalingPlan plan) =>
        plan is { Minimum: { } minimum, Desired: { } desired, Maximum: { } maximum, TargetPerTask: { } target, ConnectionsPerTask: { } safe }
            ? new(minimum, desired, maximum, target, safe, plan.Settings.ResponseTime)
            : null;
}
