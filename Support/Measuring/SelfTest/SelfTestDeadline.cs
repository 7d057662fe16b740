using Support.Host;

namespace Support.Measuring.SelfTest;

/// <summary>
/// Ends a self-test that does not get on. Time in which the quota of the control group kept this side from running is
/// not held against it, up to 5 minutes in all: a slow client counts as right as a fast one.
/// </summary>
internal sealed class SelfTestDeadline : IAsyncDisposable
{
    /// <summary>Without anything new, of time in which this side could run: it is stuck then.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>In all: a run with so little processor time has nothing to measure with.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider time;
    private readonly Func<CpuThrottling?> throttling;
    private readonly CpuThrottling? before;
    private readonly long start;
    private readonly CancellationTokenSource overdue = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Task watching;

    // What moves; another value than the last time is progress.
    private volatile Func<object?> state = () => null;

    /// <summary>Begins now.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="throttling">How often and how long this side was stopped so far; null where not known.</param>
    public SelfTestDeadline(TimeProvider time, Func<CpuThrottling?> throttling)
    {
        (this.time, this.throttling) = (time, throttling);
        (before, start) = (throttling(), time.GetTimestamp());
        watching = WatchAsync();
    }

    /// <summary>Cancelled once the deadline has passed.</summary>
    public CancellationToken Overdue => overdue.Token;

    /// <summary>Whether the deadline passed without that this side was stuck.</summary>
    public bool IsOutOfTime { get; private set; }

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>How much of it this side was throttled; null where not known.</summary>
    public TimeSpan? Throttled => throttling()?.Since(before);

    /// <summary>Says how to see that something moves: by values that are not equal.</summary>
    public void Watch(Func<object?> moving) => state = moving;

    /// <summary>The deadline does not pass any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        ended.Dispose();
        overdue.Dispose();
    }

    private async Task WatchAsync()
    {
        var (known, moved, throttled) = ((object?)null, start, before);
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(Poll, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (seen, stopped) = (state(), throttling());
            if (!Equals(seen, known))
                (known, moved, throttled) = (seen, time.GetTimestamp(), stopped);
            var silent = time.GetElapsedTime(moved) - (stopped?.Since(throttled) ?? TimeSpan.Zero);
            IsOutOfTime = Elapsed > Longest;
            if (!IsOutOfTime && silent < Silence)
                continue;
            await overdue.CancelAsync().ConfigureAwait(false);
            return;
        }
    }
}
