using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

[TestFixture(false)]
[TestFixture(true)]
internal sealed class ConnectFaultTests(bool portable) : BothPaths(portable)
{
    [Test]
    [CancelAfter(30_000)]
    public async Task Where_nothing_listens_it_is_Refused(CancellationToken cancellationToken)
    {
        // Bound and not listening: nobody else can take the port in the meantime.
        using var bound = Bound(IPAddress.Loopback);
        await AssertClassAsync(TestPool.Options(UrlOf(bound)), "Refused", "nothing listens there", cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    [Platform("Linux")]
    public async Task A_full_backlog_is_a_ConnectTimeout(CancellationToken cancellationToken)
    {
        using var listener = Bound(IPAddress.Loopback);
        listener.Listen(1);
        // A backlog of n takes n + 1 (sk_acceptq_is_full in include/net/sock.h); Linux drops every SYN after that.
        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var second = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!, cancellationToken);
        await second.ConnectAsync(listener.LocalEndPoint!, cancellationToken);

        var options = TestPool.Options(UrlOf(listener)) with { AttemptTimeout = TestPool.Brief };
        await AssertClassAsync(
            options, "ConnectTimeout", "did not complete the TCP handshake before the deadline", cancellationToken);
    }

    // The kernel refuses to route a loopback address elsewhere, so that nothing leaves the machine; 192.0.2.1 is for
    // documents (RFC 5737).
    [Test]
    [CancelAfter(30_000)]
    [Platform("Linux")]
    public async Task Without_a_route_it_is_Unreachable(CancellationToken cancellationToken)
    {
        var options = TestPool.Options(new Uri("ws://192.0.2.1:9/")) with { SourceAddresses = [IPAddress.Loopback] };
        await AssertClassAsync(options, "Unreachable", "192.0.2.1:9", cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_source_address_of_another_machine_stops_the_opening(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var options = TestPool.Options(server) with { SourceAddresses = [IPAddress.Parse("192.0.2.7")], InFlight = 1 };
        await using var pool = await TestPool.CreateAsync(options, cancellationToken);
        await pool.OpenAsync(10, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                pool.Failures.Counts.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["ClientLimit(ports)"] = 1 }));
            Assert.That(pool.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.ClientLimit));
            Assert.That(pool.StoppedEarly?.Text, Does.Contain("a source address is none of this machine's"));
            Assert.That(server.Peers, Is.Empty);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task An_unknown_host_is_told_before_anything_is_opened(CancellationToken cancellationToken)
    {
        var options = TestPool.Options(new Uri("ws://no-such-host.invalid/"));
        var thrown = Assert.ThrowsAsync<SocketException>(() => TestPool.CreateAsync(options, cancellationToken));

        // HostNotFound where a resolver says so (RFC 6761, 6.4), TryAgain where none is in reach.
        Assert.That(
            thrown!.SocketErrorCode, Is.AnyOf(SocketError.HostNotFound, SocketError.TryAgain, SocketError.NoData));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_name_is_resolved_and_timed_and_its_answering_family_is_used(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var url = new UriBuilder(server.Url) { Host = "localhost" }.Uri;
        await using var pool = await TestPool.OpenAsync(TestPool.Options(url), 4, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(4));
            Assert.That(pool.ResolveTime, Is.Not.Null);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task An_address_needs_no_resolver(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server), cancellationToken);

        Assert.That(pool.ResolveTime, Is.Null);
    }

    private static async Task AssertClassAsync(
        PoolOptions options, string expected, string fragment, CancellationToken stop)
    {
        await using var pool = await TestPool.CreateAsync(options, stop);
        await pool.OpenAsync(3, stop);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.Failures.Counts.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { [expected] = 3 }),
                () => string.Join("; ", pool.Failures.Examples));
            Assert.That(pool.Failures.Examples.Spelt().GetValueOrDefault(expected), Does.Contain(fragment));
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(3, 0, 0)));
        }
    }

    private static Socket Bound(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    private static Uri UrlOf(Socket socket) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ws://{socket.LocalEndPoint}/"));
}
