using System.Collections.Immutable;
using Support.Measuring;

namespace Support.Measuring.Search;

/// <summary>
/// Finds the exact limit: asks <see cref="LimitSearch"/> for the next count, tries it, and ends with the limit or with
/// the reason why there is none.
/// </summary>
/// <param name="runner">Runs the probes.</param>
/// <param name="pause">Waits, before a clean probe of so many, until nothing of what was closed is left.</param>
/// <param name="spread">
/// How long opening what is left may take where pace matters; less than a step has for opening.
/// </param>
/// <param name="time">The clock.</param>
/// <param name="probed">Told of every probe when it was counted.</param>
internal sealed class LimitSearcher(
    StepRunner runner, Func<int, CancellationToken, Task> pause, TimeSpan spread, TimeProvider time,
    Action<SearchProbe> probed)
{
    /// <summary>
    /// The most probes before the question of pace. A hard cap takes 2; halving alone finds any limit between two steps
    /// of 1 : 100 in 14.
    /// </summary>
    public const int MostProbes = 16;

    /// <summary>
    /// After this time no probe is begun: at a server that keeps each probe waiting for its deadlines, an answer that
    /// is near must do.
    /// </summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether the pause starts the target anew where it ended or does not answer any more. Then it may end at its
    /// limit: a probe that lost everything is one that did not hold, and the search goes on. Default: false.
    /// </summary>
    public bool TargetComesBack { get; init; }

    /// <summary>Searches; never throws for what a target, a path or a limit does.</summary>
    /// <param name="ladder">The ladder's measured steps in order; one that was interrupted is none.</param>
    /// <param name="interrupted">Ends the search with what is known.</param>
    public async Task<SearchResult> RunAsync(ImmutableArray<StepResult> ladder, CancellationToken interrupted)
    {
        var start = time.GetTimestamp();
        var search = new LimitSearch(ladder.Select(SearchPoint.Of));
        if (WhyNot(ladder, search) is { } why)
            return new() { Limit = Known(ladder, search), End = why };
        // Where a higher step held, the lower one failed by chance, which a probe shows.
        if (!ladder.Any(step => step.Sessions > search.High && SearchPoint.Of(step).Holds)
            && ShareLost(ladder, search) is { } share)
            return new() { End = share };

        var probes = new SearchProbes(runner, pause, probed);
        await using (probes.ConfigureAwait(false))
        {
            var end = await SearchAsync(search, probes, ladder, start, interrupted).ConfigureAwait(false);
            var lost = ShareLost([.. ladder, .. probes.All.Select(one => one.Result)], search);
            var paceProbe = new PaceProbe(probes, runner.Pace, spread, time);
            if (end is null && lost is null && CanProbe(search, probes))
                await paceProbe.RunAsync(search.Limit!, ladder.Max(step => step.Sessions), interrupted)
                    .ConfigureAwait(false);
            await probes.CloseAsync(interrupted).ConfigureAwait(false);
            return new()
            {
                Probes = probes.All,
                Limit = lost is null ? search.Limit : null,
                End = end ?? Found(search, probes),
                ByChance = search.ByChance,
                ShareLost = lost,
                Pace = paceProbe.Seen,
                Paced = paceProbe.Found,
                Seconds = time.GetElapsedTime(start).TotalSeconds,
            };
        }
    }

    // Null where the search came to its own end: the limit is exact, or no limit was reached.
    private async Task<SearchEnd?> SearchAsync(
        LimitSearch search, SearchProbes probes, ImmutableArray<StepResult> ladder, long start,
        CancellationToken interrupted)
    {
        for (var silent = 0; (search.Next ?? Confirming(search, probes, ladder)) is { } move;)
        {
            if (interrupted.IsCancellationRequested)
                return new(SearchEndKind.Interrupted);
            var elapsed = time.GetElapsedTime(start);
            if (probes.All.Length >= MostProbes || elapsed >= MostTime)
                return search.Next is null
                    ? null
                    : Between(SearchEndKind.TooLong, search, probes) with { Seconds = elapsed.TotalSeconds };
            var last = CanGrow(move, probes)
                ? await probes.GrowAsync(move.Sessions, interrupted).ConfigureAwait(false)
                : await probes.BeginAsync(move.Sessions, interrupted).ConfigureAwait(false);
            if (SearchStops.Of(last.Result, TargetComesBack) is { } stop)
                return stop;
            if (await WentAwayAsync(last, probes, interrupted).ConfigureAwait(false) is { } gone)
                return gone;
            if (last.Result.Opened == 0 && ++silent > 1)
                return SearchStops.Silent(last.Result);
            if (last.Result.Opened > 0 && IsEvidence(last, probes))
                search.Learn(SearchPoint.Of(last.Result));
        }

        return null;
    }

    // Nothing is open any more that a next probe could use, and closing asks the target.
    private async Task<SearchEnd?> WentAwayAsync(SearchProbe last, SearchProbes probes, CancellationToken interrupted)
    {
        if (last.Result is not { Opened: > 0, Held: 0 })
            return null;
        await probes.CloseAsync(interrupted).ConfigureAwait(false);
        return SearchStops.Of(probes.All[^1].Result, TargetComesBack);
    }

    // Only to see it fail: what fails on top of others would fail in one go as well, and what holds may do so because
    // it came later.
    private static bool CanGrow(SearchMove move, SearchProbes probes) =>
        move.IsExpectedToBreak
        && probes.All is [.., { Kind: ProbeKind.Fresh, Holds: true } last] && last.Result.Sessions < move.Sessions;

    // An incremental probe that held, or that lost what was held before it, depends on the time between the two: the
    // same count is tried clean then.
    // One that ended the target would do so again, and each end costs a start.
    private bool IsEvidence(SearchProbe last, SearchProbes probes) =>
        last.Kind != ProbeKind.Incremental || (!last.Holds
            && (last.Result.Held >= probes.All[^2].Result.Held || (TargetComesBack && last.Result.Held == 0)));

    // What broke because this side ran out says nothing of where the target breaks; a target that went away was the
    // target's own end.
    private ExactLimit? Known(ImmutableArray<StepResult> ladder, LimitSearch search)
    {
        if (!TargetComesBack && Lowest(ladder, search) is { TargetAnswer: TargetAnswer.Gone, Opened: > 0, Held: 0 })
            return search.Limit;
        return search.Low == 0 ? null : new(search.Low, null);
    }

    private SearchEnd? WhyNot(ImmutableArray<StepResult> ladder, LimitSearch search)
    {
        if (ladder.All(step => step.Opened == 0))
            return new(SearchEndKind.NeverOpened);
        if (Lowest(ladder, search) is { } failed)
            return SearchStops.Of(failed, TargetComesBack);
        return new(SearchEndKind.NoLimitReached) { Low = search.Low };
    }

    // A limit of memory is not the same to the last connection in each probe: where all was lost at a count, that count
    // is a limit, though more was held once.
    private SearchEnd? ShareLost(ImmutableArray<StepResult> counted, LimitSearch search) =>
        TargetComesBack && counted.Any(result => result.Sessions == search.High && result is { Opened: > 0, Held: 0 })
            ? null
            : SearchStops.ShareLost(counted, search.High);

    // The step that failed: the lowest that did, at or above the limit.
    private static StepResult? Lowest(ImmutableArray<StepResult> ladder, LimitSearch search) =>
        ladder.Where(step => !SearchPoint.Of(step).Holds && step.Sessions >= search.High).MinBy(step => step.Sessions);

    // Where the search ended with a count that held, the one that broke is tried on top of it: what is open then can
    // answer whether pace matters.
    private SearchMove? Confirming(LimitSearch search, SearchProbes probes, ImmutableArray<StepResult> ladder)
    {
        if (search is not { Low: > 0, High: { } high }
            || probes.All is not [.., { Kind: ProbeKind.Fresh } last] || last.Result.Sessions != search.Low)
            return null;
        var broke = probes.All.LastOrDefault(one => one.Result.Sessions == high)?.Result
            ?? ladder.FirstOrDefault(step => step.Sessions == high);
        return broke is not null
            && PaceProbe.CouldMatter(broke, runner.Pace) ? new(high, IsExpectedToBreak: true) : null;
    }

    private bool CanProbe(LimitSearch search, SearchProbes probes) =>
        search.Limit is { IsExact: true } limit && probes.Open is { } open && open.Sessions == limit.Breaks
        && (open.Reaches(StepResult.HoldsShare) || PaceProbe.CouldMatter(open, runner.Pace));

    private static SearchEnd Found(LimitSearch search, SearchProbes probes) => Between(
        search switch { { High: null } => SearchEndKind.NoLimitReached, { Low: 0 } =>
            SearchEndKind.NothingHeld, _ => SearchEndKind.Found }, search, probes);

    private static SearchEnd Between(SearchEndKind kind, LimitSearch search, SearchProbes probes) => new(kind)
    {
        Low = search.Low,
        High = search.High,
        Probes = probes.All.Count(one => one.Kind != ProbeKind.Paced),
    };
}
