using NUnit.Framework;
using Support.Measuring;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring;

/// <summary>A step against the real target, in good health and misbehaving.</summary>
internal sealed class StepRunnerTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task A_good_step_has_all_its_facts(CancellationToken cancellationToken)
    {
        var result = await StepRuns.RunAsync(50, [], stop: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (result.Number, result.Sessions, result.Attempted, result.Opened, result.Held, result.Dropped),
                Is.EqualTo((1, 50, 50, 50, 50, 0)));
            Assert.That(result.Failures, Is.Empty);
            Assert.That(result.SuccessRate, Is.EqualTo(1));
            Assert.That(result.StoppedEarly, Is.Null);
            Assert.That(result.ConnectMilliseconds?.Max, Is.Positive);
            Assert.That(result.PongMilliseconds?.P99, Is.Positive);
            Assert.That(result.TlsMilliseconds, Is.Null);
            Assert.That(result.DnsMilliseconds, Is.Null);
            Assert.That(result.Seconds, Is.GreaterThanOrEqualTo(result.OpenSeconds));
            Assert.That(result.Resources.TargetOpen, Is.EqualTo(50));
            Assert.That(result.Losses, Is.Null);
            Assert.That(result.Addresses.Select(row => (row.Attempted, row.Failed)), Is.EqualTo(new[] { (50, 0) }));
            Assert.That(result.TargetAnswer, Is.EqualTo(TargetAnswer.NotAsked));
        }
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(60_000)]
    public async Task What_a_step_cost_is_read_of_both_processes(CancellationToken cancellationToken)
    {
        var resources = (await StepRuns.RunAsync(50, [], stop: cancellationToken)).Resources;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(resources.Suite?.Descriptors, Is.GreaterThan(50));
            Assert.That(resources.Target?.Descriptors, Is.GreaterThan(50));
            Assert.That(resources.Target?.ResidentBytesHeld, Is.Positive);
            Assert.That(resources.TimeWaitAfter, Is.Not.Null);
            Assert.That(
                resources.KernelEstablished,
                Is.EqualTo(50),
                "without the connection that the statistics are asked over");
            Assert.That(resources.Server, Is.Not.Null);
            Assert.That(resources.Server?.Processes, Is.EqualTo(1));
            Assert.That(resources.Server?.Name, Is.EqualTo("dotnet"));
            Assert.That(resources.Server?.Descriptors, Is.GreaterThan(50));
            Assert.That(resources.Server?.DescriptorLimit, Is.GreaterThan(50));
            Assert.That(resources.Server?.ResidentBytes, Is.Positive);
            Assert.That(resources.Server?.CpuSeconds, Is.Not.Negative);
            Assert.That(resources.Client?.Cores, Is.Positive);
            Assert.That(resources.Client?.LongestLagMilliseconds, Is.Not.Negative);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_capped_target_holds_its_cap(CancellationToken cancellationToken)
    {
        var result = await StepRuns.RunAsync(60, ["--cap", "40"], stop: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.Attempted, result.Opened, result.Held), Is.EqualTo((60, 40, 40)));
            Assert.That(
                result.Failures.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeRejected(503)"] = 20 }));
            Assert.That(result.Examples.Spelt()["HandshakeRejected(503)"], Does.Contain("503"));
            Assert.That(result.Resources.TargetOpen, Is.EqualTo(40));
            Assert.That(result.TargetAnswer, Is.EqualTo(TargetAnswer.Opens));
            Assert.That(result.Addresses.Select(row => (row.Attempted, row.Failed)), Is.EqualTo(new[] { (60, 20) }));
            Assert.That(result.StoppedEarly, Is.Null);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_is_dropped_in_the_hold_was_opened_and_not_held(CancellationToken cancellationToken)
    {
        var timing = StepRuns.Ample with { Hold = TimeSpan.FromSeconds(2) };
        var result = await StepRuns.RunAsync(20, ["--drop-after", "300ms"], timing: timing, stop: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.Attempted, result.Opened, result.Held, result.Dropped), Is.EqualTo((20, 20, 0, 20)));
            Assert.That(
                result.Failures.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["DroppedAbnormally(fin)"] = 20 }));
            Assert.That(result.Seconds, Is.GreaterThanOrEqualTo(2));
            Assert.That(result.Losses?.Count, Is.EqualTo(20));
            Assert.That(result.TargetAnswer, Is.EqualTo(TargetAnswer.Opens));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_target_that_stalls_costs_each_attempt_its_deadline(CancellationToken cancellationToken)
    {
        var result = await StepRuns.RunAsync(
            20, ["--stall-after", "10"], options => options with { AttemptTimeout = TestPool.Brief },
            stop: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.Attempted, result.Opened, result.Held), Is.EqualTo((20, 10, 10)));
            Assert.That(
                result.Failures.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeTimeout"] = 10 }));
            Assert.That(result.OpenSeconds, Is.GreaterThanOrEqualTo(TestPool.Brief.TotalSeconds).Within(0.1));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_target_that_rejects_everything_is_not_asked_for_ever(CancellationToken cancellationToken)
    {
        var result = await StepRuns.RunAsync(
            500, ["--reject", "404"], options => options with { InFlight = 10 }, stop: cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Attempted, Is.InRange(WebSocketPool.HopelessAfter, WebSocketPool.HopelessAfter + 9));
            Assert.That((result.Opened, result.Held), Is.EqualTo((0, 0)));
            Assert.That(
                result.Failures.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeRejected(404)"] = result.Attempted }));
            Assert.That(result.Stop, Is.EqualTo(EarlyStopKind.Hopeless));
            Assert.That(result.ConnectMilliseconds, Is.Null);
            Assert.That(result.PongMilliseconds, Is.Null);
            Assert.That(result.TargetAnswer, Is.EqualTo(TargetAnswer.Rejects));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_ends_after_the_count_was_held_and_is_no_failure(CancellationToken cancellationToken)
    {
        // Asked for its numbers for the second time, which is at the count, it resets every connection.
        var asked = 0;
        await using var server = FaultServer.Start(async (peer, stop) =>
        {
            var request = await peer.ReadRequestAsync(stop);
            if (request.Line.Contains("/stats", StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref asked) == 2)
                    peer.Server.Peers.Where(other => other.Request?.Headers.ContainsKey("Upgrade") == true)
                        .ToList().ForEach(other => other.Rst());
                await peer.SendAsync(
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
                return;
            }

            await peer.SendAsync(request.Answer(), stop);
            await GoodServer.ServeAsync(peer, stop);
        });
        var result = await StepRuns.Runner(TestPool.Options(server), meter: new(null, server.Url))
            .RunAsync(new(1, 10), cancellationToken);

        Assert.That((asked, result.Held, result.Failures.Values.Sum()), Is.EqualTo((2, 10, 0)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_short_step_has_a_short_proof(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.NoPong);
        // A quarter of four seconds for the proof, although a pong might take a minute.
        var timing = new StepTiming(TimeSpan.Zero, TimeSpan.FromSeconds(4));
        var result = await StepRuns.Runner(
            TestPool.Options(server) with { PongTimeout = TimeSpan.FromMinutes(1) },
            timing).RunAsync(new(1, 3), cancellationToken);

        Assert.That((result.Opened, result.Held, result.Failures.Spelt()["IdleLost"]), Is.EqualTo((3, 0, 3)));
    }
}
