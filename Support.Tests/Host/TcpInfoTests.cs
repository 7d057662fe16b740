using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

/// <summary>What the kernel tells of a socket.</summary>
[Platform("Linux")]
internal sealed class TcpInfoTests
{
    [Test]
    public void Fewer_bytes_than_needed_are_no_answer()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TcpInfo.Parse([]), Is.Null);
            Assert.That(TcpInfo.Parse(new byte[TcpInfo.Length - 1]), Is.Null);
            Assert.That(TcpInfo.Parse(new byte[TcpInfo.Length]), Is.EqualTo(new TcpInfo(false, TimeSpan.Zero)));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_sockets_state_and_the_age_of_its_peers_FIN_are_read(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndpoint, cancellationToken);
        using var server = await listener.AcceptSocketAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, cancellationToken);
        var open = Of(client);
        var start = TimeProvider.System.GetTimestamp();
        server.Shutdown(SocketShutdown.Send);
        await client.ReceiveAsync(new byte[1], cancellationToken);
        var ended = Of(client);
        var took = TimeProvider.System.GetElapsedTime(start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(open.IsEstablished, Is.True);
            Assert.That(open.SinceLastAck.TotalMilliseconds, Is.GreaterThanOrEqualTo(380));
            Assert.That(ended.IsEstablished, Is.False);
            Assert.That(ended.SinceLastAck, Is.LessThanOrEqualTo(took + TimeSpan.FromMilliseconds(20)));
        }
    }

    private static TcpInfo Of(Socket socket)
    {
        var bytes = new byte[TcpInfo.Length];
        socket.GetRawSocketOption(TcpInfo.Level, TcpInfo.Option, bytes);
        return TcpInfo.Parse(bytes)!.Value;
    }
}
