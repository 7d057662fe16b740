using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool.Workers;

/// <summary>Connections in worker processes are counted as those in this process are.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class WorkerPoolsTests(bool portable) : BothPaths(portable)
{
    [TestCase(null, 1)]
    [TestCase(25, 3)]
    [CancelAfter(60_000)]
    public async Task All_are_held_by_as_many_workers_as_it_takes_and_no_socket_is_left(
        int? budget, int workers, CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = TestWorkers.Of(budget);
        await using (var pool = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 70, cancellationToken))
        {
            var held = await pool.PingAsync(cancellationToken);
            var facts = await pool.ReadAsync();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(held, Is.EqualTo(70));
                Assert.That(pool.ProcessIds, Has.Length.EqualTo(workers).And.None.EqualTo(Environment.ProcessId));
                Assert.That((facts.Timings.Length, facts.PongMicroseconds.Length), Is.EqualTo((70, 70)));
                Assert.That(facts.Failures, Is.Empty);
                Assert.That(server.Peers, Has.Count.EqualTo(70));
            }

            await pool.CloseAsync(cancellationToken);
        }

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
        await server.AllEndedAsync(cancellationToken);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_only_the_time_ended_can_be_grown_by_one_of_them(CancellationToken cancellationToken)
    {
        var number = 0;
        await using var server = FaultServer.Start((peer, stop) =>
            Interlocked.Increment(ref number) > 10
                ? GoodServer.Echo(peer, stop)
                : TcpFaults.SilenceAfterRequest(peer, stop));
        await using var crew = TestWorkers.Of(budget: 5);
        await using var pool = await crew.CreateAsync(TestPool.Options(server), 10, cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = pool.OpenAsync(10, new(10, null), deadline.Token);
        await TestPool.UntilAsync(() => server.Requests == 10, cancellationToken);
        await deadline.CancelAsync();
        await opening;
        var stopped = (await pool.ReadAsync()).StoppedEarly;
        await pool.OpenAsync(1, new(1, null), cancellationToken);
        var grown = await pool.ReadAsync();

        Assert.That(
            (stopped?.Kind, grown.StoppedEarly, grown.Counts.Opened),
            Is.EqualTo((EarlyStopKind.Deadline, (EarlyStop?)null, 1)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Workers_serve_the_next_pool_as_well(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = TestWorkers.Of(budget: 10);
        int[] first;
        await using (var pool = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 20, cancellationToken))
            first = [.. pool.ProcessIds];
        await using var next = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 15, cancellationToken);

        Assert.That(next.ProcessIds, Is.EquivalentTo(first));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_pool_that_grows_beyond_its_workers_gets_more(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = TestWorkers.Of(budget: 10);
        var options = TestPool.Options(server);
        await using var pool = await TestWorkers.OpenAsync(crew, options, 8, cancellationToken);
        await pool.OpenAsync(25, options.Pace, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.ProcessIds, Has.Length.EqualTo(4));
            Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(33));
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(33, 33, 33)));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Fewer_handshakes_at_once_than_workers_are_kept_to(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = TestWorkers.Of(budget: 5);
        var options = TestPool.Options(server) with { InFlight = 1 };
        await using var pool = await TestWorkers.OpenAsync(crew, options, 15, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.ProcessIds, Has.Length.EqualTo(3));
            Assert.That(server.MostPending, Is.EqualTo(1));
        }
    }

    [TestCase(null)]
    [TestCase(500)]
    [CancelAfter(60_000)]
    public async Task Failure_without_any_success_ends_early_however_many_open(
        int? budget, CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(TcpFaults.AnswersStatus("403 Forbidden"));
        await using var crew = TestWorkers.Of(budget);
        // Ten seconds' worth: what several workers tell each quarter of a second is early enough on any machine.
        var options = TestPool.Options(server) with { InFlight = 10, Rate = 200 };
        await using var pool = await crew.CreateAsync(options, 2000, cancellationToken);
        await pool.OpenAsync(2000, options.Pace, cancellationToken);
        var facts = await pool.ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Counts.Attempted, Is.InRange(WebSocketPool.HopelessAfter, 1999));
            Assert.That(
                facts.Failures.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeRejected(403)"] = facts.Counts.Attempted }));
            Assert.That(facts.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.Hopeless));
            Assert.That(facts.StoppedEarly?.Text, Does.Contain("HandshakeRejected(403), HTTP/1.1 403 Forbidden"));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_server_that_is_full_is_tried_to_the_end_by_every_worker(CancellationToken cancellationToken)
    {
        var number = 0;
        await using var server = FaultServer.Start((peer, stop) =>
            Interlocked.Increment(ref number) <= 5
                ? GoodServer.Echo(peer, stop)
                : TcpFaults.AnswersStatus("503 Full")(peer, stop));
        await using var crew = TestWorkers.Of(budget: 130);
        var options = TestPool.Options(server);
        await using var pool = await crew.CreateAsync(options, 250, cancellationToken);
        await pool.OpenAsync(250, options.Pace, cancellationToken);
        var facts = await pool.ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(5));
            Assert.That(facts.Counts, Is.EqualTo(new PoolCounts(250, 5, 5)));
            Assert.That(
                facts.Failures.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeRejected(503)"] = 245 }));
            Assert.That(facts.StoppedEarly, Is.Null);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_stop_reaches_every_worker(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(TcpFaults.SilenceAfterRequest);
        await using var crew = TestWorkers.Of(budget: 15);
        var options = TestPool.Options(server) with { InFlight = 10 };
        await using var pool = await crew.CreateAsync(options, 30, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = pool.OpenAsync(30, options.Pace, stop.Token);
        await TestPool.UntilAsync(() => server.Requests == 10, cancellationToken);
        await stop.CancelAsync();
        await opening;
        var facts = await pool.ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Counts, Is.EqualTo(new PoolCounts(10, 0, 0)));
            Assert.That(facts.Failures.Spelt().Keys, Is.SubsetOf(["Interrupted", "HandshakeTimeout"]));
            Assert.That(facts.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.Deadline));
        }
    }
}
