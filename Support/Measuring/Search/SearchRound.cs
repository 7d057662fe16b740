using System.Collections.Immutable;
using Support.Measuring;
using Support.Pool;

namespace Support.Measuring.Search;

/// <summary>What a search was begun with.</summary>
/// <param name="Ladder">The ladder's measured steps in order.</param>
/// <param name="Pace">The run's own pace.</param>
/// <param name="Top">The most connections that a probe may open.</param>
/// <param name="TargetComesBack">As <see cref="LimitSearcher.TargetComesBack"/>.</param>
/// <param name="Rest">As <see cref="LimitSearcher.Rest"/>.</param>
/// <param name="Start">When it began, by the clock's timestamp.</param>
/// <param name="Time">The clock.</param>
internal sealed record SearchScope(
    ImmutableArray<StepResult> Ladder, OpenPace Pace, int Top, bool TargetComesBack, TimeSpan Rest, long Start,
    TimeProvider Time)
{
    /// <summary>How long it has taken.</summary>
    public TimeSpan Elapsed => Time.GetElapsedTime(Start);

    /// <summary>The step that failed: the lowest that did, at or above the limit; null where none did.</summary>
    public StepResult? Broke(int? high) => Ladder
        .Where(step => !SearchPoint.Of(step).Holds && step.Sessions >= high).MinBy(step => step.Sessions);
}

/// <summary>One search: what it knows, and what is open.</summary>
/// <param name="scope">What it was begun with.</param>
/// <param name="search">The counts so far.</param>
/// <param name="probes">The probes so far.</param>
/// <param name="asking">Makes what asks whether the way of opening is the reason.</param>
internal sealed class SearchRound(
    SearchScope scope, LimitSearch search, SearchProbes probes, Func<OpeningProbe> asking)
{
    // A server that only lets go late shows its limit in fewer, as any hard cap.
    private const int MostRested = 6;

    // Where more is tried than failed: twice as many lose twice as many where a share is lost.
    private const int Twice = 2;

    private readonly OpeningProbe opening = asking();
    private VaryingLimit? varies;
    private bool isSettled;
    private bool isRested;

    /// <summary>Whether what was counted does not agree with one limit, and was not tried again.</summary>
    public bool IsDoubtful =>
        !isSettled && opening.Found is null && search.High is not null && Evidence().IsSuspicious;

    /// <summary>
    /// Whether a server that lets go late of what was closed would explain what was counted: each probe then finds some
    /// of the one before it.
    /// </summary>
    public bool IsQuestionable => opening.Found is not null || IsDoubtful;

    /// <summary>
    /// Why nothing is to be searched: the ladder shows a share that is lost at every count; else null.
    /// </summary>
    public SearchEnd? LosesAShare() => Evidence().LosesAShare ? Share() : null;

    /// <summary>
    /// Tries twice as many as failed, where they ended in the hold and nothing above was tried: it tells a limit
    /// from a share that is lost at every count.
    /// </summary>
    /// <returns>Why the search ends there; null where it goes on.</returns>
    public async Task<SearchEnd?> TryMoreAsync(StepResult broke, CancellationToken interrupted)
    {
        var sessions = Math.Min(Twice * broke.Sessions, scope.Top);
        if (broke.Held == 0
            || sessions <= scope.Ladder.Max(step => step.Sessions) || interrupted.IsCancellationRequested)
            return null;
        var last = await probes.BeginAsync(sessions, interrupted).ConfigureAwait(false);
        if (SearchStops.Of(last.Result, scope.TargetComesBack) is { } stop)
            return stop;
        search.Learn(SearchPoint.Of(last.Result));
        return null;
    }

    /// <summary>Tries counts until nothing is left to try.</summary>
    /// <returns>Null where the limit is exact, or no limit was reached.</returns>
    public async Task<SearchEnd?> SearchAsync(int most, CancellationToken interrupted)
    {
        for (var silent = 0; (search.Next ?? Confirming()) is { } move;)
        {
            if (interrupted.IsCancellationRequested)
                return new(SearchEndKind.Interrupted);
            if (probes.All.Count(probe => !probe.IsPaced) >= most || scope.Elapsed >= LimitSearcher.MostTime)
                return search.Next is null ? null : Ended(SearchEndKind.TooLong);
            var last = CanGrow(move)
                ? await probes.GrowAsync(move.Sessions, interrupted).ConfigureAwait(false)
                : await probes.BeginAsync(move.Sessions, interrupted).ConfigureAwait(false);
            if (SearchStops.Of(last.Result, scope.TargetComesBack) is { } stop)
                return stop;
            if (await WentAwayAsync(last, interrupted).ConfigureAwait(false) is { } gone)
                return gone;
            if (last.Result.Opened == 0 && ++silent > 1)
                return SearchStops.Silent(last.Result);
            if (last.Result.Opened > 0 && IsEvidence(last))
                search.Learn(SearchPoint.Of(last.Result));
            if (await IsOfOpeningAsync(last, interrupted).ConfigureAwait(false))
                return Ended(SearchEndKind.OpeningLimited);
        }

        return null;
    }

    // What fails in one go and holds when it comes later is opened in the wrong way, as far as is known yet.
    private async Task<bool> IsOfOpeningAsync(SearchProbe last, CancellationToken interrupted)
    {
        var failed = last.Holds
            ? last.Kind == ProbeKind.Incremental ? scope.Broke(search.High) : null
            : last.Result;
        if (failed is not null)
            await opening.AskAsync(failed, Evidence().MostHeld, interrupted).ConfigureAwait(false);
        return opening.Found is not null;
    }

    /// <summary>
    /// Tries the count that fell short the most once more after a rest. Where that holds more, the server was not rid
    /// of the probe before: what failed without a rest shows nothing then, and the search begins anew with rests.
    /// </summary>
    /// <param name="end">Why the search had ended.</param>
    /// <param name="interrupted">Ends it with what is known.</param>
    public async Task<(SearchEnd? End, SearchRound Round)> RestedAsync(
        SearchEnd? end, CancellationToken interrupted)
    {
        if (Evidence().Worst is not { } worst || scope.Elapsed >= LimitSearcher.MostTime)
            return (end, this);
        probes.Rest = scope.Rest;
        // What varies by itself would have to hold more twice, and the same.
        if (await TriedAsync(worst.Sessions, interrupted).ConfigureAwait(false) is not { } first
            || LimitSearch.AreNear(worst.Held, first.Held) || worst.Held > first.Held
            || await TriedAsync(worst.Sessions, interrupted).ConfigureAwait(false) is not { } second
            || !LimitSearch.AreNear(Math.Min(first.Held, second.Held), Math.Max(first.Held, second.Held)))
        {
            return Back(end, this);
        }

        SearchPoint[] known = [.. search.Points.Where(point => point.Holds), first, second];
        var anew = new LimitSearch(known);
        var round = new SearchRound(
            scope, anew, probes, opening.Found is null && opening.WasAsked ? () => opening : asking)
        {
            isRested = true,
        };
        // What broke in the ladder came right after another step; above it nothing was tried.
        foreach (var sessions in new[] { scope.Broke(search.High)?.Sessions ?? scope.Top, scope.Top })
        {
            if (anew.High is null && anew.Low < sessions && !interrupted.IsCancellationRequested)
                anew.Learn(
                    SearchPoint.Of((await probes.BeginAsync(sessions, interrupted).ConfigureAwait(false)).Result));
        }

        end = await round.SearchAsync(probes.All.Count(probe => !probe.IsPaced) + MostRested, interrupted)
            .ConfigureAwait(false);
        if (!round.IsDoubtful && anew.ByChance.IsEmpty)
            return (end, round);
        return Back(end, Knowing([.. search.Points, .. anew.Points.Skip(known.Length)]));
    }

    // To probes without rests; what they held may have refuted that the way of opening is the reason.
    private (SearchEnd? End, SearchRound Round) Back(SearchEnd? end, SearchRound round)
    {
        probes.Rest = TimeSpan.Zero;
        var most = probes.All.Where(probe => !probe.IsPaced).Select(probe => probe.Result)
            .Concat(scope.Ladder).Max(result => result.Held);
        return (opening.Refute(most) ? null : end, round);
    }

    /// <summary>
    /// Where results do not agree with one limit, tries the same count again and again: what each holds shows how
    /// the limit varies, or that chance takes a share.
    /// </summary>
    /// <param name="isOpening">Whether connections fail while they are opened: so many refusals are no chance.</param>
    /// <param name="interrupted">Ends it with what is known.</param>
    /// <returns>Why the search ends there; null where the limit stands.</returns>
    public async Task<SearchEnd?> SampleAsync(bool isOpening, CancellationToken interrupted)
    {
        var sessions = Evidence().SampledCount;
        ImmutableArray<int> samples = [];
        SearchEnd? stop = null;
        while (samples.Length < SearchEvidence.MostSamples && !Evidence().IsSettledBy(samples)
            && scope.Elapsed < LimitSearcher.MostTime && !interrupted.IsCancellationRequested)
        {
            var last = await probes.BeginAsync(sessions, interrupted).ConfigureAwait(false);
            stop = SearchStops.Of(last.Result, scope.TargetComesBack);
            if (stop is not null || last.Result.Opened == 0)
                break;
            samples = samples.Add(last.Result.Held);
        }

        isSettled = true;
        if (Evidence().LosesAShare || (!isOpening && Evidence().LosesAShareIn(sessions, samples)))
            return Share();
        varies = Evidence().Varying(samples, search.Limit);
        return stop ?? (varies is null ? null : Ended(SearchEndKind.Varies));
    }

    /// <summary>Holds what was found for as long as a step does; where that fails the limit is not known.</summary>
    public async Task<(SearchEnd? End, SearchRound Round)> HoldAsync(StepRunner full, CancellationToken interrupted)
    {
        if (search.Low <= LadderHeld(null))
            return (null, this);
        var last = await probes.BeginAsync(search.Low, full, interrupted).ConfigureAwait(false);
        if (SearchStops.Of(last.Result, scope.TargetComesBack) is { } stop)
            return (stop, Knowing([.. scope.Ladder.Select(SearchPoint.Of)]));
        if (last.Holds)
            return (null, this);
        var round = Knowing([.. scope.Ladder.Append(last.Result).Select(SearchPoint.Of)]);
        return (round.Ended(SearchEndKind.TooLong), round);
    }

    /// <summary>What was found.</summary>
    public SearchResult Result(SearchEnd? end) => new()
    {
        Probes = probes.All,
        Limit = Limit(end),
        End = end ?? Ended(search switch
        {
            _ when IsDoubtful => SearchEndKind.TooLong,
            { High: null } => SearchEndKind.NoLimitReached,
            { Low: 0 } => SearchEndKind.NothingHeld,
            _ => SearchEndKind.Found,
        }),
        ByChance = search.ByChance,
        Pace = opening.Seen,
        Paced = opening.Paced,
        Opening = opening.Found,
        Varies = varies,
        RestSeconds = isRested ? scope.Rest.TotalSeconds : null,
        Seconds = scope.Elapsed.TotalSeconds,
    };

    private ExactLimit? Limit(SearchEnd? end)
    {
        if (varies is not null || end?.Kind == SearchEndKind.ShareLost || search.Low == 0)
            return null;
        // What a gentler pace held was held.
        if (opening.Found is not null)
            return new(Math.Max(search.Low, opening.Paced?.Limit.Holds ?? 0), null);
        // Cut off where a count was to be tried again, it knows no more than the ladder and what broke.
        return IsDoubtful || (end?.Kind == SearchEndKind.TooLong && search.Limit is { IsExact: true })
            ? LadderHeld(end) is var held and > 0 ? new(held, search.High) : null
            : search.Limit;
    }

    // Null where it says nothing.
    private async Task<SearchPoint?> TriedAsync(int sessions, CancellationToken interrupted)
    {
        var last = await probes.BeginAsync(sessions, interrupted).ConfigureAwait(false);
        return SearchStops.Of(last.Result, scope.TargetComesBack) is null ? SearchPoint.Of(last.Result) : null;
    }

    private IEnumerable<StepResult> Counted => scope.Ladder.Concat(probes.All.Select(probe => probe.Result));

    private SearchEvidence Evidence() => new(search.Points, search.High, Counted.Max(result => result.Held));

    // A step of which a count that failed held fewer is not held each time, unless there is no server any more.
    private int LadderHeld(SearchEnd? end) => scope.Ladder
        .Where(step => SearchPoint.Of(step).Holds && step.Sessions < search.High)
        .Where(step => !IsDoubtful || end?.Kind == SearchEndKind.Silent || step.Held <= Evidence().Worst?.Held)
        .Select(step => step.Sessions).DefaultIfEmpty(0).Max();

    private SearchRound Knowing(IEnumerable<SearchPoint> points) => new(scope, new(points), probes, () => opening);

    private SearchEnd Share() => new(SearchEndKind.ShareLost) { Held = Evidence().MostHeld, High = search.High };

    // Nothing is open any more that a next probe could use, and closing asks the target.
    private async Task<SearchEnd?> WentAwayAsync(SearchProbe last, CancellationToken interrupted)
    {
        if (last.Result is not { Opened: > 0, Held: 0 })
            return null;
        await probes.CloseAsync(interrupted).ConfigureAwait(false);
        return SearchStops.Of(probes.All[^1].Result, scope.TargetComesBack);
    }

    // Only to see it fail: what fails on top of others would fail in one go as well, and what holds may do so
    // because it came later.
    private bool CanGrow(SearchMove move) =>
        move.IsExpectedToBreak
        && probes.All is [.., { Kind: ProbeKind.Fresh, Holds: true } last] && last.Result.Sessions < move.Sessions;

    // An incremental probe that held, or that lost what was held before it, depends on the time between the two:
    // the same count is tried clean then. One that ended the target would do so again, and each end costs a start.
    private bool IsEvidence(SearchProbe last) =>
        last.Kind != ProbeKind.Incremental || (!last.Holds
            && (last.Result.Held >= probes.All[^2].Result.Held
                || (scope.TargetComesBack && last.Result.Held == 0)));

    // Where the search ended with a count that held, the one that broke is tried on top of it: what is open then
    // can answer whether the way of opening matters.
    private SearchMove? Confirming()
    {
        if (opening.WasAsked || search is not { Low: > 0, High: { } high }
            || probes.All is not [.., { Kind: ProbeKind.Fresh } last] || last.Result.Sessions != search.Low)
            return null;
        var broke = probes.All.LastOrDefault(one => one.Result.Sessions == high)?.Result
            ?? scope.Ladder.FirstOrDefault(step => step.Sessions == high);
        return broke is not null && OpeningProbe.CouldMatter(broke, scope.Pace)
            ? new(high, IsExpectedToBreak: true) : null;
    }

    private SearchEnd Ended(SearchEndKind kind) => new(kind)
    {
        Low = search.Low,
        High = search.High,
        Probes = probes.All.Count(one => !one.IsPaced),
        Seconds = kind == SearchEndKind.TooLong ? scope.Elapsed.TotalSeconds : 0,
    };
}
