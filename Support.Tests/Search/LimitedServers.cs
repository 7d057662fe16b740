using Support.Tests.Pool.Faults;

namespace Support.Tests.Search;

/// <summary>Servers with a limit, as behaviours of a <see cref="FaultServer"/>.</summary>
internal static class LimitedServers
{
    /// <summary>Answers 503 while so many are open.</summary>
    public static Behaviour Cap(int cap)
    {
        var open = 0;
        return async (peer, stop) =>
        {
            var mine = Interlocked.Increment(ref open) <= cap;
            try
            {
                await (mine ? GoodServer.Echo(peer, stop) : RejectAsync(peer, stop));
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        };
    }

    /// <summary>Answers 503 where its bucket is empty: it holds so many, and gains so many a second; holds any number that comes slowly.</summary>
    public static Behaviour Rate(int bucket, double perSecond)
    {
        var gate = new Lock();
        var (tokens, at) = ((double)bucket, TimeProvider.System.GetTimestamp());
        return async (peer, stop) =>
        {
            bool mine;
            lock (gate)
            {
                tokens = Math.Min(bucket, tokens + (TimeProvider.System.GetElapsedTime(at).TotalSeconds * perSecond));
                at = TimeProvider.System.GetTimestamp();
                mine = tokens >= 1;
                tokens -= mine ? 1 : 0;
            }

            await (mine ? GoodServer.Echo(peer, stop) : RejectAsync(peer, stop));
        };
    }

    private static async Task RejectAsync(Peer peer, CancellationToken stop)
    {
        await peer.ReadRequestAsync(stop);
        await peer.SendAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
        peer.Fin();
    }
}
