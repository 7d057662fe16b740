using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Settings;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// The server that a climb is on: what differs between one that stands there and one that is started at a task size.
/// </summary>
internal interface IClimbServer
{
    /// <summary>
    /// Whether the pause starts it anew where it ended or does not answer any more: its end is a limit like any other
    /// then.
    /// </summary>
    bool ComesBack { get; }

    /// <summary>Why what was measured last says nothing about it; null where it does.</summary>
    string? WhyNotJudged { get; }

    /// <summary>The step as not attempted, with the reason; null where it can be attempted.</summary>
    Task<JudgedStep?> WhyNotAsync(CapacityStep step, CancellationToken interrupted);

    /// <summary>What steps and probes are run with.</summary>
    Task<StepRunner> RunnerAsync(CancellationToken interrupted);

    /// <summary>Waits until nothing of what was closed is left, and sees to it that the server is there.</summary>
    /// <param name="sessions">How many connections begin after it.</param>
    /// <param name="isDoubtful">Whether the server may have stopped answering.</param>
    /// <param name="interrupted">Ends the wait.</param>
    Task PauseAsync(int sessions, bool isDoubtful, CancellationToken interrupted);
}

/// <summary>
/// The one way up: steps one after the other, each judged, then the search for the limit itself; of the plain ladder
/// and at a task size.
/// </summary>
/// <param name="ladder">The threshold, and the time of a step.</param>
/// <param name="server">The server.</param>
/// <param name="time">The clock.</param>
internal sealed class Climb(LadderSettings ladder, IClimbServer server, TimeProvider time)
{
    private readonly List<JudgedStep> steps = [];

    /// <summary>The steps so far, those that were not attempted included.</summary>
    public ImmutableArray<JudgedStep> Steps => [.. steps];

    /// <summary>The search, of all its rounds; null where none was begun.</summary>
    public SearchResult? Search { get; private set; }

    /// <summary>Told of each step when it was judged.</summary>
    public required Action<JudgedStep> Stepped { get; init; }

    /// <summary>Told of each probe of the search when it was counted.</summary>
    public required Action<SearchProbe> Probed { get; init; }

    /// <summary>Runs one step where that can be done, and judges it.</summary>
    public async Task<JudgedStep> StepAsync(CapacityStep step, CancellationToken interrupted) =>
        Add(await JudgeAsync(step, interrupted).ConfigureAwait(false));

    /// <summary>
    /// Keeps a step that was judged elsewhere, as one that a fault of the suite kept from being measured.
    /// </summary>
    public JudgedStep Add(JudgedStep judged)
    {
        steps.Add(judged);
        Stepped(judged);
        return judged;
    }

    /// <summary>
    /// Searches between the highest count that held and the lowest that broke; a second round knows the probes of the
    /// first.
    /// </summary>
    /// <returns>Null where no step was measured.</returns>
    public async Task<SearchResult?> SearchAsync(CancellationToken interrupted)
    {
        var earlier = Search?.Probes ?? [];
        ImmutableArray<StepResult> measured =
        [
            .. steps.Where(step => step is { Outcome: not StepOutcome.NotAttempted, Result.Attempted: > 0 })
                .Select(step => step.Result!),
            .. earlier.Where(probe => probe.Kind == ProbeKind.Fresh).Select(probe => probe.Result),
        ];
        if (measured.IsEmpty)
            return null;
        SearchProbe Numbered(SearchProbe probe) => probe with { Number = earlier.Length + probe.Number };
        var searcher = new LimitSearcher(
            await server.RunnerAsync(interrupted).ConfigureAwait(false),
            (sessions, token) => server.PauseAsync(sessions, isDoubtful: true, token),
            // A third of the step's time is less than every step has for opening, and spreads what is left the most.
            ladder.StepTimeout / 3,
            Math.Max(ladder.Steps[^1], measured.Max(step => step.Sessions)),
            time,
            probe => Probed(Numbered(probe)))
        {
            TargetComesBack = server.ComesBack,
        };
        var found = await searcher.RunAsync(measured, interrupted).ConfigureAwait(false);
        return Search = found with
        {
            Probes = [.. earlier, .. found.Probes.Select(Numbered)],
            Seconds = found.Seconds + (Search?.Seconds ?? 0),
        };
    }

    /// <summary>
    /// Climbs until a count breaks and searches there; goes on above where what broke held after all.
    /// </summary>
    /// <param name="counts">The counts to probe, in order.</param>
    /// <param name="isRepeat">
    /// Whether an earlier run's limit is measured again: then the first count below 99 % ends the climb.
    /// </param>
    /// <param name="searches">Whether the limit itself is wanted.</param>
    /// <param name="interrupted">Ends it with what is known.</param>
    public async Task ToTheLimitAsync(
        ImmutableArray<int> counts, bool isRepeat, bool searches, CancellationToken interrupted)
    {
        Queue<int> left = new(counts);
        do
        {
            var isAtTheTop = await UpAsync(left, isRepeat, interrupted).ConfigureAwait(false);
            if (searches && !interrupted.IsCancellationRequested)
                await SearchAsync(interrupted).ConfigureAwait(false);
            if (isAtTheTop)
                return;
        }
        while (HeldAfterAll && left.Count > 0 && !interrupted.IsCancellationRequested);
    }

    private bool HeldAfterAll =>
        Search is { Limit.Breaks: null, End.Kind: SearchEndKind.NoLimitReached };

    // Whether there is nothing to climb any more: all counts were tried, or this client's own end was met.
    private async Task<bool> UpAsync(Queue<int> counts, bool isRepeat, CancellationToken interrupted)
    {
        while (counts.TryDequeue(out var count))
        {
            var judged = await StepAsync(new(steps.Count + 1, count), interrupted).ConfigureAwait(false);
            if (judged.Outcome == StepOutcome.NotAttempted || interrupted.IsCancellationRequested)
                return true;
            if (judged.Outcome == StepOutcome.Unreliable
                || (isRepeat && !judged.Result!.Reaches(StepResult.HoldsShare)))
                return false;
        }

        return true;
    }

    private async Task<JudgedStep> JudgeAsync(CapacityStep step, CancellationToken interrupted)
    {
        if (await server.WhyNotAsync(step, interrupted).ConfigureAwait(false) is { } skipped)
            return skipped;
        if (steps.Count > 0)
        {
            var isDoubtful = steps[^1].Result?.Reaches(StepResult.HoldsShare) != true;
            await server.PauseAsync(step.Sessions, isDoubtful, interrupted).ConfigureAwait(false);
            // The pause is where a signal most likely comes.
            if (await server.WhyNotAsync(step, interrupted).ConfigureAwait(false) is { } stopped)
                return stopped;
        }

        var runner = await server.RunnerAsync(interrupted).ConfigureAwait(false);
        var result = await runner.RunAsync(step, interrupted).ConfigureAwait(false);
        if (interrupted.IsCancellationRequested || result.Reaches(ladder.Threshold) || !MassEnd.IsOne(result))
            return Judge(step, result);
        await server.PauseAsync(step.Sessions, isDoubtful: true, interrupted).ConfigureAwait(false);
        var again = await runner.RunAsync(step, interrupted).ConfigureAwait(false);
        // What was stopped half way says less than what was counted before it.
        if (again.Stop == EarlyStopKind.Interrupted)
            return Judge(step, result);
        var few = MassEnd.NeedsAFew(result, again, Results)
            ? await FewAsync(runner, step, result, interrupted).ConfigureAwait(false)
            : null;
        return Judge(step, MassEnd.Named(result, again, Results, few)) with { Before = result };
    }

    private IEnumerable<StepResult> Results => steps.Select(step => step.Result).OfType<StepResult>();

    // As few as the lowest step, or a tenth where this one is it, held for longer than those that ended.
    private async Task<StepResult> FewAsync(
        StepRunner runner, CapacityStep step, StepResult ended, CancellationToken interrupted)
    {
        var few = Results.FirstOrDefault() is { } lowest
            ? new CapacityStep(lowest.Number, lowest.Sessions)
            : step with { Sessions = Math.Max(1, step.Sessions / 10) };
        await server.PauseAsync(few.Sessions, isDoubtful: true, interrupted).ConfigureAwait(false);
        return await runner.Holding(MassEnd.HoldToTell(ended, ladder)).RunAsync(few, interrupted).ConfigureAwait(false);
    }

    private JudgedStep Judge(CapacityStep step, StepResult result) => server.WhyNotJudged is { } why
        ? new(step.Sessions, StepOutcome.NotAttempted, why, result)
        : StepJudge.Judge(result, ladder.Threshold);
}
