using System.Collections.Immutable;
using Support.Pool;
using Support.Targets;

namespace Support.Measuring.SelfTest;

/// <summary>
/// Tests the suite before it measures: it reads a server with a hidden cap and one that drops a random share, and each
/// reading is compared with what that server itself counted.
/// </summary>
/// <param name="pools">Where the run's own connections are held: the same pool.</param>
/// <param name="time">The clock.</param>
internal sealed class SelfTestRunner(IPoolSource pools, TimeProvider time)
{
    // Usually a second or two; on a fraction of a processor two servers take long to start, and a slow machine is no
    // failed self-test.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts both servers, reads one after the other, and ends them.</summary>
    /// <param name="draw">What the servers are told, and the pool is not.</param>
    /// <param name="tls">Whether to read over TLS, as a run against a <c>wss</c> target does.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="interrupted"/> was cancelled; the servers are gone by then.
    /// </exception>
    public Task<SelfTestResult> RunAsync(SelfTestDraw draw, bool tls, CancellationToken interrupted) =>
        RunAsync(SelfTestServers.Start(draw, tls), interrupted);

    /// <summary>
    /// Reads both servers one after the other, and ends them. A failure of any kind is a reading that is not true.
    /// </summary>
    /// <param name="servers">The servers, started or starting; disposed here.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="interrupted"/> was cancelled; the servers are gone by then.
    /// </exception>
    public async Task<SelfTestResult> RunAsync(SelfTestServers servers, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(servers);
        var start = time.GetTimestamp();
        using var overdue = new CancellationTokenSource(Deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, interrupted);
        var (draw, tls) = (servers.Draw, servers.Tls);
        ImmutableArray<SelfTestReading> readings;
        await using (servers.ConfigureAwait(false))
        {
            readings =
            [
                await ReadAsync(SelfTestComparison.CapName, draw, servers.Cap,
                    server => CapAsync(draw, server, tls, stop.Token), stop.Token, interrupted).ConfigureAwait(false),
                await ReadAsync(SelfTestComparison.DropsName, draw, servers.Drops,
                    server => DropsAsync(draw, server, tls, stop.Token), stop.Token, interrupted).ConfigureAwait(false),
            ];
        }

        return new(readings, time.GetElapsedTime(start).TotalSeconds);
    }

    private async Task<SelfTestReading> ReadAsync(
        string name, SelfTestDraw draw, Task<EmbeddedTarget> starting,
        Func<Uri, Task<Func<double, SelfTestReading>>> measure,
        CancellationToken stop, CancellationToken interrupted)
    {
        var start = time.GetTimestamp();
        try
        {
            var compare = await measure((await starting.WaitAsync(stop).ConfigureAwait(false)).Url)
                .ConfigureAwait(false);
            return compare(time.GetElapsedTime(start).TotalSeconds);
        }
        catch (OperationCanceledException) when (!interrupted.IsCancellationRequested)
        {
            return SelfTestComparison.Failed(name, draw, time.GetElapsedTime(start).TotalSeconds,
                Say($"it took longer than {Deadline.TotalSeconds:0} s"));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever it was: a self-test that cannot run is not passed.
            return SelfTestComparison.Failed(
                name, draw, time.GetElapsedTime(start).TotalSeconds,
                $"it could not run: {fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task<Func<double, SelfTestReading>> CapAsync(
        SelfTestDraw draw, Uri server, bool tls, CancellationToken stop)
    {
        var count = await CountAsync(server, draw.Cap + draw.OverCap, draw.Cap, tls, stop).ConfigureAwait(false);
        return seconds => SelfTestComparison.OfCap(draw, count, seconds);
    }

    private async Task<Func<double, SelfTestReading>> DropsAsync(
        SelfTestDraw draw, Uri server, bool tls, CancellationToken stop)
    {
        var count = await CountAsync(server, draw.Sessions, draw.Sessions - draw.ExpectedDrops, tls, stop)
            .ConfigureAwait(false);
        return seconds => SelfTestComparison.OfDrops(draw, count, seconds);
    }

    private async Task<SelfTestCount> CountAsync(
        Uri server, int wanted, int expectedOpen, bool tls, CancellationToken stop)
    {
        // The overall deadline alone: an attempt or a pong that a starved machine delays is no miscount.
        var options =
            new PoolOptions { Url = server, Insecure = tls, AttemptTimeout = Deadline, PongTimeout = Deadline };
        var pool = await pools.CreateAsync(options, wanted, stop).ConfigureAwait(false);
        await using (pool.ConfigureAwait(false))
        {
            await pool.OpenAsync(wanted, options.Pace, stop).ConfigureAwait(false);
            await SettledAsync(server, expectedOpen, stop).ConfigureAwait(false);
            var held = await pool.PingAsync(stop).ConfigureAwait(false);
            var count = new SelfTestCount(
                wanted, await pool.ReadAsync().ConfigureAwait(false), held,
                await SettledAsync(server, int.MaxValue, stop).ConfigureAwait(false));
            await pool.CloseAsync(stop).ConfigureAwait(false);
            return count;
        }
    }

    // The server's numbers once it has no more open. No fixed wait: how late a drop or an answer comes depends on the
    // machine. The overall deadline bounds it.
    private async Task<TargetStats> SettledAsync(Uri server, int expectedOpen, CancellationToken stop)
    {
        while (true)
        {
            if (await TargetStatsReader.ReadAsync(server, stop).ConfigureAwait(false) is { } stats
                && stats.Open <= expectedOpen)
                return stats;
            await Task.Delay(Poll, time, stop).ConfigureAwait(false);
        }
    }
}
