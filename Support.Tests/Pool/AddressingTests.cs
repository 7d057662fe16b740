using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Pool;
using Support.Settings;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>From where to where, and what is asked for.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class AddressingTests(bool portable) : BothPaths(portable)
{
    [Test]
    [CancelAfter(30_000)]
    [Platform("Linux", Reason = "Elsewhere only 127.0.0.1 is configured.")]
    public async Task Source_addresses_share_evenly(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var sources = new[] { IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3") };
        var options = TestPool.Options(server) with { SourceAddresses = [.. sources] };
        await using var pool = await TestPool.OpenAsync(options, 40, cancellationToken);

        Assert.That(
            server.Peers.CountBy(peer => peer.From), Is.EquivalentTo(sources.ToDictionary(source => source, _ => 20)));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_source_of_another_family_is_told_as_what_it_is(CancellationToken cancellationToken)
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        await using var server = FaultServer.Start(GoodServer.Echo);
        var options = TestPool.Options(server) with { SourceAddresses = [IPAddress.IPv6Loopback] };
        await using var pool = await TestPool.CreateAsync(options, cancellationToken);
        await pool.OpenAsync(3, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(3, 0, 0)));
            Assert.That(
                pool.Failures.Counts.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["EnvironmentFailure"] = 3 }));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    [Platform("Linux", Reason = "Elsewhere only 127.0.0.1 is configured.")]
    public async Task A_name_is_reached_over_the_family_of_the_source(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var options = TestPool.Options(new UriBuilder(server.Url) { Host = "localhost" }.Uri) with
        {
            SourceAddresses = [IPAddress.Parse("127.0.0.2")],
        };
        await using var pool = await TestPool.OpenAsync(options, 2, cancellationToken);

        Assert.That(server.Peers.Select(peer => peer.From), Is.All.EqualTo(IPAddress.Parse("127.0.0.2")));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task IPv6_is_as_good(CancellationToken cancellationToken)
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        await using var server = FaultServer.Start(GoodServer.Echo, IPAddress.IPv6Loopback);
        var options = TestPool.Options(server) with { SourceAddresses = [IPAddress.IPv6Loopback] };
        await using (var pool = await TestPool.OpenAsync(options, 5, cancellationToken))
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(5));
                Assert.That(server.Peers[0].Request?.Headers["Host"], Is.EqualTo($"[::1]:{server.Port}"));
            }

            await pool.CloseAsync(cancellationToken);
        }

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Path_query_headers_and_subprotocol_arrive(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.EchoWith("Sec-WebSocket-Protocol: chat"));
        var options = TestPool.Options(new Uri(server.Url, "/room/7?user=a%20b")) with
        {
            Headers = [new HandshakeHeader("Authorization", "Bearer x"), new HandshakeHeader("X-Tenant", "7")],
            Subprotocol = "chat",
        };
        await using var pool = await TestPool.OpenAsync(options, 2, cancellationToken);
        var requests = server.Peers.Select(peer => peer.Request!).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                requests, Has.All.Matches<UpgradeRequest>(request => request!.Line == "GET /room/7?user=a%20b HTTP/1.1"
                    && request.Headers["Authorization"] == "Bearer x" && request.Headers["X-Tenant"] == "7"
                    && request.Headers["Sec-WebSocket-Protocol"] == "chat"));
            Assert.That(requests[0].Key, Is.Not.EqualTo(requests[1].Key));
        }
    }
}
