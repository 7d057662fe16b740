using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Support.Tests.Pool.Faults;

/// <summary>How the client ended a connection, as the server saw it.</summary>
internal enum PeerEnd
{
    /// <summary>Not yet, or the server itself reset it.</summary>
    None,

    /// <summary>With a FIN.</summary>
    Fin,

    /// <summary>With a reset.</summary>
    Rst,
}

/// <summary>One accepted connection, and what a behaviour can do with it.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Socket socket;
    private Stream stream;

    internal Peer(FaultServer server, Socket socket)
    {
        (Server, this.socket) = (server, socket);
        stream = new NetworkStream(socket, ownsSocket: false);
        From = ((IPEndPoint)socket.RemoteEndPoint!).Address;
    }

    /// <summary>The server that accepted it.</summary>
    public FaultServer Server { get; }

    /// <summary>The client's address.</summary>
    public IPAddress From { get; }

    /// <summary>Null until the request came.</summary>
    public UpgradeRequest? Request { get; private set; }

    /// <summary>The frames that came so far.</summary>
    public ConcurrentQueue<ClientFrame> Frames { get; } = new();

    /// <summary>How the client ended it.</summary>
    public PeerEnd End { get; private set; }

    /// <summary>The server's half of the TLS handshake.</summary>
    public async Task SecureAsync(SslServerAuthenticationOptions options, CancellationToken stop)
    {
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        stream = secure;
        await secure.AuthenticateAsServerAsync(options, stop);
    }

    /// <summary>Reads the request's head, which is all that a client sends before it has the answer.</summary>
    public async Task<UpgradeRequest> ReadRequestAsync(CancellationToken stop)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await ReadAsync(buffer, stop);
            if (count == 0)
                throw new IOException("the client ended before its request");
            head.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        Request = UpgradeRequest.Parse(head.ToString());
        Server.NoteRequest();
        return Request;
    }

    /// <summary>Waits for the client's first bytes, whatever they are.</summary>
    public Task FirstBytesAsync(CancellationToken stop) => ReadAsync(new byte[1], stop);

    /// <summary>Reads the request and gives the right answer.</summary>
    public async Task UpgradeAsync(CancellationToken stop, params string[] headers)
    {
        var request = await ReadRequestAsync(stop);
        Server.NoteAnswer();
        await SendAsync(request.Answer(headers), stop);
    }

    /// <summary>Sends bytes in one call.</summary>
    public Task SendAsync(
        ReadOnlyMemory<byte> bytes, CancellationToken stop) => stream.WriteAsync(bytes, stop).AsTask();

    /// <summary>The client's next frame; null where there is none any more.</summary>
    public async Task<ClientFrame?> ReadFrameAsync(CancellationToken stop)
    {
        var head = new byte[2];
        if (!await FillAsync(head, stop))
            return null;
        long length = head[1] & 0x7F;
        if (length >= 126)
        {
            var extended = new byte[length == 126 ? 2 : 8];
            await FillAsync(extended, stop);
            length = length == 126
                ? BinaryPrimitives.ReadUInt16BigEndian(extended)
                : BinaryPrimitives.ReadInt64BigEndian(extended);
        }

        var masked = (head[1] & 0x80) != 0;
        var mask = new byte[masked ? 4 : 0];
        var payload = new byte[length];
        if (!await FillAsync(mask, stop) || !await FillAsync(payload, stop))
            return null;
        for (var i = 0; masked && i < payload.Length; i++)
            payload[i] ^= mask[i & 3];
        var frame = new ClientFrame((head[0] & 0x80) != 0, head[0] & 0x0F, masked, payload);
        Frames.Enqueue(frame);
        return frame;
    }

    /// <summary>Reads on until the client has ended the connection.</summary>
    public async Task DrainAsync(CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        while (End == PeerEnd.None && await ReadAsync(buffer, stop) > 0)
        {
        }
    }

    /// <summary>Ends this direction of TCP, without TLS's or WebSocket's farewell.</summary>
    public void Fin() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends TLS (close_notify) and leaves TCP as it is.</summary>
    public Task EndTlsAsync() => ((SslStream)stream).ShutdownAsync();

    /// <summary>Resets the connection.</summary>
    public void Rst()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        stream.Dispose();
    }

    private async Task<bool> FillAsync(byte[] buffer, CancellationToken stop)
    {
        for (var filled = 0; filled < buffer.Length;)
        {
            var count = await ReadAsync(buffer.AsMemory(filled), stop);
            if (count == 0)
                return false;
            filled += count;
        }

        return true;
    }

    private async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken stop)
    {
        try
        {
            var count = await stream.ReadAsync(buffer, stop);
            End = count == 0 ? PeerEnd.Fin : End;
            return count;
        }
        catch (IOException e)
            when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            End = PeerEnd.Rst;
            return 0;
        }
    }
}
