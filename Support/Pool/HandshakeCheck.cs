using System.Net.Sockets;
using Support.Host;

namespace Support.Pool;

/// <summary>How the handshake before the ladder went, with the class of its failure.</summary>
/// <param name="Ok">As of <see cref="HandshakeProbe"/>.</param>
/// <param name="Actual">As of <see cref="HandshakeProbe"/>.</param>
/// <param name="Next">As of <see cref="HandshakeProbe"/>.</param>
/// <param name="Failure">Why it failed; null where it did not, or no answer came.</param>
internal sealed record HandshakeAnswer(bool Ok, string Actual, string Next, FailureClass? Failure)
    : HandshakeProbe(Ok, Actual, Next);

/// <summary>One real handshake with the target before the ladder: opened, responsive, closed.</summary>
internal static class HandshakeCheck
{
    /// <summary>Runs it; never throws for what a target or a path does.</summary>
    public static async Task<HandshakeAnswer> RunAsync(PoolOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var pool = await WebSocketPool.CreateAsync(options, TimeProvider.System, cancellationToken)
                .ConfigureAwait(false);
            await using (pool.ConfigureAwait(false))
            {
                await pool.OpenAsync(1, cancellationToken).ConfigureAwait(false);
                var held = pool.Counts.Opened == 0 ? 0 : await pool.PingAsync(cancellationToken).ConfigureAwait(false);
                await pool.CloseAsync(cancellationToken).ConfigureAwait(false);
                return held == 1 ? Opened(pool) : Failed(pool);
            }
        }
        catch (SocketException e)
        {
            FailureClass unresolved = new(FailureKind.DnsFailure);
            return new(
                false, $"{unresolved}: {options.Url.IdnHost} does not resolve ({e.SocketErrorCode})",
                "Check the host in Target.Url and the resolver of this machine.", unresolved);
        }
    }

    private static HandshakeAnswer Opened(WebSocketPool pool) => new(
        true,
        Say($"opened in {pool.Timings[0].Total / 1000.0:0.0} ms, answered a ping, closed"),
        "", null);

    private static HandshakeAnswer Failed(WebSocketPool pool)
    {
        var failures = pool.Failures.Examples;
        return new(
            false,
            failures.IsEmpty ? "no answer" : $"{failures.Keys.First()}: {failures.Values.First()}",
            "See that the server runs and expects what is set: scheme, host, port and path of Target.Url, "
                + "Target.Headers, Target.Subprotocol, Target.CaFile; nothing was measured.",
            failures.IsEmpty ? null : failures.Keys.First());
    }
}
