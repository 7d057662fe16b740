using System.Collections.Immutable;
using System.Net.Sockets;
using Support.Pool;

namespace Support.Measuring;

/// <summary>A step whose connections stay open between counts: it can be grown, and is closed once.</summary>
public sealed class OpenStep : IAsyncDisposable
{
    /// <summary>What <see cref="StepResult.StoppedEarly"/> says of a step that was interrupted.</summary>
    public const string InterruptedText = "the run was interrupted";

    // The contract promises a sign of life every 5 s; a second is left for a busy machine.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(4);

    private readonly PoolOptions options;
    private readonly StepTiming timing;
    private readonly ResourceMeter meter;
    private readonly TimeProvider time;
    private readonly IProgress<StepProgress> progress;
    private readonly int number;
    private readonly DateTimeOffset startedAt;
    private IConnectionPool? pool;
    private ResourceReading? before;
    private string? unresolved;

    internal OpenStep(PoolOptions options, StepTiming timing, ResourceMeter meter, TimeProvider time, IProgress<StepProgress> progress, int number)
    {
        (this.options, this.timing, this.meter, this.time, this.progress, this.number) = (options, timing, meter, time, progress, number);
        startedAt = time.GetUtcNow();
    }

    /// <summary>Opens as many more as are missing to <paramref name="sessions"/> attempts in all, holds, proves each alive and counts.</summary>
    /// <param name="sessions">Wanted in all; more than were attempted before.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="interrupted">Stops early; what was counted by then is in the result, which says so.</param>
    /// <returns>The facts of the count; those of closing are added by <see cref="CloseAsync"/>.</returns>
    public async Task<StepResult> GrowAsync(int sessions, OpenPace pace, CancellationToken interrupted)
    {
        if (pool is null)
            return unresolved is null ? Empty(sessions) with { StoppedEarly = InterruptedText } : Unresolved(sessions);
        var start = time.GetTimestamp();
        var activity = "opening";
        using var alive = time.CreateTimer(
            _ => progress.Report(new(sessions, activity, pool.Counts.Attempted, pool.Counts.Open, time.GetElapsedTime(start))),
            null, SignOfLife, SignOfLife);

        await OpenAsync(pool, sessions, pace, interrupted).ConfigureAwait(false);
        var openSeconds = time.GetElapsedTime(start).TotalSeconds;
        activity = "holding";
        await Task.Delay(timing.Hold, time, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        activity = "proving each alive";
        var held = await pool.ProveAsync(interrupted).ConfigureAwait(false);
        // All facts are those of the count: what ends later was held, and a step that was counted was not interrupted.
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var facts = await pool.ReadAsync().ConfigureAwait(false);
        var atCount = await meter.ReadAsync(pool.ProcessIds, interrupted).ConfigureAwait(false);
        return Counted(sessions, facts, held) with
        {
            Seconds = seconds,
            OpenSeconds = openSeconds,
            StoppedEarly = interrupted.IsCancellationRequested ? InterruptedText : facts.StoppedEarly,
            Resources = ResourceMeter.Between(before!, atCount) with { WorkerCount = pool.ProcessIds.Length },
        };
    }

    /// <summary>Closes everything, bounded, and completes the facts of the last count.</summary>
    /// <param name="counted">What the last count gave.</param>
    /// <param name="interrupted">Resets at once instead of closing.</param>
    public async Task<StepResult> CloseAsync(StepResult counted, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        if (pool is null)
            return counted;
        var start = time.GetTimestamp();
        await pool.CloseAsync(interrupted).ConfigureAwait(false);
        return counted with
        {
            CloseSeconds = time.GetElapsedTime(start).TotalSeconds,
            Resources = counted.Resources with { TimeWaitAfter = ResourceMeter.TimeWait() },
        };
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
        before = await meter.ReadAsync(pool.ProcessIds, interrupted).ConfigureAwait(false);
    }

    internal void CannotResolve(SocketException e) =>
        unresolved = e.SocketErrorCode == SocketError.TryAgain ? "the resolver did not answer" : "the name does not exist";

    private async Task OpenAsync(IConnectionPool opening, int sessions, OpenPace pace, CancellationToken interrupted)
    {
        using var deadline = new CancellationTokenSource(timing.OpenTime(options.PongTimeout), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, interrupted);
        await opening.OpenAsync(sessions - opening.Counts.Attempted, pace, stop.Token).ConfigureAwait(false);
    }

    private StepResult Counted(int sessions, PoolFacts facts, int held) => Empty(sessions) with
    {
        Attempted = facts.Counts.Attempted,
        Opened = facts.Counts.Opened,
        Held = held,
        Failures = facts.Failures,
        Examples = facts.Examples,
        DnsMilliseconds = facts.ResolveTime?.TotalMilliseconds,
        ConnectMilliseconds = Latencies.Of(facts.Timings.Select(t => t.Total)),
        TcpMilliseconds = Latencies.Of(facts.Timings.Select(t => (long)t.Tcp)),
        TlsMilliseconds = facts.Timings.Any(t => t.Tls > 0) ? Latencies.Of(facts.Timings.Select(t => (long)t.Tls)) : null,
        UpgradeMilliseconds = Latencies.Of(facts.Timings.Select(t => (long)t.Upgrade)),
        PongMilliseconds = Latencies.Of(facts.PongMicroseconds.Select(m => (long)m)),
    };

    private StepResult Empty(int sessions) => new()
    {
        Number = number,
        Sessions = sessions,
        StartedAt = startedAt,
        Attempted = 0,
        Opened = 0,
        Held = 0,
        Seconds = 0,
    };

    // One attempt was made, and it ended at the name: asking the resolver once for each connection would be a storm.
    private StepResult Unresolved(int sessions)
    {
        var failure = new FailureClass(FailureKind.DnsFailure).ToString();
        return Empty(sessions) with
        {
            Attempted = 1,
            Failures = ImmutableSortedDictionary<string, int>.Empty.Add(failure, 1),
            Examples = ImmutableSortedDictionary<string, string>.Empty.Add(failure, $"{options.Url.IdnHost}: {unresolved}"),
            StoppedEarly = $"{options.Url.IdnHost} could not be resolved",
        };
    }
}
