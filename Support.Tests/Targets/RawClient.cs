using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace Support.Tests.Targets;

/// <summary>A WebSocket client that shows what a real one hides: raw answers, frames, FIN and reset.</summary>
internal sealed class RawClient : IDisposable
{
    public const byte Text = 0x1, CloseFrame = 0x8, Ping = 0x9, Pong = 0xA;

    private const byte Final = 0x80;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly Uri url;

    private RawClient(Uri url) => this.url = url;

    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    public static async Task<RawClient> ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        var client = new RawClient(url);
        await client.socket.ConnectAsync(url.DnsSafeHost, url.Port, cancellationToken);
        return client;
    }

    /// <summary>Connected and upgraded; fails the test where the answer is not 101.</summary>
    public static async Task<RawClient> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        var client = await ConnectAsync(url, cancellationToken);
        Assert.That(await client.UpgradeAsync(cancellationToken), Does.StartWith("HTTP/1.1 101 "));
        return client;
    }

    /// <summary>
    /// Asks for the upgrade and gives the head of the answer; what was read where the peer ended before it.
    /// </summary>
    public async Task<string> UpgradeAsync(CancellationToken cancellationToken, string moreHeaders = "")
    {
        await socket.SendAsync(
            Encoding.ASCII.GetBytes(
                $"GET / HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + $"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n{moreHeaders}\r\n"),
            cancellationToken);

        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var next = await ReadAsync(1, cancellationToken);
            if (next.Length == 0)
                break;
            head.Append((char)next[0]);
        }

        return head.ToString();
    }

    /// <summary>Sends one small frame, masked with zeros.</summary>
    public async Task SendAsync(byte opcode, byte[] payload, CancellationToken cancellationToken) =>
        await socket.SendAsync(
            (byte[])[(byte)(Final | opcode), (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload], cancellationToken);

    /// <summary>Reads one small frame; null at the peer's FIN.</summary>
    public async Task<(int Opcode, byte[] Payload)?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var head = await ReadAsync(2, cancellationToken);
        return head.Length < 2 ? null : (head[0] & 0xF, await ReadAsync(head[1] & 0x7F, cancellationToken));
    }

    /// <summary>True where a text comes back.</summary>
    public async Task<bool> EchoesAsync(CancellationToken cancellationToken)
    {
        await SendAsync(Text, "still here"u8.ToArray(), cancellationToken);
        return await ReceiveAsync(cancellationToken) is { Opcode: Text, Payload: var payload }
            && payload.SequenceEqual("still here"u8.ToArray());
    }

    public void Dispose() => socket.Dispose();

    private async Task<byte[]> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var buffer = new byte[count];
        var read = 0;
        while (read < count && await socket.ReceiveAsync(buffer.AsMemory(read), cancellationToken) is > 0 and var more)
            read += more;
        return buffer[..read];
    }
}
