using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>When opening ends before everything was attempted, and when it does not.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class StoppingTests(bool portable) : BothPaths(portable)
{
    [Test]
    [CancelAfter(30_000)]
    public async Task A_stop_in_mid_open_leaves_no_socket_and_counts_what_was_abandoned(
        CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(TcpFaults.SilenceAfterRequest);
        await using var pool = await TestPool.CreateAsync(
            TestPool.Options(server) with { InFlight = 10 }, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = pool.OpenAsync(30, stop.Token);
        await TestPool.UntilAsync(() => server.Requests == 10, cancellationToken);
        await stop.CancelAsync();
        await opening;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(10, 0, 0)));
            // Which of the two is a question of this machine's speed; SocketFailuresTests has the bound.
            Assert.That(pool.Failures.Counts.Spelt().Keys, Is.SubsetOf(["Interrupted", "HandshakeTimeout"]));
            Assert.That(pool.Failures.Counts.Values.Sum(), Is.EqualTo(10));
            Assert.That(pool.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.Deadline));
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
            Interlocked.Increment(ref number) % 2 == 0
                ? GoodServer.Echo(peer, stop)
                : TcpFaults.SilenceAfterRequest(peer, stop));
        await using var pool = await TestPool.CreateAsync(
            TestPool.Options(server) with { InFlight = 20 }, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = pool.OpenAsync(20, stop.Token);
        await TestPool.UntilAsync(() => server.Requests == 20 && pool.Counts.Opened == 10, cancellationToken);
        await stop.CancelAsync();
        await opening;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(10));
            // Which of the two is a question of this machine's speed; SocketFailuresTests has the bound.
            Assert.That(pool.Failures.Counts.Spelt().Keys, Is.SubsetOf(["Interrupted", "HandshakeTimeout"]));
            Assert.That(pool.Failures.Counts.Values.Sum(), Is.EqualTo(10));
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
    public async Task What_only_the_time_ended_can_be_grown_and_what_was_hopeless_stays_so(
        CancellationToken cancellationToken)
    {
        await using var good = FaultServer.Start(GoodServer.Echo);
        await using var late = await TestPool.CreateAsync(TestPool.Options(good), cancellationToken);
        await late.OpenAsync(10, new CancellationToken(canceled: true));
        await using var bad = FaultServer.Start(TcpFaults.AnswersStatus("403 Forbidden"));
        await using var hopeless = await TestPool.CreateAsync(
            TestPool.Options(bad) with { InFlight = 1 }, cancellationToken);
        await hopeless.OpenAsync(500, cancellationToken);
        await hopeless.OpenAsync(5, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(late.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.Deadline));
            await late.OpenAsync(5, cancellationToken);
            Assert.That((late.StoppedEarly, late.Counts), Is.EqualTo(((EarlyStop?)null, new PoolCounts(5, 5, 5))));
            Assert.That(hopeless.Counts.Attempted, Is.EqualTo(WebSocketPool.HopelessAfter));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Failure_without_any_success_ends_early_and_says_why(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(TcpFaults.AnswersStatus("403 Forbidden"));
        await using var pool = await TestPool.CreateAsync(
            TestPool.Options(server) with { InFlight = 10 }, cancellationToken);
        await pool.OpenAsync(500, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            // What was in flight when the answer was known still counts.
            Assert.That(
                pool.Counts.Attempted, Is.InRange(WebSocketPool.HopelessAfter, WebSocketPool.HopelessAfter + 9));
            Assert.That(pool.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.Hopeless));
            Assert.That(pool.StoppedEarly?.Text, Does.Contain("HandshakeRejected(403), HTTP/1.1 403 Forbidden"));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_server_that_is_full_is_tried_to_the_end(CancellationToken cancellationToken)
    {
        var number = 0;
        await using var server = FaultServer.Start((peer, stop) =>
            Interlocked.Increment(ref number) <= 5
                ? GoodServer.Echo(peer, stop)
                : TcpFaults.AnswersStatus("503 Full")(peer, stop));
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server), cancellationToken);
        await pool.OpenAsync(250, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(5));
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(250, 5, 5)));
            Assert.That(
                pool.Failures.Counts.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeRejected(503)"] = 245 }));
            Assert.That(pool.StoppedEarly, Is.Null);
        }
    }
}
