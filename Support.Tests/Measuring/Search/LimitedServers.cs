using System.Collections.Concurrent;
using System.Net;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring.Search;

/// <summary>
/// Servers with a limit, as behaviours of a <see cref="FaultServer"/>: they answer 503 to what is above it.
/// </summary>
internal static class LimitedServers
{
    /// <summary>Holds so many.</summary>
    public static Behaviour Cap(int cap) => Cap(() => cap);

    /// <summary>Holds as many as it says at the time.</summary>
    public static Behaviour Cap(Func<int> cap) => Taking(open => open <= cap());

    /// <summary>Holds so many; what the client ended counts on for a while.</summary>
    public static Behaviour CapWithLateRelease(int cap, TimeSpan late)
    {
        var open = 0;
        return async (peer, stop) =>
        {
            var isTaken = Interlocked.Increment(ref open) <= cap;
            await AnswerAsync(isTaken, peer, () => { }, stop);
            _ = Task.Delay(isTaken ? late : TimeSpan.Zero, TimeProvider.System, stop)
                .ContinueWith(_ => Interlocked.Decrement(ref open), TaskScheduler.Default);
        };
    }

    /// <summary>Holds so many of each address.</summary>
    public static Behaviour CapPerAddress(int cap)
    {
        var open = new ConcurrentDictionary<IPAddress, int>();
        return (peer, stop) => AnswerAsync(
            open.AddOrUpdate(peer.From, 1, (_, count) => count + 1) <= cap, peer,
            () => open.AddOrUpdate(peer.From, 0, (_, count) => count - 1), stop);
    }

    /// <summary>Holds another number each time that nothing was open.</summary>
    /// <param name="cap">The number, by how often it was empty before.</param>
    public static Behaviour CapWhenEmpty(Func<int, int> cap)
    {
        var turn = -1;
        return Taking(open => open <= cap(open == 1 ? Interlocked.Increment(ref turn) : Volatile.Read(ref turn)));
    }

    private static Behaviour Taking(Func<int, bool> takes)
    {
        var open = 0;
        return (peer, stop) => AnswerAsync(
            takes(Interlocked.Increment(ref open)), peer, () => Interlocked.Decrement(ref open), stop);
    }

    private static async Task AnswerAsync(bool isTaken, Peer peer, Action ended, CancellationToken stop)
    {
        try
        {
            await (isTaken ? GoodServer.Echo(peer, stop) : RejectAsync(peer, stop));
        }
        finally
        {
            ended();
        }
    }

    private static async Task RejectAsync(Peer peer, CancellationToken stop)
    {
        await peer.ReadRequestAsync(stop);
        await peer.SendAsync(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
        peer.Fin();
    }
}
