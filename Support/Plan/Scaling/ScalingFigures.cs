using Support.Plan;

namespace Support.Plan.Scaling;

/// <summary>The numbers of a plan that has all of them.</summary>
/// <param name="Minimum">Tasks.</param>
/// <param name="Desired">Tasks.</param>
/// <param name="Maximum">Tasks.</param>
/// <param name="TargetPerTask">Connections that scaling keeps a task at.</param>
/// <param name="SafeLimit">Connections that a task must not come above.</param>
/// <param name="ResponseTime">The longest average time to answer.</param>
internal sealed record ScalingFigures(int Minimum, int Desired, int Maximum, int TargetPerTask, int SafeLimit, TimeSpan ResponseTime)
{
    /// <summary>Null where nothing was measured, where not even one connection is safe, or where the tasks are more than the APIs' integers of 32 bits can say.</summary>
    public static ScalingFigures? Of(ScalingPlan plan) =>
        plan is { Minimum: { } minimum, Desired: { } desired and <= int.MaxValue, Maximum: { } maximum, TargetPerTask: { } target, ConnectionsPerTask: { } safe }
            ? new((int)minimum, (int)desired, (int)Math.Min(maximum, int.MaxValue), target, safe, plan.Settings.ResponseTime)
            : null;
}
