using System.Text;
using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

[TestFixture(false)]
[TestFixture(true)]
internal sealed class PingTests(bool portable) : BothPaths(portable)
{
    [Test]
    [CancelAfter(30_000)]
    public async Task Those_that_dropped_in_the_hold_are_not_held(CancellationToken cancellationToken)
    {
        // Of every five one is reset, one ended, one closed; two live.
        await using var server = FaultServer.Start(Fifths([
            OpenFaults.Rst, OpenFaults.Fin, OpenFaults.Closes(ServerFrame.Close(1001)), GoodServer.Echo,
            GoodServer.Echo]));
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 50, cancellationToken);
        server.Go();
        var held = await pool.PingAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.EqualTo(20));
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(50, 50, 20)));
            Assert.That(pool.PongMicroseconds, Has.Count.EqualTo(20));
            Assert.That(pool.Failures.Counts.Spelt(), Is.EquivalentTo(new Dictionary<string, int>
            {
                ["DroppedAbnormally(rst)"] = 10,
                ["DroppedAbnormally(fin)"] = 10,
                ["ClosedByPeer(1001)"] = 10,
            }));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Whose_last_words_came_with_its_end_is_not_held(CancellationToken cancellationToken)
    {
        // Both prove themselves. Then, before the count, the first says something and ends: one look finds the words
        // and the end behind them.
        var number = 0;
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FaultServer.Start(async (peer, stop) =>
        {
            var first = Interlocked.Increment(ref number) == 1;
            await peer.UpgradeAsync(stop);
            var ping = await peer.ReadFrameAsync(stop);
            if (!first)
                await said.Task.WaitAsync(stop);
            await peer.SendAsync(ServerFrame.Pong(ping!.Payload), stop);
            if (!first)
            {
                await GoodServer.ServeAsync(peer, stop);
                return;
            }

            await peer.Server.GoneAsync(stop);
            await peer.SendAsync(ServerFrame.Binary(3), stop);
            peer.Fin();
            said.SetResult();
        });
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 2, cancellationToken);
        var proving = pool.PingAsync(cancellationToken);
        await TestPool.UntilAsync(() => pool.PongMicroseconds.Count == 1, cancellationToken);
        server.Go();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await proving, Is.EqualTo(1));
            Assert.That(
                pool.Failures.Counts.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["DroppedAbnormally(fin)"] = 1 }));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Drops_are_noticed_in_the_hold_without_a_proof(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(Fifths(
            [OpenFaults.Rst, GoodServer.Echo, GoodServer.Echo, GoodServer.Echo, GoodServer.Echo]));
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 20, cancellationToken);
        server.Go();

        await TestPool.UntilAsync(() => pool.Counts.Open == 16, cancellationToken);
        Assert.That(
            pool.Failures.Counts.Spelt(),
            Is.EquivalentTo(new Dictionary<string, int> { ["DroppedAbnormally(rst)"] = 4 }));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Who_answered_and_then_ended_is_not_counted_at_the_instant_of_the_count(
        CancellationToken cancellationToken)
    {
        // The first answers and ends at once; the second answers only after that. So both proved themselves, and one
        // lives.
        var number = 0;
        await using var server = FaultServer.Start(async (peer, stop) =>
        {
            var first = Interlocked.Increment(ref number) == 1;
            await peer.UpgradeAsync(stop);
            var ping = await peer.ReadFrameAsync(stop);
            if (!first)
                await peer.Server.GoneAsync(stop);
            await peer.SendAsync(ServerFrame.Pong(ping!.Payload), stop);
            if (!first)
            {
                await GoodServer.ServeAsync(peer, stop);
                return;
            }

            peer.Fin();
            peer.Server.Go();
        });
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 2, cancellationToken);
        var held = await pool.PingAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.EqualTo(1));
            Assert.That(
                pool.Failures.Counts.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["DroppedAbnormally(fin)"] = 1 }));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task The_silent_are_lost_and_the_others_are_not(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(Fifths(
            [GoodServer.NoPong, GoodServer.Echo, GoodServer.Echo, GoodServer.Echo, GoodServer.Echo]));
        var options = TestPool.Options(server) with { PongTimeout = TestPool.Brief };
        await using var pool = await TestPool.OpenAsync(options, 30, cancellationToken);
        var held = await pool.PingAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.EqualTo(24));
            Assert.That(
                pool.Failures.Counts.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { ["IdleLost"] = 6 }));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_pong_of_an_earlier_round_proves_nothing(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(async (peer, stop) =>
        {
            await peer.UpgradeAsync(stop);
            var first = await peer.ReadFrameAsync(stop);
            await peer.SendAsync(ServerFrame.Pong(first!.Payload), stop);
            await peer.ReadFrameAsync(stop);
            await peer.SendAsync(ServerFrame.Pong(first.Payload), stop);
        });
        var options = TestPool.Options(server) with { PongTimeout = TestPool.Brief };
        await using var pool = await TestPool.OpenAsync(options, 1, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(1));
            Assert.That(await pool.PingAsync(cancellationToken), Is.Zero);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task More_than_one_batch_is_proven_whole(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 250, cancellationToken);
        var held = await pool.PingAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.EqualTo(250));
            Assert.That(pool.PongMicroseconds, Has.Count.EqualTo(250).And.All.GreaterThanOrEqualTo(0));
            Assert.That(server.Peers.Select(peer => peer.Frames.Count), Is.All.EqualTo(1), "one ping each");
            Assert.That(server.Peers.Select(peer => peer.Frames.First().Masked), Is.All.True);
        }
    }

    [CancelAfter(30_000)]
    [TestCaseSource(nameof(Pinging))]
    public async Task The_server_s_pings_are_answered_in_the_hold_with_their_payload(
        PingCase pinging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pinging);
        await using var server = FaultServer.Start(pinging.Behaviour);
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 3, cancellationToken);
        server.Go();
        await TestPool.UntilAsync(
            () => server.Peers.All(peer => peer.Frames.Count >= pinging.Payloads.Count), cancellationToken);

        foreach (var peer in server.Peers)
        {
            var answers = peer.Frames.Select(
                frame => (frame.Opcode, frame.Final, frame.Masked, Encoding.ASCII.GetString(frame.Payload)));
            Assert.That(answers, Is.EqualTo(pinging.Payloads.Select(payload => (10, true, true, payload))));
        }
    }

    [TestCase(1000, 1000)]
    [TestCase(1013, 1013)]
    [TestCase(4999, 4999)]
    [TestCase(null, 1000)]
    [CancelAfter(30_000)]
    public async Task The_server_s_close_is_answered_with_its_code(
        int? sent, int answered, CancellationToken cancellationToken)
    {
        var close = sent is { } code ? ServerFrame.Close(code) : ServerFrame.Raw(0x88, []);
        await using var server = FaultServer.Start(OpenFaults.Closes(close));
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 1, cancellationToken);
        server.Go();
        await server.AllEndedAsync(cancellationToken);

        var peer = server.Peers.Single();
        using (Assert.EnterMultipleScope())
        {
            var frame = peer.Frames.Single();
            Assert.That((frame.Opcode, frame.Masked, frame.CloseCode), Is.EqualTo((8, true, answered)));
            Assert.That(peer.End, Is.EqualTo(PeerEnd.Fin));
        }
    }

    private static IEnumerable<PingCase> Pinging()
    {
        var longest = new string('p', 125);
        yield return new("two", OpenFaults.SendsAndServes(ServerFrame.Ping("1"), ServerFrame.Ping("2")), ["1", "2"]);
        yield return new("together with the answer", AnswerFaults.TogetherWith(ServerFrame.Ping("early")), ["early"]);
        yield return new(
            "none and 125 bytes",
            OpenFaults.SendsAndServes(ServerFrame.Ping(""), ServerFrame.Ping(longest)),
            ["", longest]);
        yield return new(
            "inside a message",
            OpenFaults.SendsAndServes([0x01, 1, 0x41], ServerFrame.Ping("x"), [0x80, 1, 0x42]),
            ["x"]);
        yield return new("more than one look takes", OpenFaults.SendsAndServes(
            [.. Enumerable.Range(0, 400)
                .Select(i => (byte[])[.. ServerFrame.Binary(2000), .. ServerFrame.Ping($"{i}")])]),
            [.. Enumerable.Range(0, 400).Select(i => $"{i}")]);
    }

    private static Behaviour Fifths(Behaviour[] behaviours)
    {
        var number = -1;
        return (peer, stop) => behaviours[Interlocked.Increment(ref number) % 5](peer, stop);
    }

    /// <summary>A server that pings, and the payloads that have to come back.</summary>
    public sealed record PingCase(string Name, Behaviour Behaviour, IReadOnlyList<string> Payloads)
    {
        /// <inheritdoc/>
        public override string ToString() => Name;
    }
}
