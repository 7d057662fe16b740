using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

[TestFixture(false)]
[TestFixture(true)]
internal sealed class OpeningTests(bool portable) : BothPaths(portable)
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
            Assert.That(pool.Timings, Has.All.Matches<OpenTiming>(
                t => t is { Tcp: >= 0, Tls: 0, Upgrade: >= 0 } && t.Total == t.Tcp + t.Upgrade));
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
        var first = await pool.PingAsync(cancellationToken);
        await pool.OpenAsync(15, cancellationToken);
        var second = await pool.PingAsync(cancellationToken);

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
        await using var pool = await TestPool.OpenAsync(
            TestPool.Options(server) with { InFlight = inFlight }, 60, cancellationToken);

        Assert.That(server.MostPending, Is.EqualTo(inFlight));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task The_rate_is_kept_by_the_clock(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        await using var server = FaultServer.Start(GoodServer.Echo);
        var options = TestPool.Options(server) with { Rate = 2, InFlight = 1 };
        await using var pool = await WebSocketPool.CreateAsync(options, clock, cancellationToken);
        var opening = pool.OpenAsync(3, cancellationToken);
        for (var opened = 1; opened <= 3; opened++)
        {
            await TestPool.UntilAsync(() => pool.Counts.Opened == opened, cancellationToken);
            // The monitor, the watchdog and, as long as one is left, the worker that waits for its moment; epoll
            // waits without a timer.
            await TestPool.UntilAsync(
                () => opened == 3 || clock.Waiting == (TestPool.Portable ? 3 : 1), cancellationToken);
            clock.Advance(TimeSpan.FromMilliseconds(499));
            Assert.That(pool.Counts.Attempted, Is.EqualTo(opened), "one millisecond too early");
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await opening;
    }

}
