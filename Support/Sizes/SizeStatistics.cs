using System.Collections.Immutable;
using Support.Settings;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Verdict;

namespace Support.Sizes;

/// <summary>What several runs at one size say together. Pure.</summary>
internal static class SizeStatistics
{
    private static readonly ImmutableDictionary<BottleneckSide, string> Sides =
        ImmutableDictionary<BottleneckSide, string>.Empty
            .Add(BottleneckSide.Server, "the server itself")
            .Add(BottleneckSide.Path, "the path").Add(BottleneckSide.Configuration, "the configuration");

    /// <summary>Why a run says nothing of the server; null where it counts.</summary>
    public static string? WhyNot(SizeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Fault is not null)
            return run.Fault;
        if (run.NotStarted is not null)
            return null;
        if (run.Verdict.Outcome == RunOutcome.Broken)
            return run.Verdict.Reasons is [var first, ..] ? first : "the suite could not measure";
        return run.Verdict.PeakConnections is null
            ? $"not one connection was opened: {run.Verdict.Bottleneck.Cause}"
            : Raised(run);
    }

    /// <summary>
    /// What a run held at 99 % or better, and never more than were open at once: by 99 % a server with a cap of 275
    /// holds 276. 0 where the server did not start. Without an exact limit, the highest count that held 99 %, in a step
    /// or a clean probe of the search.
    /// </summary>
    public static int LimitOf(SizeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.NotStarted is not null)
            return 0;
        return Math.Min(HighestHeld(run), run.Verdict.PeakConnections ?? 0);
    }

    /// <summary>
    /// Whether the run's limit is the least that the task holds: no limit was reached, or this machine was the limit.
    /// Where something broke and the search did not come to its end, the limit is the highest count that held.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="declared">What the task would allow.</param>
    public static bool IsLowerBound(SizeRun run, Targets.GroupLimits declared)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(declared);
        return run.NotStarted is null
            && (IsOfThisMachine(run, declared) || (LeastBroken(run) is null && HighestHeld(run) > 0));
    }

    /// <summary>
    /// Whether this client was the run's limit, or this machine's descriptors were, of which the task has more.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="declared">What the task would allow.</param>
    public static bool IsOfThisMachine(SizeRun run, Targets.GroupLimits declared)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(declared);
        return run.NotStarted is null && (run.Verdict.Bottleneck.Side == BottleneckSide.Client
            || (run.Verdict.Bottleneck.Resource == Resource.Descriptors && run.Effective is { } effective
                && (effective.DescriptorsSoft < declared.DescriptorsSoft
                    || effective.DescriptorsHard < declared.DescriptorsHard)));
    }

    /// <summary>The interval of the runs that count.</summary>
    /// <param name="counted">At least one.</param>
    /// <param name="declared">What the task would allow.</param>
    public static LimitInterval Interval(IEnumerable<SizeRun> counted, Targets.GroupLimits declared)
    {
        SizeRun[] runs = [.. counted];
        int[] limits = [.. runs.Select(LimitOf).Order()];
        return new(
            limits[0], limits[(limits.Length - 1) / 2], limits[^1], runs.Any(run => IsLowerBound(run, declared)));
    }

    /// <summary>
    /// The highest count that was shown to be reliable: the verdict's, and never less than the run's own limit. A
    /// repeat goes straight to the limit of the first run, where the ladder's steps lie far apart: what the ladder
    /// happened to step on must not tell them apart.
    /// </summary>
    public static int MaxReliableOf(SizeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.NotStarted is not null ? 0 : Math.Max(run.Verdict.MaxReliable ?? 0, LimitOf(run));
    }

    /// <summary>
    /// 80 % of the run's limit, 0 where the server did not start. Without an exact limit it is the verdict's, and no
    /// more than the limit. As continuous as the limit: by the ladder's steps alone a server at 75 % of a step would
    /// lose half of its safe limit to noise.
    /// </summary>
    public static int SafeLimitOf(SizeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var ofTheLimit = GateSettings.SafeOf(LimitOf(run));
        return run.NotStarted is null
            && run.Verdict.Exact is null ? Math.Min(run.Verdict.SafeLimit ?? ofTheLimit, LimitOf(run)) : ofTheLimit;
    }

    /// <summary>
    /// The most that the median over the runs can be. A run that this machine was the limit of, or in which nothing
    /// broke, may hold any number; one without an exact limit one less than the lowest count that never held 99 %.
    /// </summary>
    /// <param name="counted">At least one.</param>
    /// <param name="declared">What the task would allow.</param>
    /// <returns>Null where it has no bound.</returns>
    public static int? MedianAtMost(IEnumerable<SizeRun> counted, Targets.GroupLimits declared)
    {
        int[] most = [.. counted.Select(run => IsLowerBound(run, declared) ? int.MaxValue : AtMost(run)).Order()];
        return most[(most.Length - 1) / 2] is var median and not int.MaxValue ? median : null;
    }

    /// <summary>
    /// What bound most runs, in a word or two; of several that are as frequent, that of the run with the least limit.
    /// </summary>
    /// <param name="counted">At least one.</param>
    /// <returns>The word, and the run with the least limit among those that it bound.</returns>
    public static (string? BoundBy, SizeRun Run) Cause(IEnumerable<SizeRun> counted)
    {
        var most = counted.OrderBy(LimitOf).GroupBy(KindOfBound).MaxBy(group => group.Count())!;
        return (BoundBy(most.Key), most.First());
    }

    /// <summary>
    /// The 95th percentile of connecting at the highest step that held 99 %, in milliseconds; null where none did.
    /// </summary>
    public static double? ConnectP95(SizeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Highest(run)?.ConnectMilliseconds?.P95;
    }

    // Root on this machine can, where a task cannot.
    private static string? Raised(SizeRun run)
    {
        var highest = run.Steps.Select(step => step.Result)
            .Concat(run.Search?.Probes.Select(probe => probe.Result) ?? [])
            .Max(result => result?.Resources.Server?.DescriptorHardLimit);
        return run.Effective is { } given && highest > given.DescriptorsHard
            ? Say($"the server raised its hard limit of open files from {given.DescriptorsHard:N0} to {highest:N0}, ")
                + "and a task of ECS cannot"
            : null;
    }

    private static (Resource? Resource, bool HasStarted, BottleneckSide Side) KindOfBound(SizeRun run) =>
        run.Verdict.Bottleneck switch
        {
            { Resource: { } resource } => (resource, true, BottleneckSide.None),
            _ when run.NotStarted is not null => (null, false, BottleneckSide.None),
            { Side: BottleneckSide.Client } => (Resource.ThisClient, true, BottleneckSide.None),
            var bottleneck => (null, true, bottleneck.Side),
        };

    private static string? BoundBy((Resource? Resource, bool HasStarted, BottleneckSide Side) kind) =>
        kind.Resource?.Name() ?? (kind.HasStarted ? Sides.GetValueOrDefault(kind.Side) : "start-up");

    private static int AtMost(SizeRun run) => run.NotStarted is null
        && run.Verdict.Exact is null && LeastBroken(run) is { } broken ? broken - 1 : LimitOf(run);

    private static int HighestHeld(SizeRun run) =>
        run.Verdict.Exact?.Holds ?? Counts(run).Where(result => result.Reaches(StepResult.HoldsShare))
            .Select(result => result.Sessions).DefaultIfEmpty(0).Max();

    // What failed below a count that was held is no limit.
    private static int? LeastBroken(SizeRun run) => run.Verdict.Exact is { } exact
        ? exact.Breaks
        : Counts(run).Select(result => result.Sessions).Where(count => count > HighestHeld(run)).Cast<int?>().Min();

    private static IEnumerable<StepResult> Counts(SizeRun run) =>
        run.Steps.Select(step => step.Result).OfType<StepResult>().Where(result => result.Attempted > 0)
            .Concat(
                (run.Search?.Probes ?? []).Where(probe => probe.Kind == ProbeKind.Fresh).Select(probe => probe.Result));

    private static StepResult? Highest(SizeRun run) =>
        run.Steps.Select(step => step.Result).OfType<StepResult>()
            .Where(result => result.Reaches(StepResult.HoldsShare)).MaxBy(result => result.Sessions);
}
