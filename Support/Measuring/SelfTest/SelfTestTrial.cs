using Support.Pool;
using Support.Targets;

namespace Support.Measuring.SelfTest;

/// <summary>The readings of two servers, one after the other.</summary>
/// <param name="pools">Where the connections are held.</param>
/// <param name="time">The clock.</param>
/// <param name="servers">The servers, started or starting.</param>
/// <param name="deadline">Told what moves.</param>
/// <param name="stop">Cancelled where the deadline has passed or the run was stopped.</param>
internal sealed class SelfTestTrial(
    IPoolSource pools, TimeProvider time, SelfTestServers servers, SelfTestDeadline deadline, CancellationToken stop)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private SelfTestDraw Draw => servers.Draw;

    public Task<SelfTestReading> CapAsync() => ReadAsync(
        SelfTestComparison.CapName, servers.Cap, Draw.Cap + Draw.OverCap, TargetStatsReader.WaitAsync,
        (count, seconds) => SelfTestComparison.OfCap(Draw, count, seconds));

    public Task<SelfTestReading> DropsAsync() => ReadAsync(
        SelfTestComparison.DropsName, servers.Drops, Draw.Sessions, TargetStatsReader.DropAsync,
        (count, seconds) => SelfTestComparison.OfDrops(Draw, count, seconds));

    private async Task<SelfTestReading> ReadAsync(
        string name, Task<EmbeddedTarget> starting, int wanted, Ask opened,
        Func<SelfTestCount, double, SelfTestReading> compare)
    {
        var start = time.GetTimestamp();
        try
        {
            var server = await starting.WaitAsync(stop).ConfigureAwait(false);
            var count = await CountAsync(server.Url, wanted, opened).ConfigureAwait(false);
            return compare(count, time.GetElapsedTime(start).TotalSeconds);
        }
        catch (OperationCanceledException) when (deadline.Overdue.IsCancellationRequested)
        {
            return SelfTestComparison.Overdue(
                name, Draw, time.GetElapsedTime(start).TotalSeconds, deadline.IsOutOfTime);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever it was: a self-test that cannot run is not passed.
            return SelfTestComparison.Failed(
                name, Draw, time.GetElapsedTime(start).TotalSeconds,
                $"it could not run: {fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task<SelfTestCount> CountAsync(Uri server, int wanted, Ask opened)
    {
        // The overall deadline alone: an attempt or a pong that a starved machine delays is no miscount.
        var options = new PoolOptions
        {
            Url = server,
            Insecure = servers.Tls,
            AttemptTimeout = SelfTestDeadline.Longest,
            PongTimeout = SelfTestDeadline.Longest,
        };
        var pool = await pools.CreateAsync(options, wanted, stop).ConfigureAwait(false);
        await using (pool.ConfigureAwait(false))
        {
            deadline.Watch(() => (server, pool.Counts));
            await pool.OpenAsync(wanted, options.Pace, stop).ConfigureAwait(false);
            await AskAsync(opened, server).ConfigureAwait(false);
            var held = await pool.PingAsync(stop).ConfigureAwait(false);
            var count = new SelfTestCount(
                wanted, await pool.ReadAsync().ConfigureAwait(false), held,
                await AskAsync(TargetStatsReader.WaitAsync, server).ConfigureAwait(false));
            await pool.CloseAsync(stop).ConfigureAwait(false);
            return count;
        }
    }

    // The server runs, so it answers: what kept it from that is gone the next time.
    private async Task<TargetStats> AskAsync(Ask ask, Uri server)
    {
        while (true)
        {
            if (await ask(server, stop).ConfigureAwait(false) is { } stats)
                return stats;
            await Task.Delay(Poll, time, stop).ConfigureAwait(false);
        }
    }

    private delegate Task<TargetStats?> Ask(Uri server, CancellationToken stop);
}
