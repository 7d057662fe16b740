using System.Buffers.Binary;
using System.Net.Sockets;

namespace Support.Pool;

/// <summary>Whether each connection is responsive.</summary>
internal sealed partial class ConnectionMonitor
{
    // Pings out at once: enough to keep the peer busy, few enough that a pong's time is the peer's and not our queue's.
    private const int PingBatch = 100;

    public async Task<int> PingAsync(CancellationToken stop)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            // Nobody watched since, so nothing that follows could be believed.
            if (IsBroken)
                await polling.ConfigureAwait(false);
            round++;
            pongMicroseconds.Clear();
            await PingAllAsync(Living(), stop).ConfigureAwait(false);
            // The instant of the count: whoever ended since its pong is found by one last poll of all, behind what else
            // it sent.
            PollAll(toTheEnd: true);
            var held = 0;
            foreach (var connection in Snapshot())
                held += connection.Phase == ConnectionPhase.Responsive ? 1 : 0;
            return held;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task PingAllAsync(List<Connection> living, CancellationToken stop)
    {
        var late = new List<(Connection Connection, long Sent)>();
        var payload = new byte[PingPayload];
        BinaryPrimitives.WriteUInt32BigEndian(payload, round);
        foreach (var batch in living.Chunk(PingBatch))
        {
            var waiting = Ping(batch, payload);
            // A peer in good health answers a batch within moments; who does not is polled again below.
            for (var tries = 0; tries < 20 && waiting.Count > 0; tries++)
            {
                Collect(waiting);
                if (waiting.Count > 0)
                    await RestAsync(stop).ConfigureAwait(false);
            }

            late.AddRange(waiting);
        }

        var start = time.GetTimestamp();
        while (late.Count > 0 && time.GetElapsedTime(start) < options.PongTimeout && !stop.IsCancellationRequested)
        {
            Collect(late);
            await RestAsync(stop).ConfigureAwait(false);
        }

        // Who was not given its time is not called dead.
        var silent = late.Count > 0 && stop.IsCancellationRequested
            ? new Failure(FailureKind.Interrupted, null, "the run was stopped before its pong could come")
            : new Failure(
                FailureKind.IdleLost,
                null,
                "no pong came before the deadline: the path or the application does not respond");
        foreach (var (connection, _) in late.Where(item => item.Connection.Phase == ConnectionPhase.PingSent))
            End(connection, silent, reset: true);
    }

    private List<(Connection Connection, long Sent)> Ping(Connection[] batch, byte[] payload)
    {
        var waiting = new List<(Connection, long)>(batch.Length);
        foreach (var connection in batch)
        {
            // What ended in the hold is found before it is pinged, as what it was.
            Poll(connection);
            if (connection.Phase > ConnectionPhase.Responsive)
                continue;
            connection.Phase = ConnectionPhase.PingSent;
            var error = connection.TrySend(frame.AsSpan(0, FrameWriter.Ping(frame, payload)));
            connection.LastByte = error == SocketError.Success ? Now() : connection.LastByte;
            if (error is SocketError.Success or SocketError.WouldBlock)
                waiting.Add((connection, time.GetTimestamp()));
            else
                EndByPeer(connection, SocketFailures.AfterOpen(error));
        }

        return waiting;
    }

    private void Collect(List<(Connection Connection, long Sent)> waiting) => waiting.RemoveAll(item =>
    {
        Poll(item.Connection);
        if (item.Connection.Phase == ConnectionPhase.Responsive)
            pongMicroseconds.Add((int)time.GetElapsedTime(item.Sent).TotalMicroseconds);
        return item.Connection.Phase != ConnectionPhase.PingSent;
    });
}
