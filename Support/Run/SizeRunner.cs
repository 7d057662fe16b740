using System.Collections.Immutable;
using Support.Measuring;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// Measures a server at a size: a new server in a new control group, the climb, and nothing left of it afterwards.
/// </summary>
/// <param name="tools">What it is made with.</param>
internal sealed class SizeRunner(SizeTools tools)
{
    /// <summary>Runs; never throws for what the server, a path or a limit does.</summary>
    /// <param name="size">The size.</param>
    /// <param name="number">The run's number at that size, from 1.</param>
    /// <param name="earlier">
    /// An earlier run at it, whose limit is measured again without the climb; null for the first.
    /// </param>
    /// <param name="interrupted">Ends it early; what was measured by then is in the result, which says so.</param>
    public async Task<SizeRun> RunAsync(SizeCase size, int number, SizeRun? earlier, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(size);
        var start = tools.Time.GetTimestamp();
        var run = new SizeRun
        {
            Label = size.Label,
            Number = number,
            StartedAt = tools.Time.GetUtcNow(),
            Verdict = Nothing("nothing was measured"),
        };
        run = await MeasureAsync(run, size.Declared, earlier, interrupted).ConfigureAwait(false);
        return run with { Seconds = tools.Time.GetElapsedTime(start).TotalSeconds };
    }

    private async Task<SizeRun> MeasureAsync(
        SizeRun run, GroupLimits limits, SizeRun? earlier, CancellationToken interrupted)
    {
        var server = new SizedServer(tools, limits);
        await using (server.ConfigureAwait(false))
        {
            try
            {
                await server.BeginAsync(interrupted).ConfigureAwait(false);
                run = run with { StartSeconds = server.StartTime?.TotalSeconds, Effective = server.Effective };
            }
            catch (ServerStartException untried) when (!untried.IsOfServer)
            {
                return run with { Fault = untried.Message };
            }
            catch (ServerStartException refused)
            {
                return run with
                {
                    NotStarted = refused.Message,
                    Restarts = refused.End is { } end ? [end] : [],
                    Verdict = Nothing(refused.Message, refused.End),
                };
            }
            catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
            {
                return run with { Fault = OpenStep.Interrupted.Text };
            }

            run = await ClimbAsync(run, server, earlier, interrupted).ConfigureAwait(false);
            return earlier is null && run.Fault is null
                ? run with { Fresh = await FreshAsync(run, server, interrupted).ConfigureAwait(false) }
                : run;
        }
    }

    // Once at a size: what a connection takes does not differ from run to run.
    private static async Task<ImmutableArray<FreshStage>> FreshAsync(
        SizeRun run, SizedServer server, CancellationToken interrupted)
    {
        try
        {
            await server.RenewAsync(interrupted).ConfigureAwait(false);
            var runner = await server.RunnerAsync(interrupted).ConfigureAwait(false);
            return await runner.GrowAsync(SizeStatistics.SafeLimitOf(run), interrupted).ConfigureAwait(false);
        }
        catch (ServerStartException)
        {
            // The limit is known all the same.
            return [];
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return [];
        }
    }

    private async Task<SizeRun> ClimbAsync(
        SizeRun run, SizedServer server, SizeRun? earlier, CancellationToken interrupted)
    {
        var climb = new Climb(tools.Settings.Ladder, server, tools.Time)
        {
            Stepped = tools.Stepped, Probed = tools.Probed,
        };
        string? fault = null;
        try
        {
            await server.FindStatsAsync(interrupted).ConfigureAwait(false);
            var counts = SizeLadder.For(tools.Settings.Ladder, tools.Ceiling?.MaxAttemptable, earlier);
            await climb.ToTheLimitAsync(
                counts, earlier is not null, tools.Settings.Search.Exact, interrupted).ConfigureAwait(false);
        }
        catch (ServerStartException gone)
        {
            // It found its limit before, and does not come back from it: what is known by now is told.
            var isKnown = gone.IsOfServer && climb.Steps.Any(step => step.Outcome == StepOutcome.Unreliable);
            fault = isKnown ? null : $"the server did not start again: {gone.Message}";
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // What was measured by now is told, and that it was stopped.
        }

        await server.NoteEndAsync().ConfigureAwait(false);
        return Judged(run, climb, server.Ends, interrupted.IsCancellationRequested ? OpenStep.Interrupted.Text : fault);
    }

    private SizeRun Judged(SizeRun run, Climb climb, ImmutableArray<ServerEnd> ends, string? fault)
    {
        var verdict = RunJudge.Judge(new()
        {
            // What is required of one size is not required of the others: the gate asks for it, once, of the size that
            // it is about.
            Settings = tools.Settings with { Gate = tools.Settings.Gate with { RequiredConnections = null } },
            Steps = climb.Steps,
            Search = climb.Search,
            AtSize = true,
            ServerEnds = ends,
            ServerDescriptors = run.Effective?.DescriptorsHard,
            Faults = fault is null ? [] : [fault],
        });
        // Broken: the suite itself failed, which says nothing about the server.
        var isUnknown = verdict.Outcome is RunOutcome.Broken or RunOutcome.NotAttempted;
        return run with
        {
            Steps = climb.Steps,
            Search = climb.Search,
            Restarts = ends,
            Verdict = verdict,
            Fault = fault ?? (isUnknown ? string.Join("; ", verdict.Reasons) : null),
        };
    }

    private static RunVerdict Nothing(string cause, ServerEnd? end = null) => new()
    {
        Outcome = RunOutcome.Passed,
        MaxReliable = 0,
        PeakConnections = 0,
        SafeLimit = 0,
        Bottleneck = new(
            BottleneckSide.Server, cause, [],
            "Give the task more memory or cpu, and read what the server said: it never answered at this size.")
        {
            Resource = end is null ? null : ServerEndText.Of(end).Resource,
        },
    };
}
