using System.Net.Sockets;
using Support.Pool;

namespace Support.Measuring;

/// <summary>A step whose connections stay open between counts: it can be grown, and is closed once.</summary>
internal sealed class OpenStep : IAsyncDisposable
{
    /// <summary>What stops a step that is interrupted.</summary>
    public static readonly EarlyStop Interrupted = new(EarlyStopKind.Interrupted, "the run was interrupted");

    // The contract promises a sign of life every 5 s; a second is left for a busy machine.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(4);

    private readonly PoolOptions options;
    private readonly StepTiming timing;
    private readonly ResourceMeter meter;
    private readonly IPoolSource asking;
    private readonly TimeProvider time;
    private readonly IProgress<StepProgress> progress;
    private readonly int number;
    private readonly DateTimeOffset startedAt;
    private IConnectionPool? pool;
    private ResourceReading? before;
    private PoolFacts? counted;
    private string? unresolved;

    internal OpenStep(PoolOptions options, StepTiming timing, ResourceMeter meter, IPoolSource asking,
        TimeProvider time, IProgress<StepProgress> progress, int number)
    {
        (this.options, this.timing, this.meter, this.asking, this.time, this.progress, this.number) =
            (options, timing, meter, asking, time, progress, number);
        startedAt = time.GetUtcNow();
    }

    /// <summary>
    /// Opens as many more as are missing to <paramref name="sessions"/> attempts in all, holds, pings each and
    /// counts.
    /// </summary>
    /// <param name="sessions">Wanted in all; more than were attempted before.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="interrupted">Stops early; what was counted by then is in the result, which says so.</param>
    /// <returns>The facts of the count; those of closing are added by <see cref="CloseAsync"/>.</returns>
    public async Task<StepResult> GrowAsync(int sessions, OpenPace pace, CancellationToken interrupted)
    {
        if (pool is null)
            return unresolved is null
                ? Empty(sessions).Stopped(Interrupted)
                : Empty(sessions).Unresolved(options.Url.IdnHost, unresolved);
        var start = time.GetTimestamp();
        var activity = "opening";
        using var alive = Alive(pool, sessions, () => activity);

        var cores = CpuBudget.Cores();
        var used = CpuBudget.Used(pool.ProcessIds);
        await OpenAsync(pool, sessions, pace, interrupted).ConfigureAwait(false);
        var opening = time.GetElapsedTime(start);
        var busy = CpuBudget.BusyShare(used, CpuBudget.Used(pool.ProcessIds), opening, cores);
        activity = "holding";
        await Task.Delay(timing.Hold, time, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        activity = "pinging";
        var held = await pool.PingAsync(interrupted).ConfigureAwait(false);
        // All facts are those of the count: what ends later was held, and a step that was counted was not interrupted.
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        counted = await pool.ReadAsync().ConfigureAwait(false);
        var scope =
            new ReadingScope(pool.ProcessIds) { Target = StepFacts.Target(counted), Before = before, Held = held };
        var atCount = await meter.ReadAsync(scope, interrupted).ConfigureAwait(false);
        return Empty(sessions).Counted(counted, held)
            .Stopped(interrupted.IsCancellationRequested ? Interrupted : counted.StoppedEarly) with
        {
            Seconds = seconds,
            OpenSeconds = opening.TotalSeconds,
            Resources = ResourceMeter.Between(before!, atCount) with
            {
                WorkerCount = pool.ProcessIds.Length,
                Client = StepFacts.Saturation(counted, before!, atCount, cores, busy),
            },
        };
    }

    /// <summary>
    /// Closes everything, bounded, and completes the facts of the last count; where that held less than 99 %, asks
    /// whether the target still answers.
    /// </summary>
    /// <param name="result">What the last count gave.</param>
    /// <param name="interrupted">Resets at once instead of closing, and asks nobody.</param>
    public async Task<StepResult> CloseAsync(StepResult result, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (pool is null)
            return result;
        var start = time.GetTimestamp();
        using var alive = Alive(pool, result.Sessions, () => "closing, and asking whether the target still answers");
        await pool.CloseAsync(interrupted).ConfigureAwait(false);
        var closed = result with
        {
            CloseSeconds = time.GetElapsedTime(start).TotalSeconds,
            Resources = result.Resources with { TimeWaitAfter = ResourceMeter.TimeWait() },
        };
        if (counted is null || closed.Stop == EarlyStopKind.Interrupted || closed.Reaches(StepResult.HoldsShare))
            return closed;
        closed = closed with { TargetAnswer = await AskAsync(closed, interrupted).ConfigureAwait(false) };
        return IdleCutOff.Find(counted.Losses, closed.Opened, closed.TargetAnswer)?.Name(closed) ?? closed;
    }

    /// <summary>Resets whatever is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        if (pool is not null)
            await pool.DisposeAsync().ConfigureAwait(false);
    }

    internal async Task PrepareAsync(IPoolSource pools, int sessions, CancellationToken interrupted)
    {
        pool = await pools.CreateAsync(options, sessions, interrupted).ConfigureAwait(false);
        var target = StepFacts.Target(await pool.ReadAsync().ConfigureAwait(false));
        before = await meter.ReadAsync(new(pool.ProcessIds) { Target = target }, interrupted).ConfigureAwait(false);
    }

    internal void CannotResolve(SocketException e) =>
        unresolved = e.SocketErrorCode == SocketError.TryAgain
            ? "the resolver did not answer"
            : "the name does not exist";

    private ITimer Alive(IConnectionPool shown, int sessions, Func<string> activity)
    {
        var start = time.GetTimestamp();
        return time.CreateTimer(
            _ => progress.Report(
                new(sessions, activity(), shown.Counts.Attempted, shown.Counts.Open, time.GetElapsedTime(start))),
            null, SignOfLife, SignOfLife);
    }

    private async Task OpenAsync(IConnectionPool opening, int sessions, OpenPace pace, CancellationToken interrupted)
    {
        using var deadline = new CancellationTokenSource(timing.OpenTime(options.PongTimeout), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, interrupted);
        await opening.OpenAsync(sessions - opening.Counts.Attempted, pace, stop.Token).ConfigureAwait(false);
    }

    private async Task<TargetAnswer> AskAsync(StepResult closed, CancellationToken interrupted)
    {
        var probe = new TargetProbe(options, asking, isHolding: closed.Held > 0, time);
        var answer = await probe.AskAsync(Math.Max(1, closed.Addresses.Length), again: closed.Opened > 0, interrupted)
            .ConfigureAwait(false);
        return answer is TargetAnswer.Opens or TargetAnswer.Rejects
            && await meter.HasRestartedAsync(before!, interrupted).ConfigureAwait(false)
            ? TargetAnswer.Restarted
            : answer;
    }

    private StepResult Empty(int sessions) => StepFacts.Empty(number, sessions, startedAt);
}
