namespace Support.Tests.Pool.Faults;

/// <summary>A server as it should be, and the ways to fall short in one of its duties.</summary>
internal static class GoodServer
{
    /// <summary>Upgrades, echoes messages, answers pings, answers the close handshake and ends TCP first.</summary>
    public static async Task Echo(Peer peer, CancellationToken stop)
    {
        await peer.UpgradeAsync(stop);
        await ServeAsync(peer, stop);
    }

    /// <summary>As <see cref="Echo"/>, with header lines more in the answer.</summary>
    public static Behaviour EchoWith(params string[] headers) => async (peer, stop) =>
    {
        await peer.UpgradeAsync(stop, headers);
        await ServeAsync(peer, stop);
    };

    /// <summary>Never answers pings; everything else is right.</summary>
    public static async Task NoPong(Peer peer, CancellationToken stop)
    {
        await peer.UpgradeAsync(stop);
        await ServeAsync(peer, stop, pongs: false);
    }

    /// <summary>Never answers the close handshake, and does not end TCP either.</summary>
    public static async Task NoCloseAnswer(Peer peer, CancellationToken stop)
    {
        await peer.UpgradeAsync(stop);
        await ServeAsync(peer, stop, closes: false);
    }

    /// <summary>Answers the close handshake and leaves the end of TCP to the client.</summary>
    public static async Task NoFin(Peer peer, CancellationToken stop)
    {
        await peer.UpgradeAsync(stop);
        await ServeAsync(peer, stop, fin: false);
    }

    /// <summary>Answers the close handshake, ends TLS, and leaves the end of TCP to the client.</summary>
    public static async Task EndsTlsOnly(Peer peer, CancellationToken stop)
    {
        await NoFin(peer, stop);
        await peer.EndTlsAsync();
    }

    /// <summary>What follows the upgrade.</summary>
    public static async Task ServeAsync(
        Peer peer, CancellationToken stop, bool pongs = true, bool closes = true, bool fin = true)
    {
        while (await peer.ReadFrameAsync(stop) is { } frame)
        {
            if (frame.Opcode is 1 or 2)
                await peer.SendAsync(ServerFrame.Raw(ServerFrame.Final | frame.Opcode, frame.Payload), stop);
            else if (frame.Opcode == 9 && pongs)
                await peer.SendAsync(ServerFrame.Pong(frame.Payload), stop);
            else if (frame.Opcode == 8 && closes)
            {
                await peer.SendAsync(ServerFrame.Close(frame.CloseCode), stop);
                if (fin)
                    peer.Fin();
                return;
            }
        }
    }
}
