using Support.Tests.Pool.Faults;

namespace Support.Tests.Verdict.Matrix;

/// <summary>Servers that only the fault matrix needs.</summary>
internal static class MatrixBehaviours
{
    /// <summary>Answers pings and the close handshake; whatever else is said is not answered.</summary>
    public static async Task NoEcho(Peer peer, CancellationToken stop)
    {
        await peer.UpgradeAsync(stop);
        while (await peer.ReadFrameAsync(stop) is { Opcode: not 8 } frame)
        {
            if (frame.Opcode == 9)
                await peer.SendAsync(ServerFrame.Pong(frame.Payload), stop);
        }

        await peer.SendAsync(ServerFrame.Close(1000), stop);
        peer.Fin();
    }

    /// <summary>A good server behind something that cuts what was silent for so long.</summary>
    public static Behaviour CutsAfter(TimeSpan silence) => async (peer, stop) =>
    {
        await peer.UpgradeAsync(stop);
        while (true)
        {
            var reading = peer.ReadFrameAsync(stop);
            if (await Task.WhenAny(reading, Task.Delay(silence, TimeProvider.System, stop)) != reading
                || await reading is not { } frame)
                break;
            if (frame.Opcode == 9)
                await peer.SendAsync(ServerFrame.Pong(frame.Payload), stop);
            if (frame.Opcode == 8)
                await peer.SendAsync(ServerFrame.Close(frame.CloseCode), stop);
        }

        peer.Fin();
    };

    /// <summary>The first few in one way, all others in another.</summary>
    public static Behaviour First(int few, Behaviour first, Behaviour then)
    {
        var number = 0;
        return (peer, stop) => Interlocked.Increment(ref number) <= few ? first(peer, stop) : then(peer, stop);
    }
}
