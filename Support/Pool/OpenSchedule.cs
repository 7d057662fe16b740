namespace Support.Pool;

/// <summary>
/// Hands out attempts to the workers: so many in all, and where a rate is set each with its own moment.
/// </summary>
internal sealed class OpenSchedule(int count, double? rate, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    // Written by TryTake, by Interlocked.
    private int taken;

    /// <summary>Takes the next attempt; false where none is left.</summary>
    /// <param name="wait">How long it has to wait for its moment; zero or less for none.</param>
    public bool TryTake(out TimeSpan wait)
    {
        var index = Interlocked.Increment(ref taken) - 1;
        // The moment counts from the start, not from the attempt before, so that a slow one does not slow the rest.
        wait = rate is { } perSecond
            ? TimeSpan.FromSeconds(index / perSecond) - time.GetElapsedTime(start)
            : TimeSpan.Zero;
        return index < count;
    }

    /// <summary>
    /// How long the next attempt has to wait; zero or less for none, null where none is left. For a single taker.
    /// </summary>
    public TimeSpan? Next()
    {
        var index = Volatile.Read(ref taken);
        if (index >= count)
            return null;
        return rate is { } perSecond
            ? TimeSpan.FromSeconds(index / perSecond) - time.GetElapsedTime(start)
            : TimeSpan.Zero;
    }

    /// <summary>Waits for an attempt's moment; false where the stop came first.</summary>
    public async Task<bool> WaitAsync(TimeSpan wait, CancellationToken stop)
    {
        await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}
