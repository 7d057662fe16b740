using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

[TestFixture(false)]
[TestFixture(true)]
internal sealed class ClosingTests(bool portable) : BothPaths(portable)
{
    private const int Count = 20;

    [Test]
    [CancelAfter(30_000)]
    public async Task Where_the_server_ends_TCP_first_the_client_keeps_no_port(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), Count, cancellationToken);
        await pool.CloseAsync(cancellationToken);
        await AssertClosedAsync(pool, server, PeerEnd.Fin, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Where_the_server_never_answers_the_close_it_is_reset(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.NoCloseAnswer);
        var options = TestPool.Options(server) with { CloseTimeout = TimeSpan.FromMilliseconds(300) };
        await using var pool = await TestPool.OpenAsync(options, Count, cancellationToken);
        await pool.CloseAsync(cancellationToken);
        await AssertClosedAsync(pool, server, PeerEnd.Rst, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Where_the_server_leaves_the_end_of_TCP_to_the_client_it_is_reset(
        CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.NoFin);
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), Count, cancellationToken);
        await pool.CloseAsync(cancellationToken);
        await AssertClosedAsync(pool, server, PeerEnd.Rst, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_stop_makes_the_close_short_and_leaves_nothing(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.NoCloseAnswer);
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), Count, cancellationToken);
        await pool.CloseAsync(new CancellationToken(canceled: true));
        await AssertClosedAsync(pool, server, PeerEnd.Rst, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Those_that_the_server_closed_and_left_half_open_go_as_well(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(OpenFaults.Sends(ServerFrame.Close(1001)));
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), Count, cancellationToken);
        server.Go();
        var held = await pool.PingAsync(cancellationToken);
        await pool.CloseAsync(cancellationToken);
        await server.AllEndedAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.Zero);
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(Count, Count, 0)));
            Assert.That(
                pool.Failures.Counts.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["ClosedByPeer(1001)"] = Count }));
        }

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Dispose_without_close_resets_what_is_open(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var pool = await TestPool.OpenAsync(TestPool.Options(server), Count, cancellationToken);
        await pool.DisposeAsync();
        await server.AllEndedAsync(cancellationToken);

        Assert.That(server.Peers.Select(peer => peer.End), Is.All.EqualTo(PeerEnd.Rst));
        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task An_empty_pool_closes_as_well(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server), cancellationToken);
        await pool.CloseAsync(cancellationToken);

        Assert.That(await pool.PingAsync(cancellationToken), Is.Zero);
    }

    private static async Task AssertClosedAsync(
        WebSocketPool pool, FaultServer server, PeerEnd end, CancellationToken stop)
    {
        await server.AllEndedAsync(stop);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(Count, Count, 0)));
            Assert.That(pool.Failures.Counts, Is.Empty, "closing is no failure");
            Assert.That(server.Peers.Select(peer => peer.End), Is.All.EqualTo(end));
            Assert.That(
                server.Peers.Select(peer => peer.Frames.Single()).Select(frame => (frame.Opcode, frame.CloseCode)),
                Is.All.EqualTo((8, 1000)));
        }

        await ClientSockets.AssertNoneLeftAsync(server, stop);
    }
}
