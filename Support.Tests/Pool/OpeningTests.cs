using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Pool;
using Support.Settings;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

public sealed class OpeningTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task All_of_them_open_and_each_is_timed(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 200, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.Timings, Has.Length.EqualTo(200));
            Assert.That(pool.Timings, Has.All.Matches<OpenTiming>(t => t is { Tcp: >= 0, Tls: 0, Upgrade: > 0 } && t.Total == t.Tcp + t.Upgrade));
            Assert.That(pool.StoppedEarly, Is.Null);
            Assert.That(server.Peers, Has.Count.EqualTo(200));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_second_open_adds_to_what_is_held(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 10, cancellationToken);
        var first = await pool.ProveAsync(cancellationToken);
        await pool.OpenAsync(15, cancellationToken);
        var second = await pool.ProveAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, second), Is.EqualTo((10, 25)));
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(25, 25, 25)));
            Assert.That(pool.Timings, Has.Length.EqualTo(25));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task As_many_handshakes_as_allowed_are_in_flight_and_never_more(CancellationToken cancellationToken)
    {
        const int inFlight = 7;
        // Nobody is answered until as many as allowed wait; then the server looks out for one more before it goes on.
        await using var server = FaultServer.Start(async (peer, stop) =>
        {
            var request = await peer.ReadRequestAsync(stop);
            if (peer.Server.Requests == inFlight)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop);
                peer.Server.Go();
            }

            await peer.Server.GoneAsync(stop);
            peer.Server.NoteAnswer();
            await peer.SendAsync(request.Answer(), stop);
            await GoodServer.ServeAsync(peer, stop);
        });
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server) with { InFlight = inFlight }, 60, cancellationToken);

        Assert.That(server.MostPending, Is.EqualTo(inFlight));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task The_rate_is_kept_by_the_clock(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await WebSocketPool.CreateAsync(TestPool.Options(server) with { Rate = 2, InFlight = 1 }, clock, cancellationToken);
        var opening = pool.OpenAsync(3, cancellationToken);
        for (var opened = 1; opened <= 3; opened++)
        {
            await UntilAsync(() => pool.Counts.Opened == opened, cancellationToken);
            // The attendant, the watchdog and, as long as one is left, the worker that waits for its moment.
            await UntilAsync(() => opened == 3 || clock.Waiting == 3, cancellationToken);
            clock.Advance(TimeSpan.FromMilliseconds(499));
            Assert.That(pool.Counts.Attempted, Is.EqualTo(opened), "one millisecond too early");
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await opening;
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_stop_in_mid_open_leaves_no_socket_and_counts_what_was_abandoned(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(TcpFaults.SilenceAfterRequest);
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server) with { InFlight = 10 }, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = pool.OpenAsync(30, stop.Token);
        await UntilAsync(() => server.Requests == 10, cancellationToken);
        await stop.CancelAsync();
        await opening;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(10, 0, 0)));
            Assert.That(pool.Failures.Counts, Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeTimeout"] = 10 }));
            Assert.That(pool.StoppedEarly, Does.Contain("deadline"));
        }

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
        await server.AllEndedAsync(cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_stop_keeps_what_is_open_already(CancellationToken cancellationToken)
    {
        // Every second connection is answered.
        var number = 0;
        await using var server = FaultServer.Start((peer, stop) =>
            Interlocked.Increment(ref number) % 2 == 0 ? GoodServer.Echo(peer, stop) : TcpFaults.SilenceAfterRequest(peer, stop));
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server) with { InFlight = 20 }, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = pool.OpenAsync(20, stop.Token);
        await UntilAsync(() => server.Requests == 20 && pool.Counts.Opened == 10, cancellationToken);
        await stop.CancelAsync();
        await opening;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.ProveAsync(cancellationToken), Is.EqualTo(10));
            Assert.That(pool.Failures.Counts, Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeTimeout"] = 10 }));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_stop_that_came_before_opens_nothing(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server), cancellationToken);
        await pool.OpenAsync(10, new CancellationToken(canceled: true));

        Assert.That(pool.Counts, Is.EqualTo(default(PoolCounts)));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Failure_without_any_success_ends_early_and_says_why(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(TcpFaults.AnswersStatus("403 Forbidden"));
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server) with { InFlight = 10 }, cancellationToken);
        await pool.OpenAsync(500, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            // What was in flight when the answer was known still counts.
            Assert.That(pool.Counts.Attempted, Is.InRange(WebSocketPool.HopelessAfter, WebSocketPool.HopelessAfter + 9));
            Assert.That(pool.StoppedEarly, Does.Contain("none succeeded").And.Contain("HandshakeRejected(403), HTTP/1.1 403 Forbidden"));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_server_that_is_full_is_tried_to_the_end(CancellationToken cancellationToken)
    {
        var number = 0;
        await using var server = FaultServer.Start((peer, stop) =>
            Interlocked.Increment(ref number) <= 5 ? GoodServer.Echo(peer, stop) : TcpFaults.AnswersStatus("503 Full")(peer, stop));
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server), cancellationToken);
        await pool.OpenAsync(250, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.ProveAsync(cancellationToken), Is.EqualTo(5));
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(250, 5, 5)));
            Assert.That(pool.Failures.Counts, Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeRejected(503)"] = 245 }));
            Assert.That(pool.StoppedEarly, Is.Null);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    [Platform("Linux", Reason = "Elsewhere only 127.0.0.1 is configured.")]
    public async Task Source_addresses_share_evenly(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var sources = new[] { IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3") };
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server) with { SourceAddresses = [.. sources] }, 40, cancellationToken);

        Assert.That(server.Peers.CountBy(peer => peer.From), Is.EquivalentTo(sources.ToDictionary(source => source, _ => 20)));
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
                Assert.That(await pool.ProveAsync(cancellationToken), Is.EqualTo(5));
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
            Assert.That(requests, Has.All.Matches<UpgradeRequest>(request => request!.Line == "GET /room/7?user=a%20b HTTP/1.1"
                && request.Headers["Authorization"] == "Bearer x" && request.Headers["X-Tenant"] == "7"
                && request.Headers["Sec-WebSocket-Protocol"] == "chat"));
            Assert.That(requests[0].Key, Is.Not.EqualTo(requests[1].Key));
        }
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken stop)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, stop);
    }
}
