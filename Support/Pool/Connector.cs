using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;

namespace Support.Pool;

/// <summary>
/// Opens one connection at a time, and checks the whole upgrade; a pool has as many as handshakes may be in flight.
/// Its buffers and its awaitable serve every attempt in turn. The deadline is kept from outside by
/// <see cref="AbortIfOverdue"/>: one look at all connectors costs less than a timer for each attempt.
/// </summary>
internal sealed class Connector(ConnectorContext context) : IDisposable
{
    // linux/in.h: the port is chosen at connect, by destination, instead of at bind, for all destinations.
    private const int IpBindAddressNoPort = 24;

    private readonly SocketOperation operation = new();
    private readonly byte[] request = new byte[context.Request.Length];
    private readonly byte[] accept = new byte[HandshakeRequest.AcceptLength];
    private byte[] buffer = new byte[1024];

    // Published by the attempt, taken back by it or by the watchdog: whoever gets it owns the socket.
    private Socket? current;
    private long deadline;
    private long began;
    private bool stopped;
    private AttemptStage stage;
    private string? tlsReason;

    /// <summary>
    /// Opens connection number <paramref name="index"/>; never throws for what a peer, a path or a limit does.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Attempt> OpenAsync(int index)
    {
        var target = index % context.Addresses.EndPoints.Length;
        return await OpenAsync(index, context.Addresses.EndPoints[target])
            .ConfigureAwait(false) with { Target = target };
    }

    /// <summary>Takes the socket from an attempt whose deadline has passed, which ends it.</summary>
    public void AbortIfOverdue(long now)
    {
        var socket = Volatile.Read(ref current);
        if (socket is not null
            && now > Volatile.Read(ref deadline) && Interlocked.CompareExchange(ref current, null, socket) == socket)
            Abort(socket);
    }

    /// <summary>Takes the socket from the attempt in flight, if there is one.</summary>
    public void AbortNow()
    {
        Volatile.Write(ref stopped, true);
        if (Interlocked.Exchange(ref current, null) is { } socket)
            Abort(socket);
    }

    public void Dispose() => operation.Dispose();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Attempt> OpenAsync(int index, IPEndPoint remote)
    {
        Socket? socket = null;
        try
        {
            socket = NewSocket(remote.AddressFamily, index);
            Begin(socket, AttemptStage.Tcp);
            var start = context.Time.GetTimestamp();
            var error = await operation.ConnectAsync(socket, remote).ConfigureAwait(false);
            if (error != SocketError.Success)
                return Fail(socket, SocketFailures.BeforeOpen(error, remote.ToString()), remote);
            var connected = context.Time.GetTimestamp();
            var attempt = context.Tls is null
                ? await UpgradePlainAsync(socket, remote).ConfigureAwait(false)
                : await UpgradeTlsAsync(socket, remote).ConfigureAwait(false);
            return attempt with { TcpMicroseconds = context.Microseconds(start, connected) };
        }
        catch (SocketException e)
        {
            return Fail(socket, SocketFailures.BeforeOpen(e.SocketErrorCode, remote.ToString()), remote);
        }
        catch (ObjectDisposedException)
        {
            // The watchdog took the socket away between two calls.
            return Fail(socket, Overdue(remote), remote);
        }
    }

    private static void Abort(Socket socket)
    {
        // With a reset: an abandoned attempt leaves no TIME_WAIT either. A socket that never connected can't linger.
        if (socket.Connected)
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    private Socket NewSocket(AddressFamily family, int index)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            // A held connection is only ever asked, never waited for; SslStream wants the other mode.
            socket.Blocking = context.Tls is not null;
            var sources = context.Options.SourceAddresses;
            if (sources.IsEmpty)
                return socket;
            if (OperatingSystem.IsLinux())
                socket.SetRawSocketOption((int)SocketOptionLevel.IP, IpBindAddressNoPort, BitConverter.GetBytes(1));
            socket.Bind(new IPEndPoint(sources[index / context.Addresses.EndPoints.Length % sources.Length], 0));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Begin(Socket? socket, AttemptStage next)
    {
        stage = next;
        var limit = (long)(context.Options.AttemptTimeout.TotalSeconds * context.Time.TimestampFrequency);
        began = context.Time.GetTimestamp();
        Volatile.Write(ref deadline, began + limit);
        if (socket is not null)
            Volatile.Write(ref current, socket);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Attempt> UpgradePlainAsync(Socket socket, IPEndPoint remote)
    {
        Begin(null, AttemptStage.Upgrade);
        var start = context.Time.GetTimestamp();
        context.Request.Write(request, accept);
        var error = await operation.SendAsync(socket, request).ConfigureAwait(false);
        if (error != SocketError.Success)
            return Fail(socket, SocketFailures.BeforeOpen(error, remote.ToString()), remote);

        for (var filled = 0; ;)
        {
            error = await operation.ReceiveAsync(socket, Room(filled), filled).ConfigureAwait(false);
            if (error != SocketError.Success)
                return Fail(socket, SocketFailures.BeforeOpen(error, remote.ToString()), remote);
            if (operation.BytesTransferred == 0)
                return Fail(socket, HandshakeResponse.Ended(filled, remote.ToString()), remote);
            filled += operation.BytesTransferred;
            if (Finish(socket, filled, static (s, _) => new PlainConnection(s), null, remote, start) is { } attempt)
                return attempt;
        }
    }

    private async ValueTask<Attempt> UpgradeTlsAsync(Socket socket, IPEndPoint remote)
    {
        Begin(null, AttemptStage.Tls);
        tlsReason = null;
        // A write to a peer that reads nothing must end as well.
        socket.SendTimeout = (int)context.Options.AttemptTimeout.TotalMilliseconds;
        var start = context.Time.GetTimestamp();
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false), leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(context.Tls!.NewOptions(reason => tlsReason = reason))
                .ConfigureAwait(false);
            Begin(null, AttemptStage.Upgrade);
            var secured = context.Time.GetTimestamp();
            context.Request.Write(request, accept);
            await stream.WriteAsync(request).ConfigureAwait(false);
            for (var filled = 0; ;)
            {
                var read = await stream.ReadAsync(Room(filled).AsMemory(filled)).ConfigureAwait(false);
                if (read == 0)
                    return Fail(socket, HandshakeResponse.Ended(filled, remote.ToString()), remote);
                filled += read;
                if (Finish(
                    socket, filled, static (s, t) => new TlsConnection(s, t!), stream, remote, secured) is { } attempt)
                    return attempt with { TlsMicroseconds = context.Microseconds(start, secured) };
            }
        }
        catch (Exception e) when (e is AuthenticationException or IOException or InvalidOperationException)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            return Fail(socket, OfTls(e, remote), remote);
        }
    }

    // The buffer with room for more; it grows to what an answer may have, once, and only for the connector that meets a
    // long one.
    private byte[] Room(int filled)
    {
        if (filled == buffer.Length)
            Array.Resize(ref buffer, Math.Min(HandshakeResponse.MaxLength, buffer.Length * 4));
        return buffer;
    }

    // Null where the head has not all come yet.
    private Attempt? Finish(
        Socket socket, int filled, Func<Socket, SslStream?, Connection> open, SslStream? stream, IPEndPoint remote,
        long start)
    {
        var received = buffer.AsSpan(0, filled);
        var head = HandshakeResponse.HeadLength(received);
        if (head < 0)
            return HandshakeResponse.Unfinished(received) is { } early ? Fail(socket, early, remote) : null;
        if (HandshakeResponse.Check(received[..head], accept, context.Options.Subprotocol) is { } failure)
            return Fail(socket, failure, remote);
        if (Interlocked.Exchange(ref current, null) is null)
            return Fail(socket, Overdue(remote), remote);

        var connection = open(socket, stream);
        if (head < filled)
            connection.Early = received[head..].ToArray();
        return new Attempt(connection, null, 0, 0, context.Microseconds(start, context.Time.GetTimestamp()));
    }

    private Failure OfTls(Exception e, IPEndPoint remote)
    {
        if (e.InnerException is SocketException socket && stage == AttemptStage.Upgrade)
            return SocketFailures.BeforeOpen(socket.SocketErrorCode, remote.ToString());
        var (example, isEnd) = tlsReason is not null ? (tlsReason, false) : (e.InnerException as SocketException)
            ?.SocketErrorCode switch
        {
            SocketError.ConnectionReset => ("Reset: the server reset the connection in the TLS handshake", true),
            null when e is IOException => ("Ended or not TLS: " + e.Message, true),
            null when e.InnerException is null =>
                ("Not TLS: " + e.Message + " A server in the clear wants ws://", false),
            _ => ("Handshake: " + (e.InnerException?.Message ?? e.Message), false),
        };
        return new(FailureKind.TlsFailure, null, example) { IsEndInTls = isEnd };
    }

    private Failure Overdue(IPEndPoint remote) => Volatile.Read(ref stopped)
        ? SocketFailures.Stopped(stage, context.Time.GetElapsedTime(began), remote.ToString())
        : SocketFailures.Overdue(stage, remote.ToString());

    private Attempt Fail(Socket? socket, Failure failure, IPEndPoint remote)
    {
        // Null in current: the watchdog was here, so whatever the call said, the deadline was the reason.
        var overdue = socket is not null && Interlocked.Exchange(ref current, null) is null;
        if (socket is not null && !overdue)
            Abort(socket);
        return new(null, overdue ? Overdue(remote) : failure, 0, 0, 0);
    }
}

/// <summary>What every connector of a pool shares; nothing in it changes.</summary>
/// <param name="Options">The pool's options.</param>
/// <param name="Request">The request's layout.</param>
/// <param name="Addresses">Where to connect.</param>
/// <param name="Tls">Null for <c>ws</c>.</param>
/// <param name="Time">The clock.</param>
internal sealed record ConnectorContext(
    PoolOptions Options, HandshakeRequest Request, TargetAddresses Addresses, TlsSettings? Tls, TimeProvider Time)
{
    /// <summary>How late the pool's threads came to their turn.</summary>
    public LagMeter Lag { get; } = new();

    /// <summary>The time between two timestamps; some 35 minutes at most, which no attempt takes.</summary>
    public int Microseconds(long from, long to) =>
        (int)Math.Min(int.MaxValue, Time.GetElapsedTime(from, to).TotalMicroseconds);
}
