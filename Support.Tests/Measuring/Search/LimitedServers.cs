using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring.Search;

/// <summary>Servers with a limit, as behaviours of a <see cref="FaultServer"/>.</summary>
internal static class LimitedServers
{
    /// <summary>Answers 503 while so many are open.</summary>
    public static Behaviour Cap(int cap) => Cap(() => cap);

    /// <summary>Answers 503 while as many are open as it says at the time.</summary>
    public static Behaviour Cap(Func<int> cap)
    {
        var open = 0;
        return async (peer, stop) =>
        {
            var mine = Interlocked.Increment(ref open) <= cap();
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

    private static async Task RejectAsync(Peer peer, CancellationToken stop)
    {
        await peer.ReadRequestAsync(stop);
        await peer.SendAsync(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
        peer.Fin();
    }
}
