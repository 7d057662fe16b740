using System.Collections.Immutable;
using Support.Host;
using Support.Pool;

namespace Support.Measuring.SelfTest;

/// <summary>
/// Tests the suite before it measures: it reads a server with a hidden cap and one that drops a random share, and each
/// reading is compared with what that server itself counted. What one waits for is an event of the other and no time:
/// the drops come once everything was opened, and the counts are compared once the server has dropped.
/// </summary>
/// <param name="pools">Where the run's own connections are held: the same pool.</param>
/// <param name="time">The clock.</param>
internal sealed class SelfTestRunner(IPoolSource pools, TimeProvider time)
{
    /// <summary>How often and how long this side was stopped so far; null where not known.</summary>
    internal Func<CpuThrottling?> Throttling { get; init; } = () => CgroupUsage.Read()?.Throttling;

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
        var deadline = new SelfTestDeadline(time, Throttling);
        await using (deadline.ConfigureAwait(false))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Overdue, interrupted);
            ImmutableArray<SelfTestReading> readings;
            await using (servers.ConfigureAwait(false))
            {
                var trial = new SelfTestTrial(pools, time, servers, deadline, stop.Token);
                readings =
                [
                    await trial.CapAsync().ConfigureAwait(false), await trial.DropsAsync().ConfigureAwait(false),
                ];
            }

            var took = deadline.Elapsed.TotalSeconds;
            return new(readings, took)
            {
                ThrottledSeconds = deadline.Throttled is { } throttled ? Math.Min(throttled.TotalSeconds, took) : null,
            };
        }
    }
}
