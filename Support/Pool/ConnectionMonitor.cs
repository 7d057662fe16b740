using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;

namespace Support.Pool;

/// <summary>
/// Watches open connections: answers pings, notices ends, pings, closes. One poll goes over all of them and asks
/// each socket for what came; nobody else touches a connection once it was added, so none needs a lock of its own.
/// </summary>
internal sealed partial class ConnectionMonitor : IAsyncDisposable
{
    // Polling takes at most a fiftieth of the time, however many connections there are; where there are few it is often
    // enough to tell when one ended.
    private const int RestPerPoll = 49;

    // A peer that floods gets its turn again at the next poll.
    private const int MaxReadsPerPoll = 16;

    private const int PingPayload = 4;
    private const ushort NormalClosure = 1000;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortRest = TimeSpan.FromMilliseconds(1);

    private readonly PoolOptions options;
    private readonly FailureTally failures;
    private readonly TimeProvider time;
    private readonly LagMeter lag;
    private readonly long made;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource done = new();
    private readonly Lock gate = new();
    private readonly byte[] received = new byte[16 * 1024];
    private readonly byte[] frame = new byte[FrameWriter.MaxLength];
    private readonly List<int> pongMicroseconds = [];
    private readonly Task polling;

    // Written under the gate by Add and MakeRoom; read up to `added` by whoever has the turn.
    private Connection[] connections = [];
    private int added;

    // Written by whoever has the turn.
    private int ended;
    private uint round;

    public ConnectionMonitor(PoolOptions options, FailureTally failures, TimeProvider time, LagMeter lag)
    {
        (this.options, this.failures, this.time, this.lag) = (options, failures, time, lag);
        made = time.GetTimestamp();
        polling = Task.Run(PollOnAsync);
    }

    /// <summary>Whether a poll threw, which is a fault of the suite: there was none since.</summary>
    public bool IsBroken => polling.IsFaulted;

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
        connection.LastByte = Now();
        lock (gate)
        {
            connections[added] = connection;
            Volatile.Write(ref added, added + 1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync().ConfigureAwait(false);
        try
        {
            await polling.ConfigureAwait(false);
        }
        finally
        {
            // Whatever became of the polling, nothing stays open.
            foreach (var connection in Living())
                End(connection, null, reset: true);
            done.Dispose();
            turn.Dispose();
        }
    }

    private async Task PollOnAsync()
    {
        var rest = PollInterval;
        while (true)
        {
            var asked = time.GetTimestamp();
            await Task.Delay(rest, time, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
                return;
            lag.Note(time.GetElapsedTime(asked) - rest);
            await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            var start = time.GetTimestamp();
            try
            {
                PollAll();
            }
            finally
            {
                turn.Release();
            }

            var took = time.GetElapsedTime(start);
            rest = took * RestPerPoll > PollInterval ? took * RestPerPoll : PollInterval;
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

    private void PollAll(bool toTheEnd = false)
    {
        foreach (var connection in Snapshot())
        {
            if (connection.Phase != ConnectionPhase.Ended)
                Poll(connection, toTheEnd);
        }
    }

    // An end right behind data is found by the next poll, which saves a call for every pong; where there is no next
    // one, at once.
    private void Poll(Connection connection, bool toTheEnd = false)
    {
        if (connection.Early is { } early)
        {
            connection.Early = null;
            TakeNow(connection, early);
        }

        for (var reads = 0; reads < MaxReadsPerPoll && connection.Phase != ConnectionPhase.Ended; reads++)
        {
            var count = connection.TryReceive(received, out var error);
            if (error == SocketError.WouldBlock)
                return;
            if (error != SocketError.Success)
                EndByPeer(connection, SocketFailures.AfterOpen(error));
            else if (count == 0)
                EndByPeer(
                    connection,
                    new(FailureKind.DroppedAbnormally, FailureDetail.Fin, "the peer ended TCP without a close frame"));
            else
                TakeNow(connection, received.AsSpan(0, count));
            if (count < received.Length && !toTheEnd && connection is not TlsConnection)
                return;
        }
    }

    // Stamped afterwards: what the bytes bring to an end is measured from the byte before them.
    private void TakeNow(Connection connection, ReadOnlySpan<byte> bytes)
    {
        Take(connection, bytes);
        connection.LastByte = Now();
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
                    connection.Phase = ConnectionPhase.Responsive;
                    break;
                case FrameKind.Close:
                    TakeClose(connection, payload);
                    break;
                case FrameKind.Violation:
                    EndByPeer(
                        connection,
                        new(FailureKind.ProtocolViolation, null, connection.Reader.Violation!),
                        reset: true);
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
            connection.Phase = connection.Phase == ConnectionPhase.CloseSent
                ? ConnectionPhase.CloseAnswered
                : connection.Phase;
            return;
        }

        // 1005 stands for a close frame without a code (RFC 6455, 7.4.1).
        var code = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : (ushort)1005;
        connection.TrySend(frame.AsSpan(0, FrameWriter.Close(frame, code == 1005 ? NormalClosure : code)));
        Lose(connection, new(
            FailureKind.ClosedByPeer,
            code.ToString(CultureInfo.InvariantCulture),
            $"the peer closed with {code}")
        {
            Said = payload.Length > 2 ? System.Text.Encoding.UTF8.GetString(payload[2..]) : null,
        });
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
            Lose(connection, failure);
        if (reset)
            connection.Reset();
        else
            connection.Close();
    }

    private async Task RestAsync(CancellationToken stop) =>
        await Task.Delay(ShortRest, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
