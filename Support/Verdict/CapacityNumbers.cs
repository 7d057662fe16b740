using Support.Measuring;
using Support.Measuring.Search;
using Support.Settings;

namespace Support.Verdict;

/// <summary>The numbers of a run, worked out from all that its steps and probes held. Pure.</summary>
internal sealed record CapacityNumbers
{
    /// <summary>
    /// The highest reliable step below the first unreliable one, as the seed works it out; 0 where there is none, null
    /// where nothing was measured.
    /// </summary>
    public int? LadderReliable { get; private init; }

    /// <summary>
    /// What the exact limit held where it was found; else the highest count of a step or probe that is reliable and
    /// lies below the first that is not. 0 where there is none, null where nothing was measured.
    /// </summary>
    public int? MaxReliable { get; private init; }

    /// <summary>The most that any step or probe held; null where nothing was measured.</summary>
    public int? PeakConnections { get; private init; }

    /// <summary>
    /// <see cref="GateSettings.SafeShare"/> of what was held at <see cref="MaxReliable"/>, and never more than that
    /// share of a count that the search showed to break; null where nothing was measured.
    /// </summary>
    public int? SafeLimit { get; private init; }

    /// <summary>The search's answer; null where there is none.</summary>
    public ExactLimit? Exact { get; private init; }

    /// <summary>Works the numbers out.</summary>
    /// <param name="steps">The steps that attempted something, in order; empty where none opened a connection.</param>
    /// <param name="search">The search; null where it did not run.</param>
    /// <param name="isOfThisClient">
    /// Whether this side was the limit: then what it did not hold says nothing of the server.
    /// </param>
    public static CapacityNumbers Of(
        IReadOnlyList<JudgedStep> steps, SearchResult? search, bool isOfThisClient)
    {
        if (steps.Count == 0)
            return new();
        List<JudgedStep> judged = [.. steps.Where(step => step.Outcome != StepOutcome.NotAttempted)];
        List<StepResult> counted =
        [
            .. judged.Select(step => step.Result!),
            .. (search?.Probes ?? []).Where(probe => !probe.IsPaced).Select(probe => probe.Result),
        ];
        var peak = steps.Select(step => step.Result!)
            .Concat((search?.Probes ?? []).Select(probe => probe.Result)).Max(result => result.Held);
        if (judged.Count == 0)
            return new() { PeakConnections = peak };
        var exact = search?.Varies is null ? Exactly(judged, search) : null;
        if (isOfThisClient && exact is not null)
            exact = exact with { Breaks = null };
        exact = exact is null ? null : exact with { Held = LeastHeld(counted, exact.Holds) };
        var ladder = Reliable(judged);
        var (reliable, held) = (exact, search?.Varies) switch
        {
            ({ Breaks: not null, Held: { } found }, _) => (found, found),
            (_, { } varies) => (varies.Low, varies.Low),
            _ => Below(ladder, counted, isOfThisClient ? null : search?.Limit),
        };
        return new()
        {
            LadderReliable = ladder?.Sessions ?? 0,
            MaxReliable = reliable,
            PeakConnections = peak,
            // A lower bound of the limit may lie below a step that was let pass at the threshold.
            SafeLimit = GateSettings.SafeOf(
                new[] { held, peak, exact?.Holds ?? held, LeastOfOpening(counted, search) ?? held }.Min()),
            Exact = exact,
        };
    }

    // Where the search ended between two counts: the lower one was held, and bounds whatever the ladder's threshold
    // let pass above it. Without a search it is the ladder's step, of which no more is safe than it held.
    private static (int Reliable, int Held) Below(
        StepResult? ladder, List<StepResult> counted, ExactLimit? searched)
    {
        var (step, held) = (ladder?.Sessions ?? 0, ladder?.Held ?? 0);
        return searched is { } limit && (limit.Breaks is not null || limit.Holds < step)
            && LeastHeld(counted, limit.Holds) is { } low ? (low, low) : (step, held);
    }

    // Where the way of opening sets the limit, at the run's own pace no more is safe than the least that failed held.
    private static int? LeastOfOpening(List<StepResult> counted, SearchResult? search) => search?.Opening is null
        ? null
        : counted.Where(result => !result.Reaches(StepResult.HoldsShare) && result.Opened > 0)
            .Min(result => (int?)result.Held);

    private static StepResult? Reliable(List<JudgedStep> judged) =>
        judged.TakeWhile(step => step.Outcome == StepOutcome.Reliable).LastOrDefault()?.Result;

    // A count next to it that lost one or two, and holds all the same, may have met the limit where it lies lower.
    private static int? LeastHeld(List<StepResult> counted, int sessions) => counted
        .Where(result => result.Reaches(StepResult.HoldsShare) && (result.Sessions == sessions
            || (result.Held < result.Sessions && result.Sessions < sessions
                && LimitSearch.AreNear(result.Held, (int)(sessions * StepResult.HoldsShare)))))
        .Min(result => (int?)result.Held);

    // Known without a search in two cases: no limit was reached, or two steps lie so close that nothing is left to
    // search.
    private static ExactLimit? Exactly(List<JudgedStep> judged, SearchResult? search)
    {
        // Between two counts that are farther apart the search did not come to its end, and what it knows is no exact
        // limit.
        if (search?.Limit is { } found && (found.IsExact || found.Breaks is null))
            return found;
        var holding = judged.TakeWhile(step => step.Result!.Reaches(StepResult.HoldsShare)).ToList();
        if (holding.Count == 0)
            return null;
        var holds = holding[^1].Sessions;
        if (holding.Count == judged.Count)
            return new(holds, null);
        var breaks = judged[holding.Count].Sessions;
        return LimitSearch.AreNear(holds, breaks) ? new(holds, breaks) : null;
    }
}
