using Support.Measuring;
using Support.Verdict;

namespace Support.Sizes;

/// <summary>What was read of the server's control group in one run; null is "not known".</summary>
/// <param name="BytesPerConnection">What a held connection adds to what the group is charged for, in bytes.</param>
/// <param name="ThrottledShare">
/// The share of the quota's periods in which the server was stopped, at the run's worst step; 0 to 1.
/// </param>
internal sealed record SizeReadings(double? BytesPerConnection, double? ThrottledShare)
{
    // Of one or two periods of 100 ms a share says nothing.
    private const int LeastPeriods = 5;

    /// <summary>The slope of the group's memory, and the throttling of the worst step or probe.</summary>
    internal static SizeReadings Of(SizeRun run)
    {
        var slope = MemoryFit.FromSteps(run.Steps, targetIsHere: true, run.Fresh)
            .FirstOrDefault(line => line.Owner == MemoryOwner.Group);
        // A line through few or unsteady points is no figure to plan with, nor is one through a heap that has grown.
        var isGood = slope is { IsUpperBound: false, RSquared: >= MemoryFit.LeastRSquared, BytesPerConnection: > 0 };
        return new(isGood ? slope!.BytesPerConnection : null, Results(run).Max(Throttled));
    }

    private static IEnumerable<StepResult> Results(SizeRun run) =>
        run.Steps.Select(step => step.Result)
            .Concat((run.Search?.Probes ?? []).Select(probe => probe.Result)).OfType<StepResult>();

    private static double? Throttled(StepResult result) =>
        result.Resources.Server?.Group is { Periods: >= LeastPeriods } group ? group.ThrottledShare : null;
}
