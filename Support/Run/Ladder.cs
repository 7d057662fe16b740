using System.Collections.Immutable;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// The plain ladder: its steps in order, until a limit is met or something forbids to measure; then the search for the
/// limit itself.
/// </summary>
public sealed class Ladder : IClimbServer
{
    // The contract promises a sign of life every 5 s; a second is left for a busy machine.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(4);

    // Shorter, a pause is no news.
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(2);

    private readonly RunContext run;
    private readonly TargetUnderTest target;
    private readonly SelfTest selfTest;
    private readonly Action<JudgedStep> emit;
    private readonly Climb climb;
    private SearchProbe? before;

    /// <summary>The ladder of a run.</summary>
    /// <param name="run">Keeps each step and probe, and ends it.</param>
    /// <param name="target">The server.</param>
    /// <param name="selfTest">Run before the first step, where it was not.</param>
    /// <param name="emit">Told of each step once it is kept.</param>
    internal Ladder(RunContext run, TargetUnderTest target, SelfTest selfTest, Action<JudgedStep> emit)
    {
        (this.run, this.target, this.selfTest, this.emit) = (run, target, selfTest, emit);
        climb = new(run.Settings?.Ladder ?? new(), this, run.Time) { Stepped = Stepped, Probed = Probed };
        Steps = run.Settings is { } usable ? CapacityLadder.From(usable.Ladder).Steps : [];
    }

    /// <summary>The steps, lowest first; empty where the settings can't be used.</summary>
    public ImmutableArray<CapacityStep> Steps { get; }

    bool IClimbServer.ComesBack => false;

    string? IClimbServer.WhyNotJudged => target.Death is { } death ? $"not judged: {death}" : null;

    /// <summary>Runs a step where that can be done, judges it, and keeps it.</summary>
    // The runner throws for nothing that a target or a path does: what comes here is the suite's own fault, and the
    // verdict has to know.
    public async Task<JudgedStep> StepAsync(CapacityStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        try
        {
            return await climb.StepAsync(step, run.Interruption.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var fault = $"the step of {step.Sessions} could not be measured: {e.GetType().Name}: {e.Message}";
            run.Record.AddFault(fault);
            climb.Add(StepJudge.NotAttempted(step, $"not attempted: {fault}"));
            throw;
        }
    }

    /// <summary>Why the exact limit is not searched; null where it can be.</summary>
    public string? WhyNoSearch()
    {
        if (run.Settings is not { } settings)
            return "not searched: the settings cannot be used";
        if (!settings.Search.Exact)
            return "not searched: Search.Exact is false";
        if (run.Stopped is { } stopped)
            return $"not searched: {stopped}";
        if (target.Death is { } death)
            return $"not searched: {death}";
        if (run.Record.Faults is [var fault, ..])
            return $"not searched: {fault}";
        return climb.Steps.Any(step => step is { Outcome: not StepOutcome.NotAttempted, Result.Attempted: > 0 })
            ? null
            : "not searched: no step was measured";
    }

    /// <summary>
    /// Searches; every probe is on disk and on the screen when it was counted. Not to be called where <see
    /// cref="WhyNoSearch"/> says why.
    /// </summary>
    public async Task<SearchResult> SearchAsync()
    {
        try
        {
            var found = (await climb.SearchAsync(run.Interruption.Token).ConfigureAwait(false))!;
            run.Record.Add(found);
            return found;
        }
        catch (Exception e)
        {
            run.Record.AddFault($"the exact limit could not be searched: {e.GetType().Name}: {e.Message}");
            throw;
        }
    }

    /// <summary>
    /// Why a search leaves its question open; null where it is answered: by a limit, or because no limit was reached.
    /// </summary>
    public string? WhyNotFound(SearchResult found)
    {
        ArgumentNullException.ThrowIfNull(found);
        // A target that died was no target to search: its limit is not known, and the verdict says so.
        if (target.Death is { } death)
            return $"not found: {death}";
        var isAnswered = found.Limit is { IsExact: true } || found.End.Kind == SearchEndKind.NoLimitReached;
        return isAnswered ? null : $"not found: {found.Ended}";
    }

    async Task<JudgedStep?> IClimbServer.WhyNotAsync(CapacityStep step, CancellationToken interrupted) =>
        Skipped(step, WhyNot())
        ?? await OverTheClientAsync(step, interrupted).ConfigureAwait(false)
        ?? Skipped(step, await selfTest.WhyNoStepAsync().ConfigureAwait(false));

    Task<StepRunner> IClimbServer.RunnerAsync(CancellationToken interrupted) => target.RunnerAsync(interrupted);

    async Task IClimbServer.PauseAsync(int sessions, bool isDoubtful, CancellationToken interrupted)
    {
        // The step's own signs of life begin with the step: what went before must not add to the silence.
        var pause = (await target.PauseAsync(interrupted).ConfigureAwait(false)).WaitAsync(interrupted);
        while (await Task.WhenAny(pause, SilenceAsync()).ConfigureAwait(false) != pause)
            run.Screen.ShowPause(sessions, waited: null);
        var waited = await pause.ConfigureAwait(false);
        if (waited >= LongPause)
            run.Screen.ShowPause(sessions, waited);
    }

    private Task SilenceAsync() => Task.Delay(SignOfLife, run.Time, CancellationToken.None);

    private string? WhyNot()
    {
        if (ByInterruption is { } stopped)
            return stopped;
        if (run.Record.Critical is { } critical)
            return $"not attempted: {critical.Title}: {critical.Actual}";
        if (climb.Steps.FirstOrDefault(earlier => earlier.Outcome == StepOutcome.Unreliable) is { } limit)
            return $"not attempted: the limit was reached in the step of {limit.Sessions} sessions";
        return target.Death is { } death ? $"not attempted: {death}" : null;
    }

    private string? ByInterruption =>
        run.Stopped is { } stopped ? $"not attempted: {stopped}" : null;

    private static JudgedStep? Skipped(CapacityStep step, string? reason) =>
        reason is null ? null : StepJudge.NotAttempted(step, reason);

    private async Task<JudgedStep?> OverTheClientAsync(CapacityStep step, CancellationToken interrupted)
    {
        try
        {
            // Without the checks before it, the ladder is the first that needs the target.
            if (await target.TryContextAsync(interrupted).ConfigureAwait(false) is null)
                return Skipped(step, $"not attempted: {target.StartFault}");
            return await target.PredictAsync(interrupted).ConfigureAwait(false) is { } most
                && most.MaxAttemptable < step.Sessions
                ? StepJudge.OverTheClient(step, most)
                : null;
        }
        catch (OperationCanceledException)
        {
            return Skipped(step, ByInterruption);
        }
    }

    private void Stepped(JudgedStep step)
    {
        run.Record.Add(step);
        emit(step);
        run.Screen.Show(step);
    }

    private void Probed(SearchProbe probe)
    {
        run.Record.Add(probe);
        run.Screen.Show(size: null, probe, before);
        before = probe;
    }
}
