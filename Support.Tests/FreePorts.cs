using System.Net;
using System.Net.Sockets;

namespace Support.Tests;

/// <summary>
/// Ports for servers that can't ask for a free one: each is given once a run, and below those of this machine's own
/// connections (32768 and up), one of which would take it before the server listens.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Another run on this machine most likely starts elsewhere.
    private static int given = Random.Shared.Next(Count);

    /// <summary>One that is free now.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref given) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody listens there: the next.
            }
        }
    }
}
