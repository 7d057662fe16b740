using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring.Search;

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

    /// <summary>Holds any number that comes slowly: above so many it answers 503 to each that follows another within a fifth of a second.</summary>
    public static Behaviour Hasty(int free)
    {
        var gate = new Lock();
        var (open, at) = (0, TimeProvider.System.GetTimestamp());
        return async (peer, stop) =>
        {
            bool mine;
            lock (gate)
            {
                mine = open < free || TimeProvider.System.GetElapsedTime(at) > TimeSpan.FromMilliseconds(200);
                at = TimeProvider.System.GetTimestamp();
                open += mine ? 1 : 0;
            }

            await (mine ? GoodServer.Echo(peer, stop) : RejectAsync(peer, stop));
            await peer.DrainAsync(stop);
            lock (gate)
                open -= mine ? 1 : 0;
        };
    }

    private static async Task RejectAsync(Peer peer, CancellationToken stop)
    {
        await peer.ReadRequestAsync(stop);
        await peer.SendAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
        peer.Fin();
    }
}
