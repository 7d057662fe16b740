using System.Net;
using System.Net.NetworkInformation;
using Support.Host;
using Support.Targets;

namespace Support.Measuring;

/// <summary>
/// The pause between two steps: ends early once nothing of the step before is left, neither a socket of this machine
/// towards the target nor, where it says so itself, a connection in the target. A target that does not say is
/// given a second in any case. Where neither can be read the whole pause is kept.
/// </summary>
internal sealed class StepPause(TimeSpan longest, IPEndPoint? target, Uri? stats, TimeProvider time)
{
    // A stranger does not say when it is done: what it or a proxy before it still holds of the step before, its limit
    // counts.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Waits; returns how long. Ends early, and does not throw, where <paramref name="interrupted"/> is cancelled.
    /// </summary>
    public async Task<TimeSpan> WaitAsync(CancellationToken interrupted)
    {
        var start = time.GetTimestamp();
        if (longest <= TimeSpan.Zero)
            return TimeSpan.Zero;
        // Bounds the polls as well: a target that is slow to say what it holds must not make the pause longer than was
        // asked for.
        using var over = new CancellationTokenSource(longest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(over.Token, interrupted);
        while (!end.IsCancellationRequested
            && (!HasSettled(start) || !await IsCleanAsync(end.Token).ConfigureAwait(false)))
            await Task.Delay(Poll, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return time.GetElapsedTime(start);
    }

    private bool HasSettled(long start) => stats is not null || time.GetElapsedTime(start) >= Settle;

    private async Task<bool> IsCleanAsync(CancellationToken end)
    {
        if (target is null || TcpTable.CountTo([target]) is not { } sockets)
            return false;
        // What the pool leaves in TIME_WAIT would block its ports for a minute; no pause of ours waits that out.
        var left = sockets.Total - sockets[TcpState.TimeWait];
        if (stats is null)
            return left == 0;
        // One socket may be the statistics' own.
        return left <= 1 && await TargetOpen.ReadAsync(stats, end).ConfigureAwait(false) == 0;
    }
}
