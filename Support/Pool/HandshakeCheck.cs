using System.Globalization;
using System.Net.Sockets;
using Support.Host;

namespace Support.Pool;

/// <summary>One real handshake with the target before the ladder: opened, proven alive, closed.</summary>
public static class HandshakeCheck
{
    /// <summary>Runs it; never throws for what a target or a path does.</summary>
    public static async Task<HandshakeProbe> RunAsync(PoolOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var pool = await WebSocketPool.CreateAsync(options, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            await using (pool.ConfigureAwait(false))
            {
                await pool.OpenAsync(1, cancellationToken).ConfigureAwait(false);
                var held = pool.Counts.Opened == 0 ? 0 : await pool.ProveAsync(cancellationToken).ConfigureAwait(false);
                await pool.CloseAsync(cancellationToken).ConfigureAwait(false);
                return held == 1 ? Opened(pool) : Failed(pool);
            }
        }
        catch (SocketException e)
        {
            return new(false, $"DnsFailure: {options.Url.IdnHost} does not resolve ({e.SocketErrorCode})", "Check the host in Target.Url and the resolver of this machine.");
        }
    }

    private static HandshakeProbe Opened(WebSocketPool pool) => new(
        true,
        string.Create(CultureInfo.InvariantCulture, $"opened in {pool.Timings[0].Total / 1000.0:0.0} ms, answered a ping, closed"),
        "");

    private static HandshakeProbe Failed(WebSocketPool pool)
    {
        var failure = pool.Failures.Examples.Select(pair => $"{pair.Key}: {pair.Value}").FirstOrDefault() ?? "no answer";
        return new(false, failure, "See that the server runs and expects what is set: scheme, host, port and path of Target.Url, Target.Headers, Target.Subprotocol, Target.CaFile; nothing was measured.");
    }
}
