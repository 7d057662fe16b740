using System.Net.Security;
using System.Net.Sockets;
using Support.Host;

namespace Support.Pool;

/// <summary>Where a connection is in its life, as far as the pool's monitor cares.</summary>
internal enum ConnectionPhase : byte
{
    /// <summary>Open.</summary>
    Open,

    /// <summary>Open, and a ping of the current round is out.</summary>
    PingSent,

    /// <summary>Open, and the pong of the current round came.</summary>
    Responsive,

    /// <summary>This side sent its close frame.</summary>
    CloseSent,

    /// <summary>Both close frames were exchanged; the peer's FIN is awaited.</summary>
    CloseAnswered,

    /// <summary>The peer closed first and was answered; counted as lost, and kept until the peer's FIN.</summary>
    Leaving,

    /// <summary>Gone.</summary>
    Ended,
}

/// <summary>
/// One open WebSocket: a socket and the reader's state, no pending call and no buffer. The pool's monitor asks it now
/// and then whether anything came (a call costs about a microsecond), which keeps an idle connection as small as .NET
/// allows.
/// </summary>
internal abstract class Connection
{
    /// <summary>The state of the frame reader; used by the monitor only.</summary>
    public FrameReader Reader;

    /// <summary>
    /// Frames that came in one piece with the handshake's answer; rare, and the first thing that the monitor reads.
    /// </summary>
    public byte[]? Early { get; set; }

    /// <summary>Written by the monitor only.</summary>
    public ConnectionPhase Phase { get; set; }

    /// <summary>
    /// When the last byte was sent or received, in milliseconds since the pool was made; written by the monitor only.
    /// </summary>
    public int LastByte { get; set; }

    /// <summary>
    /// Sends without waiting; anything but <see cref="SocketError.Success"/> means that nothing useful went out.
    /// </summary>
    public abstract SocketError TrySend(ReadOnlySpan<byte> frame);

    /// <summary>
    /// Receives what is there without waiting: bytes, 0 for the peer's FIN, or <see cref="SocketError.WouldBlock"/>.
    /// </summary>
    public abstract int TryReceive(Span<byte> buffer, out SocketError error);

    /// <summary>What the kernel knows of the socket; null where it does not tell.</summary>
    public virtual TcpInfo? Info() => null;

    /// <summary>
    /// Ends the connection in the ordinary way; right after the peer's FIN, so that TIME_WAIT stays with the peer.
    /// </summary>
    public abstract void Close();

    /// <summary>Ends the connection with a reset: no TIME_WAIT on either side.</summary>
    public abstract void Reset();
}

/// <summary>A connection over a .NET socket.</summary>
internal abstract class SocketConnection(Socket socket) : Connection
{
    protected Socket Socket { get; } = socket;

    public override TcpInfo? Info()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            Span<byte> bytes = stackalloc byte[TcpInfo.Length];
            return TcpInfo.Parse(bytes[..Socket.GetRawSocketOption(TcpInfo.Level, TcpInfo.Option, bytes)]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    public override void Close() => Socket.Dispose();

    public override void Reset()
    {
        ResetAtClose();
        Close();
    }

    /// <summary>Makes the end a reset, if there still is something to end.</summary>
    protected void ResetAtClose()
    {
        try
        {
            Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone already: then there is nothing to reset.
        }
    }
}

/// <summary>A connection in the clear.</summary>
internal sealed class PlainConnection(Socket socket) : SocketConnection(socket)
{
    public override SocketError TrySend(ReadOnlySpan<byte> frame)
    {
        var sent = Socket.Send(frame, SocketFlags.None, out var error);
        return error == SocketError.Success && sent < frame.Length ? SocketError.WouldBlock : error;
    }

    public override int TryReceive(
        Span<byte> buffer, out SocketError error) => Socket.Receive(buffer, SocketFlags.None, out error);
}

/// <summary>
/// A connection under TLS. SslStream can only be asked by a pending read, so this one keeps a small buffer and one
/// read.
/// </summary>
internal sealed class TlsConnection(Socket socket, SslStream stream) : SocketConnection(socket)
{
    private readonly byte[] received = new byte[256];
    private Task<int>? pending;
    private int offset;
    private int available;

    public override SocketError TrySend(ReadOnlySpan<byte> frame)
    {
        try
        {
            stream.Write(frame);
            return SocketError.Success;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return ErrorOf(e);
        }
    }

    public override int TryReceive(Span<byte> buffer, out SocketError error)
    {
        error = SocketError.WouldBlock;
        if (offset == available)
        {
            pending ??= stream.ReadAsync(received).AsTask();
            if (!pending.IsCompleted)
                return 0;
            var read = pending;
            pending = null;
            if (!read.IsCompletedSuccessfully)
            {
                error = ErrorOf(read.Exception?.InnerException);
                return 0;
            }

            (offset, available) = (0, read.Result);
            if (available == 0)
            {
                error = SocketError.Success;
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, available - offset);
        received.AsSpan(offset, count).CopyTo(buffer);
        offset += count;
        error = SocketError.Success;
        return count;
    }

    public override void Close()
    {
        // The end of TLS may come before the peer's FIN; to end TCP in between would leave the port in TIME_WAIT here.
        if (!Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            ResetAtClose();
        Socket.Dispose();
        stream.Dispose();
        // The read ends with the socket; nobody else looks at its exception.
        _ = pending?.ContinueWith(static read => read.Exception, TaskScheduler.Default);
    }

    private static SocketError ErrorOf(Exception? e) =>
        e?.InnerException is SocketException inner ? inner.SocketErrorCode : SocketError.ConnectionReset;
}
