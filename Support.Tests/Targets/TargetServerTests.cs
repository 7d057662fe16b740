using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

internal sealed class TargetServerTests
{
    [Test, CancelAfter(30_000)]
    public async Task It_listens_on_loopback_at_the_url_that_it_prints(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(target.Url.Scheme, Is.EqualTo("ws"));
            Assert.That(target.Url.Host, Is.EqualTo("127.0.0.1"));
            Assert.That(target.Url.Port, Is.InRange(1, 65_535));
            Assert.That(target.Url.AbsolutePath, Is.EqualTo("/"));
            Assert.That(target.ProcessId, Is.Not.EqualTo(Environment.ProcessId));
        }
    }

    [TestCase(WebSocketMessageType.Text, 11)]
    [TestCase(WebSocketMessageType.Binary, 1)]
    [TestCase(WebSocketMessageType.Binary, 0)]
    [TestCase(WebSocketMessageType.Binary, 4096)] // exactly one buffer of the server
    [TestCase(WebSocketMessageType.Binary, 100_000)] // several
    [CancelAfter(30_000)]
    public async Task It_echoes_a_message(WebSocketMessageType type, int bytes, CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri(target.Url, "any/path?and=query"), cancellationToken);
        var sent = Encoding.ASCII.GetBytes(new string('x', bytes));

        await client.SendAsync(sent, type, endOfMessage: true, cancellationToken);
        using var received = new MemoryStream();
        var buffer = new byte[8192];
        WebSocketReceiveResult part;
        do
        {
            part = await client.ReceiveAsync(buffer, cancellationToken);
            received.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(part.MessageType, Is.EqualTo(type));
            Assert.That(received.ToArray(), Is.EqualTo(sent));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task It_answers_a_ping_with_the_same_bytes(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);
        using var client = await RawClient.OpenAsync(target.Url, cancellationToken);

        await client.SendAsync(RawClient.Ping, [1, 2, 3], cancellationToken);

        var frame = await client.ReceiveAsync(cancellationToken);
        Assert.That(frame?.Opcode, Is.EqualTo(RawClient.Pong));
        Assert.That(frame?.Payload, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test, CancelAfter(30_000)]
    public async Task It_grants_the_first_subprotocol_that_is_asked_for(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);
        using var client = await RawClient.ConnectAsync(target.Url, cancellationToken);

        var answer = await client.UpgradeAsync(cancellationToken, "Sec-WebSocket-Protocol: chat.v2, chat.v1\r\n");

        Assert.That(answer, Does.Contain("Sec-WebSocket-Protocol: chat.v2\r\n"));
    }

    [Test, CancelAfter(30_000)]
    public async Task It_counts_what_is_open_what_was_open_at_most_and_all_that_ever_opened(
        CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);
        var before = TimeProvider.System.GetUtcNow();
        var clients = Enumerable.Range(0, 30).Select(_ => new ClientWebSocket()).ToArray();
        await Task.WhenAll(clients.Select(client => client.ConnectAsync(target.Url, cancellationToken)));
        var full = await TargetRun.StatsAsync(target, cancellationToken);

        await Task.WhenAll(clients[..10]
            .Select(client => client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken)));
        foreach (var client in clients[10..15])
            client.Abort();
        await TargetRun.UntilAsync(
            async () => (await TargetRun.StatsAsync(target, cancellationToken)).Open == 15, cancellationToken);
        var left = await TargetRun.StatsAsync(target, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((full.Open, full.Peak, full.Total, full.Rejected), Is.EqualTo((30, 30, 30L, 0L)));
            Assert.That((left.Open, left.Peak, left.Total, left.Rejected), Is.EqualTo((15, 30, 30L, 0L)));
            Assert.That(left.StartedAt, Is.EqualTo(full.StartedAt).And.LessThan(before));
        }

        foreach (var client in clients)
            client.Dispose();
    }

    [Test, CancelAfter(30_000)]
    public async Task It_tells_its_health_and_asks_a_plain_request_to_upgrade(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);
        using var http = new HttpClient { BaseAddress = new UriBuilder(target.Url) { Scheme = "http" }.Uri };

        using var health = await http.GetAsync("/health", cancellationToken);
        using var plain = await http.GetAsync("/", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await health.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo("ok"));
            Assert.That(plain.StatusCode, Is.EqualTo(HttpStatusCode.UpgradeRequired));
            Assert.That(plain.Headers.GetValues("Sec-WebSocket-Version"), Is.EqualTo(new[] { "13" }));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task All_addresses_of_localhost_share_one_port(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--listen", "localhost");
        if (!Socket.OSSupportsIPv6 || !IPGlobal.HasIpv6Loopback())
            Assert.Ignore("This machine has no ::1.");

        using var four = await RawClient.OpenAsync(target.Url, cancellationToken);
        var overSix = new UriBuilder(target.Url) { Host = "[::1]" }.Uri;
        using var six = await RawClient.OpenAsync(overSix, cancellationToken);

        Assert.That((await TargetStatsReader.ReadAsync(overSix, cancellationToken))?.Open, Is.EqualTo(2));
    }
}
