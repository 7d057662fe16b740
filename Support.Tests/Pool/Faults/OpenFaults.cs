namespace Support.Tests.Pool.Faults;

/// <summary>
/// Servers that open as they should, wait until the test says that all is open, and then do one thing.
/// </summary>
internal static class OpenFaults
{
    /// <summary>Ends TCP without a close frame.</summary>
    public static readonly Behaviour Fin = Then(TcpFaults.FinAtOnce);

    /// <summary>Resets.</summary>
    public static readonly Behaviour Rst = Then(TcpFaults.RstAtOnce);

    /// <summary>Opens, waits, and then misbehaves.</summary>
    public static Behaviour Then(Behaviour fault) => async (peer, stop) =>
    {
        await peer.UpgradeAsync(stop);
        await peer.Server.GoneAsync(stop);
        await fault(peer, stop);
    };

    /// <summary>Sends bytes and no answer to anything.</summary>
    public static Behaviour Sends(params byte[] bytes) => Then((peer, stop) => peer.SendAsync(bytes, stop));

    /// <summary>Sends frames and goes on as a good server.</summary>
    public static Behaviour SendsAndServes(params byte[][] frames) => Then(async (peer, stop) =>
    {
        foreach (var frame in frames)
            await peer.SendAsync(frame, stop);
        await GoodServer.ServeAsync(peer, stop);
    });

    /// <summary>Starts the closing handshake, waits for the client's half, and ends TCP.</summary>
    public static Behaviour Closes(params byte[] closeFrame) => Then((peer, stop) => ClosesNow(peer, closeFrame, stop));

    /// <summary>As <see cref="Closes"/>, without waiting for the test.</summary>
    public static async Task ClosesNow(Peer peer, byte[] closeFrame, CancellationToken stop)
    {
        await peer.SendAsync(closeFrame, stop);
        while (await peer.ReadFrameAsync(stop) is { Opcode: not 8 })
        {
        }

        peer.Fin();
    }

    /// <summary>At the first ping does something else instead of answering it.</summary>
    public static Behaviour AtPing(Behaviour instead) => async (peer, stop) =>
    {
        await peer.UpgradeAsync(stop);
        while (await peer.ReadFrameAsync(stop) is { Opcode: not 9 })
        {
        }

        await instead(peer, stop);
    };

    /// <summary>Sends messages without end, and answers pings in between.</summary>
    public static async Task Flood(Peer peer, CancellationToken stop)
    {
        await peer.UpgradeAsync(stop);
        await peer.Server.GoneAsync(stop);
        var message = ServerFrame.Binary(64 * 1024);
        var reading = peer.ReadFrameAsync(stop);
        while (true)
        {
            await peer.SendAsync(message, stop);
            if (!reading.IsCompleted)
                continue;
            if (await reading is not { } frame)
                return;
            if (frame.Opcode == 9)
                await peer.SendAsync(ServerFrame.Pong(frame.Payload), stop);
            reading = peer.ReadFrameAsync(stop);
        }
    }
}
