using System.Collections.Immutable;
using System.Net.Sockets;
using Support.Pool;

namespace Support.Measuring;

/// <summary>
/// Asks a target that was just relieved of a step whether it still opens a connection: one an address, bounded.
/// </summary>
/// <remarks>
/// At most 3 s, in attempts of at most 2 s: a server that notices late that its places are free again gets them, one
/// that opens at once costs milliseconds. Where the step still held connections, and only as long as a new one is kept
/// waiting, at most 20 s in attempts of at most 10 s: the accept queue is first in, first out (listen(2)), and a slow
/// server has all that the step left in it to take first.
/// </remarks>
/// <param name="options">How the step opened its connections; its deadlines bound those of the attempts.</param>
/// <param name="pools">Where its connection is made.</param>
/// <param name="isHolding">Whether the step held any connection.</param>
/// <param name="time">The clock.</param>
internal sealed class TargetProbe(PoolOptions options, IPoolSource pools, bool isHolding, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QueuePatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan QueueAttemptTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private static readonly ImmutableHashSet<FailureKind> Silence =
        [FailureKind.Refused, FailureKind.ConnectTimeout, FailureKind.HandshakeTimeout, FailureKind.Unreachable];

    private static readonly ImmutableHashSet<FailureKind> Waiting =
        [FailureKind.ConnectTimeout, FailureKind.HandshakeTimeout];

    // This side's own trouble: then nobody was asked.
    private static readonly ImmutableHashSet<FailureKind> Ours =
        [FailureKind.ClientLimit,
            FailureKind.DnsFailure, FailureKind.EnvironmentFailure, FailureKind.HarnessError, FailureKind.Interrupted];

    private readonly PoolOptions asking = options with
    {
        AttemptTimeout = Least(options.AttemptTimeout, isHolding ? QueueAttemptTimeout : AttemptTimeout),
        PongTimeout = Least(options.PongTimeout, PongTimeout),
        CloseTimeout = Least(options.CloseTimeout, CloseTimeout),
    };

    /// <summary>Asks; never throws for what a target or a path does.</summary>
    /// <param name="addresses">
    /// The target's addresses, at least 1: one bad one among them must not answer for all.
    /// </param>
    /// <param name="again">
    /// Whether to ask again, within the bound, until it opens: of no use with a target that never opened.
    /// </param>
    /// <param name="interrupted">Ends it; then nobody was asked.</param>
    public async Task<TargetAnswer> AskAsync(int addresses, bool again, CancellationToken interrupted)
    {
        var start = time.GetTimestamp();
        using var patience = new CancellationTokenSource(isHolding ? QueuePatience : Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, interrupted);
        var answer = TargetAnswer.NotAsked;
        while (answer != TargetAnswer.Opens && !stop.IsCancellationRequested)
        {
            var (next, isWaiting) = await TryAsync(addresses, stop.Token).ConfigureAwait(false);
            // What was cut off by the end of the patience says nothing new.
            answer = next == TargetAnswer.NotAsked ? answer : next;
            if (!again || (!isWaiting && time.GetElapsedTime(start) >= Patience))
                break;
            if (answer != TargetAnswer.Opens)
                await Task.Delay(Rest, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return interrupted.IsCancellationRequested ? TargetAnswer.NotAsked : answer;
    }

    // Whether it was kept waiting is the second: neither accepted nor answered, and not refused.
    private async Task<(TargetAnswer Answer, bool IsWaiting)> TryAsync(int addresses, CancellationToken stop)
    {
        try
        {
            var pool = await pools.CreateAsync(asking, addresses, stop).ConfigureAwait(false);
            await using (pool.ConfigureAwait(false))
            {
                await pool.OpenAsync(addresses, new(addresses, null), stop).ConfigureAwait(false);
                var opens = pool.Counts.Opened > 0 && await pool.PingAsync(stop).ConfigureAwait(false) > 0;
                await pool.CloseAsync(stop).ConfigureAwait(false);
                if (opens)
                    return (TargetAnswer.Opens, false);
                var failures = (await pool.ReadAsync().ConfigureAwait(false)).Failures.Keys;
                return (Of(failures), failures.Any(one => Waiting.Contains(one.Kind)));
            }
        }
        catch (Exception e) when (e is SocketException
            || (e is OperationCanceledException && stop.IsCancellationRequested))
        {
            // The name did not resolve, or there was no time for it: nobody was asked.
            return (TargetAnswer.NotAsked, false);
        }
    }

    /// <summary>What failures say of the target: any that needs somebody to send it is an answer.</summary>
    internal static TargetAnswer Of(IEnumerable<FailureClass> failures)
    {
        var kinds = failures.Select(one => one.Kind).Where(kind => !Ours.Contains(kind)).ToList();
        return kinds.Count == 0 ? TargetAnswer.NotAsked
            : kinds.TrueForAll(Silence.Contains) ? TargetAnswer.Gone
            : TargetAnswer.Rejects;
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
