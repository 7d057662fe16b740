using System.Collections.Immutable;
using Support.Measuring;

namespace Support.Measuring.Search;

/// <summary>
/// Finds the exact limit: asks <see cref="LimitSearch"/> for the next count, tries it, and ends with the limit or with
/// the reason why there is none. The first probe that fails while it is opened is asked whether the way of opening is
/// the reason, before more counts are tried.
/// </summary>
/// <param name="runner">Runs the probes.</param>
/// <param name="pause">Waits, before a clean probe of so many, until nothing of what was closed is left.</param>
/// <param name="spread">
/// How long opening may take where pace matters; less than a step has for opening.
/// </param>
/// <param name="top">The most connections that a probe may open: the ladder's last step.</param>
/// <param name="time">The clock.</param>
/// <param name="probed">Told of every probe when it was counted.</param>
internal sealed class LimitSearcher(
    StepRunner runner, Func<int, CancellationToken, Task> pause, TimeSpan spread, int top, TimeProvider time,
    Action<SearchProbe> probed)
{
    /// <summary>
    /// The most probes before the question whether the limit varies. A hard cap takes 2; halving alone finds any limit
    /// between two steps of 1 : 100 in 14.
    /// </summary>
    public const int MostProbes = 16;

    /// <summary>The most probes that keep a long hold.</summary>
    public const int MostLongHolds = 3;

    /// <summary>
    /// After this time no probe is begun: at a server that keeps each probe waiting for its deadlines, an answer that
    /// is near must do.
    /// </summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMinutes(5);

    /// <summary>From here on a hold is long: no search repeats it more than three times.</summary>
    public static readonly TimeSpan LongHold = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ShortHold = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether the pause starts the target anew where it ended or does not answer any more. Then it may end at its
    /// limit: a probe that lost everything is one that did not hold, and the search goes on. Default: false.
    /// </summary>
    public bool TargetComesBack { get; init; }

    /// <summary>
    /// How long a probe waits where the server may keep what was closed for a while. Default: 10 s, more than a
    /// lingering close or a reaper's turn takes at common servers.
    /// </summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Searches; never throws for what a target, a path or a limit does.</summary>
    /// <param name="ladder">The ladder's measured steps in order; one that was interrupted is none.</param>
    /// <param name="interrupted">Ends the search with what is known.</param>
    public async Task<SearchResult> RunAsync(ImmutableArray<StepResult> ladder, CancellationToken interrupted)
    {
        var scope = new SearchScope(ladder, runner.Pace, top, TargetComesBack, Rest, time.GetTimestamp(), time);
        var search = new LimitSearch(ladder.Select(SearchPoint.Of));
        if (WhyNot(scope, search) is { } why)
            return new() { Limit = Known(scope, search), End = why };
        var broke = scope.Broke(search.High)!;
        // What fails while it is opened fails as well where it is not held for long; the limit is held in the end.
        var isLong = runner.Hold >= LongHold;
        var isBrief = isLong && broke.Attempted - broke.Opened > broke.Dropped;
        var probing = isBrief ? runner.Holding(ShortHold) : runner;
        var probes = new SearchProbes(probing, pause, time, probed);
        await using (probes.ConfigureAwait(false))
        {
            var round = new SearchRound(scope, search, probes, () => new(probes, probing, spread, top, time));
            var most = isLong && !isBrief ? MostLongHolds : MostProbes;
            (var end, round) = await SearchAsync(round, broke, most, isBrief, interrupted).ConfigureAwait(false);
            await probes.CloseAsync(interrupted).ConfigureAwait(false);
            return round.Result(end);
        }
    }

    private async Task<(SearchEnd? End, SearchRound Round)> SearchAsync(
        SearchRound round, StepResult broke, int most, bool isBrief, CancellationToken interrupted)
    {
        var isOpening = OpeningProbe.CouldMatter(broke, runner.Pace);
        if (!isOpening && round.LosesAShare() is { } share)
            return (share, round);
        var end = isOpening ? null : await round.TryMoreAsync(broke, interrupted).ConfigureAwait(false);
        end ??= await round.SearchAsync(most, interrupted).ConfigureAwait(false);
        var mayBeLate = end is { Kind: SearchEndKind.Silent }
            || (end is null or { Kind: SearchEndKind.TooLong or SearchEndKind.OpeningLimited } && round.IsQuestionable);
        if (isOpening && mayBeLate && !interrupted.IsCancellationRequested)
            (end, round) = await round.RestedAsync(end, interrupted).ConfigureAwait(false);
        if (end is null && isBrief && !round.IsDoubtful)
            (end, round) = await round.HoldAsync(runner, interrupted).ConfigureAwait(false);
        if (most == MostProbes && round.IsDoubtful && end is null or { Kind: SearchEndKind.TooLong })
            end = await round.SampleAsync(isOpening, interrupted).ConfigureAwait(false) ?? end;
        return (end, round);
    }

    // What broke because this side ran out says nothing of where the target breaks; a target that went away was the
    // target's own end.
    private ExactLimit? Known(SearchScope scope, LimitSearch search)
    {
        if (!TargetComesBack && scope.Broke(search.High) is { TargetAnswer: TargetAnswer.Gone, Opened: > 0, Held: 0 })
            return search.Limit;
        return search.Low == 0 ? null : new(search.Low, null);
    }

    private SearchEnd? WhyNot(SearchScope scope, LimitSearch search)
    {
        if (scope.Ladder.All(step => step.Opened == 0))
            return new(SearchEndKind.NeverOpened);
        if (scope.Broke(search.High) is { } failed)
            return SearchStops.Of(failed, TargetComesBack);
        return new(SearchEndKind.NoLimitReached) { Low = search.Low };
    }
}
