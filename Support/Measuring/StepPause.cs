using System.Net;
using System.Net.NetworkInformation;
using Support.Environments;
using Support.Targets;
using TcpTable = Support.Environments.TcpTable;

namespace Support.Measuring;

/// <summary>
/// The pause between two steps: ends early once nothing of the step before is left, neither a socket of this machine towards
/// the target nor, where it says so itself, a connection in the target. A target that does not say is
/// given a second in any case. Where neither can be read the whole pause is kept.
/// </summary>
public sealed class StepPause(TimeSpan longest, IPEndPoint? target, Uri? stats, TimeProvider time)
{
    // A stranger does not say when it is done: what it or a proxy before it still holds of the step before, its limit counts.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits; returns how long.</summary>
    public async Task<TimeSpan> WaitAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < longest && !cancellationToken.IsCancellationRequested)
        {
            if ((stats is not null || time.GetElapsedTime(start) >= Settle) && await IsCleanAsync(cancellationToken).ConfigureAwait(false))
                break;
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return time.GetElapsedTime(start);
    }

    private async Task<bool> IsCleanAsync(CancellationToken cancellationToken)
    {
        if (target is null || TcpTable.CountTo(target) is not { } sockets)
            return false;
        // What the pool leaves in TIME_WAIT would block its ports for a minute; no pause of ours waits that out.
        var left = sockets.Total - sockets[TcpState.TimeWait];
        if (stats is null)
            return left == 0;
        // One socket may be the statistics' own.
        return left <= 1 && await TargetStatsReader.ReadAsync(stats, cancellationToken).ConfigureAwait(false) is { Open: 0 };
    }
}
