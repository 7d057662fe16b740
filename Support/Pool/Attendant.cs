using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;

namespace Support.Pool;

/// <summary>
/// Looks after open connections: answers pings, notices ends, proves, closes. One look goes over all of them and asks each
/// socket for what came; nobody else touches a connection once it was added, so none needs a lock of its own.
/// </summary>
internal sealed class Attendant : IAsyncDisposable
{
    // Looking takes at most a fiftieth of the time, however many connections there are.
    private const int RestPerLook = 49;

    // A peer that floods gets its turn again at the next look.
    private const int MaxReadsPerLook = 16;

    // Pings out at once: enough to keep the peer busy, few enough that a pong's time is the peer's and not our queue's.
    private const int ProofBatch = 100;

    private const int PingPayload = 4;
    private const ushort NormalClosure = 1000;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortRest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(10);

    // After the closing handshake the server closes TCP first (RFC 6455, 7.1.1); one that leaves it to us gets a reset.
    private static readonly TimeSpan FinTimeout = TimeSpan.FromSeconds(1);

    private readonly PoolOptions options;
    private readonly FailureTally failures;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource done = new();
    private readonly Lock gate = new();
    private readonly byte[] received = new byte[16 * 1024];
    private readonly byte[] frame = new byte[FrameWriter.MaxLength];
    private readonly List<int> pongMicroseconds = [];
    private readonly Task looking;

    // Written under the gate by Add and MakeRoom; read up to `added` by whoever has the turn.
    private Connection[] connections = [];
    private int added;

    // Written by whoever has the turn.
    private int ended;
    private uint round;

    public Attendant(PoolOptions options, FailureTally failures, TimeProvider time)
    {
        (this.options, this.failures, this.time) = (options, failures, time);
        looking = Task.Run(LookOnAsync);
    }

    public int Added => Volatile.Read(ref added);

    public int Open => Added - Volatile.Read(ref ended);

    public IReadOnlyList<int> PongMicroseconds => pongMicroseconds;

    public void MakeRoom(int more)
    {
        lock (gate)
            Array.Resize(ref connections, added + more);
    }

    public void Add(Connection connection)
    {
        lock (gate)
        {
            connections[added] = connection;
            Volatile.Write(ref added, added + 1);
        }
    }

    public async Task<int> ProveAsync(CancellationToken stop)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            round++;
            pongMicroseconds.Clear();
            await PingAllAsync(Living(), stop).ConfigureAwait(false);
            // The instant of the count: whoever ended since its pong is found by one last look at all, behind what else it sent.
            Look(toTheEnd: true);
            var held = 0;
            foreach (var connection in Snapshot())
                held += connection.Phase == ConnectionPhase.Proven ? 1 : 0;
            return held;
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await CloseAllAsync(Living(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync().ConfigureAwait(false);
        try
        {
            await looking.ConfigureAwait(false);
        }
        finally
        {
            // Whatever became of the looking, nothing stays open.
            foreach (var connection in Living())
                End(connection, null, reset: true);
            done.Dispose();
            turn.Dispose();
        }
    }

    private async Task LookOnAsync()
    {
        var rest = LookInterval;
        while (true)
        {
            await Task.Delay(rest, time, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
                return;
            await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            var start = time.GetTimestamp();
            try
            {
                Look();
            }
            finally
            {
                turn.Release();
            }

            var took = time.GetElapsedTime(start);
            rest = took * RestPerLook > LookInterval ? took * RestPerLook : LookInterval;
        }
    }

    private ReadOnlySpan<Connection> Snapshot()
    {
        lock (gate)
            return connections.AsSpan(0, added);
    }

    private List<Connection> Living()
    {
        var living = new List<Connection>();
        foreach (var connection in Snapshot())
        {
            if (connection.Phase != ConnectionPhase.Ended)
                living.Add(connection);
        }

        return living;
    }

    private void Look(bool toTheEnd = false)
    {
        foreach (var connection in Snapshot())
        {
            if (connection.Phase != ConnectionPhase.Ended)
                Attend(connection, toTheEnd);
        }
    }

    // An end right behind data is found by the next look, which saves a call for every pong; where there is no next one, at once.
    private void Attend(Connection connection, bool toTheEnd = false)
    {
        if (connection.Early is { } early)
        {
            connection.Early = null;
            Take(connection, early);
        }

        for (var reads = 0; reads < MaxReadsPerLook && connection.Phase != ConnectionPhase.Ended; reads++)
        {
            var count = connection.TryReceive(received, out var error);
            if (error == SocketError.WouldBlock)
                return;
            if (error != SocketError.Success)
                EndByPeer(connection, SocketFailures.AfterOpen(error));
            else if (count == 0)
                EndByPeer(connection, new(FailureKind.DroppedAbnormally, "fin", "the peer ended TCP without a close frame"));
            else
                Take(connection, received.AsSpan(0, count));
            if (count < received.Length && !toTheEnd && connection is not TlsConnection)
                return;
        }
    }

    private void Take(Connection connection, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && connection.Phase != ConnectionPhase.Ended)
        {
            switch (connection.Reader.Read(ref bytes, out var payload))
            {
                case FrameKind.Ping:
                    connection.TrySend(frame.AsSpan(0, FrameWriter.Pong(frame, payload)));
                    break;
                case FrameKind.Pong when connection.Phase == ConnectionPhase.PingSent && IsOfThisRound(payload):
                    connection.Phase = ConnectionPhase.Proven;
                    break;
                case FrameKind.Close:
                    TakeClose(connection, payload);
                    break;
                case FrameKind.Violation:
                    EndByPeer(connection, new(FailureKind.ProtocolViolation, null, connection.Reader.Violation!), reset: true);
                    break;
                default:
                    // A message, a pong that nobody asked for (RFC 6455, 5.5.3), or nothing whole yet.
                    break;
            }
        }
    }

    private bool IsOfThisRound(ReadOnlySpan<byte> payload) =>
        payload.Length == PingPayload && BinaryPrimitives.ReadUInt32BigEndian(payload) == round;

    private void TakeClose(Connection connection, ReadOnlySpan<byte> payload)
    {
        if (connection.Phase >= ConnectionPhase.CloseSent)
        {
            connection.Phase = connection.Phase == ConnectionPhase.CloseSent ? ConnectionPhase.CloseAnswered : connection.Phase;
            return;
        }

        // 1005 stands for a close frame without a code (RFC 6455, 7.4.1).
        var code = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : (ushort)1005;
        var reason = payload.Length > 2 ? $" with the reason '{System.Text.Encoding.UTF8.GetString(payload[2..])}'" : "";
        connection.TrySend(frame.AsSpan(0, FrameWriter.Close(frame, code == 1005 ? NormalClosure : code)));
        failures.Add(new(FailureKind.ClosedByPeer, code.ToString(CultureInfo.InvariantCulture), $"the peer closed with {code}{reason}"));
        Volatile.Write(ref ended, ended + 1);
        connection.Phase = ConnectionPhase.Leaving;
    }

    // After a close frame from either side the connection is counted already, as what it was.
    private void EndByPeer(Connection connection, Failure failure, bool reset = false) =>
        End(connection, connection.Phase >= ConnectionPhase.CloseSent ? null : failure, reset);

    private void End(Connection connection, Failure? failure, bool reset)
    {
        if (connection.Phase != ConnectionPhase.Leaving)
            Volatile.Write(ref ended, ended + 1);
        connection.Phase = ConnectionPhase.Ended;
        if (failure is not null)
            failures.Add(failure);
        if (reset)
            connection.Reset();
        else
            connection.Close();
    }

    private async Task PingAllAsync(List<Connection> living, CancellationToken stop)
    {
        var late = new List<(Connection Connection, long Sent)>();
        var payload = new byte[PingPayload];
        BinaryPrimitives.WriteUInt32BigEndian(payload, round);
        foreach (var batch in living.Chunk(ProofBatch))
        {
            var waiting = Ping(batch, payload);
            // A peer in good health answers a batch within moments; who does not is looked at again below.
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
        var unproven = late.Count > 0 && stop.IsCancellationRequested
            ? new Failure(FailureKind.Interrupted, null, "open, and the run was stopped before its pong could come")
            : new Failure(FailureKind.IdleLost, null, "open, and no pong came before the deadline: the path or the application is dead");
        foreach (var (connection, _) in late.Where(item => item.Connection.Phase == ConnectionPhase.PingSent))
            End(connection, unproven, reset: true);
    }

    private List<(Connection Connection, long Sent)> Ping(Connection[] batch, byte[] payload)
    {
        var waiting = new List<(Connection, long)>(batch.Length);
        foreach (var connection in batch)
        {
            // What ended in the hold is found before it is pinged, as what it was.
            Attend(connection);
            if (connection.Phase > ConnectionPhase.Proven)
                continue;
            connection.Phase = ConnectionPhase.PingSent;
            var error = connection.TrySend(frame.AsSpan(0, FrameWriter.Ping(frame, payload)));
            if (error is SocketError.Success or SocketError.WouldBlock)
                waiting.Add((connection, time.GetTimestamp()));
            else
                EndByPeer(connection, SocketFailures.AfterOpen(error));
        }

        return waiting;
    }

    private void Collect(List<(Connection Connection, long Sent)> waiting) => waiting.RemoveAll(item =>
    {
        Attend(item.Connection);
        if (item.Connection.Phase == ConnectionPhase.Proven)
            pongMicroseconds.Add((int)time.GetElapsedTime(item.Sent).TotalMicroseconds);
        return item.Connection.Phase != ConnectionPhase.PingSent;
    });

    private async Task CloseAllAsync(List<Connection> living, CancellationToken cancellationToken)
    {
        foreach (var connection in living)
        {
            Attend(connection);
            if (connection.Phase > ConnectionPhase.Proven)
                continue;
            connection.Phase = ConnectionPhase.CloseSent;
            if (connection.TrySend(frame.AsSpan(0, FrameWriter.Close(frame, NormalClosure))) != SocketError.Success)
                End(connection, null, reset: true);
        }

        var start = time.GetTimestamp();
        var progress = start;
        while (living.Count > 0 && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(start) < LongestClose)
        {
            var answered = living.Count(IsAnswered);
            living.ForEach(connection => { if (connection.Phase != ConnectionPhase.Ended) Attend(connection); });
            var moved = living.RemoveAll(c => c.Phase == ConnectionPhase.Ended) > 0
                || living.Count(IsAnswered) > answered;
            if (moved)
                progress = time.GetTimestamp();
            var patience = living.TrueForAll(IsAnswered) ? FinTimeout : options.CloseTimeout;
            if (time.GetElapsedTime(progress) > patience)
                break;
            await RestAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var connection in living.Where(c => c.Phase != ConnectionPhase.Ended))
            End(connection, null, reset: true);
    }

    private static bool IsAnswered(Connection connection) => connection.Phase is ConnectionPhase.CloseAnswered or ConnectionPhase.Leaving;

    private async Task RestAsync(CancellationToken stop) =>
        await Task.Delay(ShortRest, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
