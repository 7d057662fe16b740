using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Targets;
using Support.Targets.Groups;
using Support.Verdict;

namespace Support.Sizes;

/// <summary>Measures a server at a size: a new server in a new control group, the ladder, the search, and nothing left of it afterwards.</summary>
/// <param name="tools">What it is made with.</param>
public sealed class SizeRunner(SizeTools tools)
{
    // A server that is alive answers in far less; one that is stuck for want of memory never does.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly List<JudgedStep> steps = [];

    /// <summary>Runs; never throws for what the server, a path or a limit does. One call an object.</summary>
    /// <param name="size">The size.</param>
    /// <param name="number">The run's number at that size, from 1.</param>
    /// <param name="earlier">An earlier run at it, whose limit is measured again without the climb; null for the first.</param>
    /// <param name="interrupted">Ends it early; what was measured by then is in the result, which says so.</param>
    public async Task<SizeRun> RunAsync(SizeCase size, int number, SizeRun? earlier, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(size);
        var start = tools.Time.GetTimestamp();
        var run = new SizeRun { Label = size.Label, Number = number, StartedAt = tools.Time.GetUtcNow(), Verdict = Nothing("nothing was measured") };
        run = await MeasureAsync(run, size.Declared, earlier, interrupted).ConfigureAwait(false);
        return run with { Seconds = tools.Time.GetElapsedTime(start).TotalSeconds };
    }

    private async Task<SizeRun> MeasureAsync(SizeRun run, GroupLimits limits, SizeRun? earlier, CancellationToken interrupted)
    {
        var server = new SizedServer(tools.Command, limits, tools.Way, AnswersAsync);
        await using (server.ConfigureAwait(false))
        {
            try
            {
                await server.StartAsync(interrupted).ConfigureAwait(false);
                run = run with { StartSeconds = server.StartTime?.TotalSeconds, Effective = server.Effective };
            }
            catch (ServerStartException untried) when (!untried.IsOfServer)
            {
                return run with { Fault = untried.Message };
            }
            catch (ServerStartException refused)
            {
                return run with { NotStarted = refused.Message, Restarts = refused.End is { } end ? [end] : [], Verdict = Nothing(refused.Message, refused.End) };
            }
            catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
            {
                return run with { Fault = OpenStep.Interrupted.Text };
            }

            return await ClimbAndSearchAsync(run, server, earlier, interrupted).ConfigureAwait(false);
        }
    }

    private async Task<SizeRun> ClimbAndSearchAsync(SizeRun run, SizedServer server, SizeRun? earlier, CancellationToken interrupted)
    {
        SearchResult? search = null;
        string? fault = null;
        try
        {
            var stats = await TargetStatsReader.ProbeAsync(tools.Command.Url, interrupted).ConfigureAwait(false) is null ? null : tools.Command.Url;
            var runner = Runner(stats);
            Queue<int> counts = new(SizeLadder.For(tools.Settings.Ladder, tools.Ceiling?.MaxAttemptable, earlier));
            do
            {
                var isLast = await ClimbAsync(counts, earlier is not null, runner, server, stats, interrupted).ConfigureAwait(false);
                if (tools.Settings.Search.Exact && !interrupted.IsCancellationRequested)
                    search = await SearchAsync(search, runner, server, stats, interrupted).ConfigureAwait(false);
                if (isLast)
                    break;
            }
            // What failed held when it was tried again: the limit lies above it.
            while (HeldAfterAll(search) && counts.Count > 0 && !interrupted.IsCancellationRequested);
        }
        catch (ServerStartException gone)
        {
            // It found its limit before, and does not come back from it: what is known by now is told.
            fault = gone.IsOfServer && steps.Any(step => step.Outcome == StepOutcome.Unreliable) ? null : $"the server did not start again: {gone.Message}";
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // What was measured by now is told, and that it was stopped.
        }

        await server.NoteEndAsync().ConfigureAwait(false);
        return Judged(run, search, server.Ends, interrupted.IsCancellationRequested ? OpenStep.Interrupted.Text : fault);
    }

    private SizeRun Judged(SizeRun run, SearchResult? search, ImmutableArray<ServerEnd> ends, string? fault)
    {
        var verdict = RunJudge.Judge(new()
        {
            // What is required of one size is not required of the others: the gate asks for it, once, of the size that it is about.
            Settings = tools.Settings with { Gate = tools.Settings.Gate with { RequiredConnections = null } },
            Steps = [.. steps],
            Search = search,
            AtSize = true,
            ServerEnds = ends,
            ServerDescriptors = run.Effective?.DescriptorsHard,
            Faults = fault is null ? [] : [fault],
        });
        // Broken: the suite itself failed, which says nothing about the server.
        var isUnknown = verdict.Outcome is RunOutcome.Broken or RunOutcome.NotAttempted;
        return run with { Steps = [.. steps], Search = search, Restarts = ends, Verdict = verdict, Fault = fault ?? (isUnknown ? string.Join("; ", verdict.Reasons) : null) };
    }

    private static bool HeldAfterAll(SearchResult? search) =>
        search is { Limit: { Breaks: null }, End.Kind: SearchEndKind.NothingBroke };

    // Whether there is nothing to climb any more: all counts were tried, or this client's own end was met.
    private async Task<bool> ClimbAsync(Queue<int> counts, bool isRepeat, StepRunner runner, SizedServer server, Uri? stats, CancellationToken interrupted)
    {
        while (counts.TryDequeue(out var count))
        {
            var judged = await JudgeAsync(new(steps.Count + 1, count), runner, server, stats, interrupted).ConfigureAwait(false);
            steps.Add(judged);
            tools.Stepped(judged);
            if (judged.Outcome == StepOutcome.NotAttempted || interrupted.IsCancellationRequested)
                return true;
            if (judged.Outcome == StepOutcome.Unreliable || (isRepeat && !judged.Result!.Reaches(StepResult.HoldsShare)))
                return false;
        }

        return true;
    }

    private async Task<JudgedStep> JudgeAsync(CapacityStep step, StepRunner runner, SizedServer server, Uri? stats, CancellationToken interrupted)
    {
        if (tools.Ceiling is { MaxAttemptable: { } most } ceiling && most < step.Sessions)
            return StepJudge.OverTheClient(step, ceiling);
        if (steps.Count > 0)
            await PauseAsync(server, stats, isDoubtful: !steps[^1].Result!.Reaches(StepResult.HoldsShare), interrupted).ConfigureAwait(false);
        return StepJudge.Judge(await runner.RunAsync(step, interrupted).ConfigureAwait(false), tools.Settings.Ladder.Threshold);
    }

    private async Task<SearchResult?> SearchAsync(SearchResult? before, StepRunner runner, SizedServer server, Uri? stats, CancellationToken interrupted)
    {
        ImmutableArray<SearchTry> earlier = before?.Tries ?? [];
        ImmutableArray<StepResult> measured =
        [
            .. steps.Where(step => step.Outcome != StepOutcome.NotAttempted).Select(step => step.Result!).Where(result => result.Attempted > 0),
            .. earlier.Where(tried => tried.Kind == TryKind.Clean).Select(tried => tried.Result),
        ];
        if (measured.IsEmpty)
            return null;
        // A third of the step's time is less than every step has for opening, and spreads what is left the most.
        var searcher = new LimitSearcher(
            runner, (_, token) => PauseAsync(server, stats, isDoubtful: true, token), tools.Settings.Ladder.StepTimeout / 3, tools.Time,
            tried => tools.Tried(tried with { Number = earlier.Length + tried.Number }))
        {
            TargetComesBack = true,
        };
        var found = await searcher.RunAsync(measured, interrupted).ConfigureAwait(false);
        return found with
        {
            Tries = [.. earlier, .. found.Tries.Select(tried => tried with { Number = earlier.Length + tried.Number })],
            Seconds = found.Seconds + (before?.Seconds ?? 0),
        };
    }

    private async Task PauseAsync(SizedServer server, Uri? stats, bool isDoubtful, CancellationToken interrupted)
    {
        await new StepPause(tools.Settings.Ladder.Pause, TargetEndPoint.Of(tools.Command.Url), stats, tools.Time).WaitAsync(interrupted).ConfigureAwait(false);
        await server.EnsureAsync(isDoubtful, interrupted).ConfigureAwait(false);
    }

    private StepRunner Runner(Uri? stats) => new(
        PoolOptions.From(tools.Settings, tools.Command.Url),
        tools.Pools,
        new StepTiming(tools.Settings.Ladder.Hold, tools.Settings.Ladder.StepTimeout),
        // The server is found by its port, since it may be another process in the next step.
        new ResourceMeter(targetPid: null, stats),
        tools.Time,
        tools.Progress);

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var options = PoolOptions.From(tools.Settings, tools.Command.Url) with { AttemptTimeout = AnswerTimeout, PongTimeout = AnswerTimeout, CloseTimeout = AnswerTimeout };
        return (await HandshakeCheck.RunAsync(options, cancellationToken).ConfigureAwait(false)).Ok;
    }

    private static RunVerdict Nothing(string cause, ServerEnd? end = null) => new()
    {
        Outcome = RunOutcome.Passed,
        MaxReliable = 0,
        HeldAtOnce = 0,
        SafeLimit = 0,
        Bottleneck = new(BottleneckSide.Server, cause, [], "Give the task more memory or cpu, and read what the server said: it never answered at this size.")
        {
            Resource = end is null ? null : ServerEndWords.Of(end).Resource,
        },
    };
}
