using System.Collections.Immutable;
using System.Net.Sockets;
using Support.Ladder;
using Support.Pool;

namespace Support.Measuring;

/// <summary>How long the parts of a step may take.</summary>
/// <param name="Hold">How long connections are held before they are counted.</param>
/// <param name="StepTimeout">The deadline of opening, holding and proving together.</param>
public sealed record StepTiming(TimeSpan Hold, TimeSpan StepTimeout)
{
    /// <summary>The part of the step's time that is kept for the proof: the pong deadline, and no more than a quarter of the step.</summary>
    public TimeSpan ProofTime(TimeSpan pongTimeout) => pongTimeout < StepTimeout / 4 ? pongTimeout : StepTimeout / 4;

    /// <summary>What is left for opening; at least half of the step, so that a long hold cannot eat it.</summary>
    public TimeSpan OpenTime(TimeSpan pongTimeout)
    {
        var rest = StepTimeout - Hold - ProofTime(pongTimeout);
        return rest > StepTimeout / 2 ? rest : StepTimeout / 2;
    }
}

/// <summary>Runs one step: open, hold, prove, count, close. Gives facts, never a judgement.</summary>
public sealed class StepRunner(PoolOptions options, StepTiming timing, ResourceMeter meter, TimeProvider time, IProgress<StepProgress> progress)
{
    // The contract promises a sign of life every 5 s; a second is left for a busy machine.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(4);

    // In a short step the proof has to end in the step's time.
    private PoolOptions InTime => options with { PongTimeout = timing.ProofTime(options.PongTimeout) };

    /// <summary>Runs the step; never throws for what a target, a path or a limit does.</summary>
    /// <param name="step">The step.</param>
    /// <param name="interrupted">Stops the step early; what was counted by then is in the result, which says so.</param>
    public async Task<StepResult> RunAsync(CapacityStep step, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(step);
        var startedAt = time.GetUtcNow();
        var before = await meter.ReadAsync(interrupted).ConfigureAwait(false);
        WebSocketPool pool;
        try
        {
            pool = await WebSocketPool.CreateAsync(InTime, time, interrupted).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return Unresolved(step, startedAt, e);
        }
        catch (OperationCanceledException)
        {
            return Empty(step, startedAt) with { StoppedEarly = InterruptedText };
        }

        await using (pool.ConfigureAwait(false))
            return await MeasureAsync(step, pool, startedAt, before, interrupted).ConfigureAwait(false);
    }

    /// <summary>What <see cref="StepResult.StoppedEarly"/> says of a step that was interrupted.</summary>
    public const string InterruptedText = "the run was interrupted";

    private async Task<StepResult> MeasureAsync(
        CapacityStep step, WebSocketPool pool, DateTimeOffset startedAt, ResourceReading before, CancellationToken interrupted)
    {
        var start = time.GetTimestamp();
        var activity = "opening";
        using var alive = time.CreateTimer(
            _ => progress.Report(new(step.Sessions, activity, pool.Counts.Attempted, pool.Counts.Open, time.GetElapsedTime(start))),
            null, SignOfLife, SignOfLife);

        await OpenAsync(step, pool, interrupted).ConfigureAwait(false);
        var openSeconds = time.GetElapsedTime(start).TotalSeconds;
        activity = "holding";
        await Task.Delay(timing.Hold, time, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        activity = "proving each alive";
        var held = await pool.ProveAsync(interrupted).ConfigureAwait(false);
        // All facts are those of the count: what ends later was held, and a step that was counted was not interrupted.
        var facts = Facts(step, pool, startedAt, held) with
        {
            Seconds = time.GetElapsedTime(start).TotalSeconds,
            OpenSeconds = openSeconds,
            StoppedEarly = interrupted.IsCancellationRequested ? InterruptedText : pool.StoppedEarly,
        };
        var atCount = await meter.ReadAsync(interrupted).ConfigureAwait(false);
        activity = "closing";
        var closeStart = time.GetTimestamp();
        await pool.CloseAsync(interrupted).ConfigureAwait(false);
        return facts with
        {
            CloseSeconds = time.GetElapsedTime(closeStart).TotalSeconds,
            Resources = ResourceMeter.Between(before, atCount) with { TimeWaitAfter = ResourceMeter.TimeWait() },
        };
    }

    private async Task OpenAsync(CapacityStep step, WebSocketPool pool, CancellationToken interrupted)
    {
        using var deadline = new CancellationTokenSource(timing.OpenTime(options.PongTimeout), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, interrupted);
        await pool.OpenAsync(step.Sessions, stop.Token).ConfigureAwait(false);
    }

    private static StepResult Facts(CapacityStep step, WebSocketPool pool, DateTimeOffset startedAt, int held)
    {
        var counts = pool.Counts;
        var timings = pool.Timings;
        return Empty(step, startedAt) with
        {
            Attempted = counts.Attempted,
            Opened = counts.Opened,
            Held = held,
            Failures = pool.Failures.Counts,
            Examples = pool.Failures.Examples,
            DnsMilliseconds = pool.ResolveTime?.TotalMilliseconds,
            ConnectMilliseconds = Latencies.Of(timings.Select(t => t.Total)),
            TcpMilliseconds = Latencies.Of(timings.Select(t => (long)t.Tcp)),
            TlsMilliseconds = timings.Any(t => t.Tls > 0) ? Latencies.Of(timings.Select(t => (long)t.Tls)) : null,
            UpgradeMilliseconds = Latencies.Of(timings.Select(t => (long)t.Upgrade)),
            PongMilliseconds = Latencies.Of(pool.PongMicroseconds.Select(m => (long)m)),
        };
    }

    private static StepResult Empty(CapacityStep step, DateTimeOffset startedAt) => new()
    {
        Number = step.Number,
        Sessions = step.Sessions,
        StartedAt = startedAt,
        Attempted = 0,
        Opened = 0,
        Held = 0,
        Seconds = 0,
    };

    // One attempt was made, and it ended at the name: asking the resolver once for each connection would be a storm.
    private StepResult Unresolved(CapacityStep step, DateTimeOffset startedAt, SocketException e)
    {
        var failure = new FailureClass(FailureKind.DnsFailure).ToString();
        var said = e.SocketErrorCode == SocketError.TryAgain ? "the resolver did not answer" : "the name does not exist";
        return Empty(step, startedAt) with
        {
            Attempted = 1,
            Failures = ImmutableSortedDictionary<string, int>.Empty.Add(failure, 1),
            Examples = ImmutableSortedDictionary<string, string>.Empty.Add(failure, $"{options.Url.IdnHost}: {said}"),
            StoppedEarly = $"{options.Url.IdnHost} could not be resolved",
        };
    }
}
