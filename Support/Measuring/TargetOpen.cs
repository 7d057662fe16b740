using Support.Targets;

namespace Support.Measuring;

/// <summary>
/// What the target itself counts as open; for a reader that has a measurement to bring home, whatever happens
/// meanwhile.
/// </summary>
internal static class TargetOpen
{
    // A server hears of an end a little later than this side.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Null where there is nobody to ask, where it does not answer, and where the wait was ended: never an exception.
    /// </summary>
    public static async Task<int?> ReadAsync(Uri? stats, CancellationToken stop) =>
        (await StatsAsync(stats, stop).ConfigureAwait(false))?.Open;

    /// <summary>As <see cref="ReadAsync"/>, all numbers.</summary>
    public static async Task<TargetStats?> StatsAsync(Uri? stats, CancellationToken stop)
    {
        if (stats is null || stop.IsCancellationRequested)
            return null;
        try
        {
            return await TargetStatsReader.ReadAsync(stats, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>
    /// As <see cref="StatsAsync"/>, and asks again for up to half a second while the target counts others than
    /// <paramref name="held"/>.
    /// </summary>
    public static async Task<TargetStats?> SettledAsync(Uri? stats, int held, TimeProvider time, CancellationToken stop)
    {
        var start = time.GetTimestamp();
        var answer = await StatsAsync(stats, stop).ConfigureAwait(false);
        while (answer is not null && answer.Open != held && time.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Rest, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // One that does not answer any more said what it said.
            if (await StatsAsync(stats, stop).ConfigureAwait(false) is not { } next)
                break;
            answer = next;
        }

        return answer;
    }
}
