using System.Collections.Immutable;
using NUnit.Framework;
using Support.Host;
using Support.Measuring.SelfTest;
using Support.Pool;
using Support.Targets;
using Support.Tests.Pool.Faults;
using Failed = System.Collections.Immutable.ImmutableSortedDictionary<Support.Pool.FailureClass, int>;

namespace Support.Tests.Measuring.SelfTest;

/// <summary>A true meter is found true, and each false one false.</summary>
[TestFixture(false)]
[TestFixture(true)]
[CancelAfter(60_000), OneAtATime("self-tests")]
internal sealed class SelfTestRunnerTests(bool portable) : BothPaths(portable)
{
    private const string Cap = "a hidden cap";
    private const string Drops = "dropped connections";
    private static readonly SelfTestDraw Draw = SelfTestDraw.From(20261121);

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_true_meter_reads_both(bool tls)
    {
        var pools = new FalsePools(new Lie());
        var calibration = await RunAsync(pools, tls);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                calibration.Readings.Select(reading => (reading.Name, reading.Problem)),
                Is.EqualTo(new[] { (Cap, (string?)null), (Drops, null) }));
            Assert.That(calibration.IsTrue, Is.True, () => string.Join("\n", calibration.Readings));
            Assert.That(calibration.Readings[0].Truth, Does.Contain(FormattableString.Invariant(
                $"seed {Draw.Seed}, a cap of {Draw.Cap}; the server counts {Draw.Cap} open")));
            Assert.That(
                calibration.Readings[1].Truth, Does.Contain(FormattableString.Invariant($"{Draw.Sessions} accepted")));
            Assert.That(
                calibration.Seconds, Is.GreaterThanOrEqualTo(calibration.Readings.Max(reading => reading.Seconds)));
        }
    }

    [Test]
    public async Task The_pool_is_told_how_many_are_wanted_and_nothing_of_the_cap()
    {
        var pools = new FalsePools(new Lie());
        await RunAsync(pools, tls: false);

        Assert.That(
            pools.Asked.Select(asked =>
                (asked.Sessions, asked.Options.SourceAddresses.Length, asked.Options.Rate, asked.Options.Url.Host)),
            Is.EqualTo(new[]
            {
                (Draw.Cap + Draw.OverCap, 0, (double?)null, "127.0.0.1"),
                (Draw.Sessions, 0, null, "127.0.0.1"),
            }));
    }

    [TestCaseSource(nameof(Lies))]
    public async Task A_false_meter_is_found_out(Lie lie, string[] wrong, string says)
    {
        var calibration = await RunAsync(new FalsePools(lie), tls: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calibration.IsTrue, Is.False);
            Assert.That(
                calibration.Readings.Where(reading => !reading.IsTrue).Select(reading => reading.Name),
                Is.EqualTo(wrong));
            Assert.That(
                string.Join(" | ", calibration.Readings.Select(reading => reading.Problem)), Does.Contain(says));
        }
    }

    // However long it takes: half a second is more than a server may have in mind.
    [Test]
    public async Task Nothing_is_dropped_before_the_pool_has_opened_everything()
    {
        List<int> open = [];
        var calibration = await RunAsync(
            new FalsePools(new Lie
            {
                Opened = async server =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
                    open.Add((await TargetStatsReader.WaitAsync(server, CancellationToken.None))!.Open);
                },
            }),
            tls: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(open, Is.EqualTo(new[] { Draw.Cap, Draw.Sessions }));
            Assert.That(calibration.IsTrue, Is.True, () => string.Join("\n", calibration.Readings));
        }
    }

    [Test]
    public async Task What_this_machine_lacks_is_no_lie()
    {
        var lacks = new FailureClass(FailureKind.ClientLimit, FailureDetail.Descriptors);
        var calibration = await RunAsync(
            new FalsePools(new Lie
            {
                Counts = counts => counts with { Opened = counts.Opened - 1 },
                Failures = failures => failures.Add(lacks, 1),
            }),
            tls: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calibration.IsTrue, Is.False);
            Assert.That(calibration.Readings.Select(reading => reading.Lacks), Is.All.EqualTo(lacks));
            Assert.That(calibration.Lacks, Is.EqualTo(lacks));
        }
    }

    [Test]
    public async Task A_server_that_could_not_hold_its_connections_is_not_started()
    {
        await using var servers = new Support.Run.SelfTest.OwnServers(
            tls: false, TimeProvider.System, () => ClientBudget.SelfTestDescriptors - 1);
        var pools = new FalsePools(new Lie());

        servers.Prepare();
        var result = await servers.RunAsync(pools, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Lacks, Is.EqualTo(new FailureClass(FailureKind.ClientLimit, FailureDetail.Descriptors)));
            Assert.That(result.Readings.Select(reading => reading.Name), Is.EqualTo(new[] { Cap, Drops }));
            Assert.That(result.Readings[0].Problem, Does.Contain("491").And.Contain("492"));
            Assert.That(pools.Asked, Is.Empty);
        }
    }

    [Test]
    public async Task How_long_this_side_was_throttled_is_told()
    {
        var throttled = new CpuThrottling(0, TimeSpan.Zero);
        var runner = new SelfTestRunner(
            new FalsePools(new Lie { Opening = _ => throttled = new(1000, throttled.Time + TimeSpan.FromSeconds(9)) }),
            TimeProvider.System)
        {
            Throttling = () => throttled,
        };

        var calibration = await runner.RunAsync(Draw, tls: false, TestContext.CurrentContext.CancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calibration.IsTrue, Is.True);
            Assert.That(
                calibration.ThrottledSeconds, Is.GreaterThan(0).And.EqualTo(calibration.Seconds).Within(1),
                "two times 9 s, and no more than it took");
        }
    }

    [Test]
    public async Task A_pool_that_cannot_be_made_is_a_reading_that_is_not_true()
    {
        var calibration = await RunAsync(new NoPools(), tls: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calibration.IsTrue, Is.False);
            Assert.That(calibration.Readings, Has.Length.EqualTo(2).And.All.Matches<SelfTestReading>(
                reading => reading.Problem == "it could not run: IOException: no worker started"));
        }
    }

    [Test]
    public void A_run_that_is_stopped_is_no_false_meter()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Assert.That(
            async () => await new SelfTestRunner(new FalsePools(new Lie()), TimeProvider.System)
                .RunAsync(Draw, tls: false, stopped.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_draw_is_that_of_its_seed_and_within_its_bounds()
    {
        var draws = Enumerable.Range(0, 10_000).Select(SelfTestDraw.From).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SelfTestDraw.From(draws[7].Seed), Is.EqualTo(draws[7]));
            Assert.That((draws.Min(draw => draw.Cap), draws.Max(draw => draw.Cap)), Is.EqualTo((100, 200)));
            Assert.That((draws.Min(draw => draw.OverCap), draws.Max(draw => draw.OverCap)), Is.EqualTo((50, 100)));
            Assert.That(draws.Select(draw => draw.DropShare), Has.All.InRange(0.2, 0.5));
            Assert.That(
                draws.Max(draw => Math.Max(draw.Cap + draw.OverCap, draw.Sessions)),
                Is.EqualTo(ClientBudget.SelfTestConnections), "what the check of descriptors counts");
        }
    }

    [Test]
    public void No_calibration_is_not_a_true_one() => Assert.That(new SelfTestResult([], 0).IsTrue, Is.False);

    private static IEnumerable<TestCaseData> Lies()
    {
        var over = FormattableString.Invariant(
            $"held: {Draw.Cap + 1} counted, {Draw.Cap} are open by the server's count");
        yield return Case(
            "one opened too many",
            new() { Counts = counts => counts with { Opened = counts.Opened + 1 } },
            [Cap, Drops],
            "opened: ");
        yield return Case(
            "one opened too few",
            new() { Counts = counts => counts with { Opened = counts.Opened - 1 } },
            [Cap, Drops],
            "is the cap");
        yield return Case(
            "one attempted too few",
            new() { Counts = counts => counts with { Attempted = counts.Attempted - 1 } },
            [Cap, Drops],
            "attempted: ");
        yield return Case("one held too many", new() { Held = (held, _) => held + 1 }, [Cap, Drops], over);
        yield return Case("one held too few", new() { Held = (held, _) => held - 1 }, [Cap, Drops], "held: ");
        yield return Case("opened counted as held", new() { Held = (_, opened) => opened }, [Drops], "held: ");
        yield return Case(
            "drops not counted as failures",
            new() { Failures = Without("DroppedAbnormally(fin)") },
            [Drops],
            "DroppedAbnormally(fin): 0 counted");
        yield return Case(
            "refusals not counted as failures",
            new() { Failures = Without("HandshakeRejected(503)") },
            [Cap],
            "HandshakeRejected(503): 0 counted");
    }

    private static Func<Failed, Failed> Without(string failure) =>
        failures => failures.Remove(FailureClass.Parse(failure));

    private static TestCaseData Case(string name, Lie lie, string[] wrong, string says) =>
        new TestCaseData(lie, wrong, says).SetArgDisplayNames(name);

    private static Task<SelfTestResult> RunAsync(IPoolSource pools, bool tls) =>
        new SelfTestRunner(pools, TimeProvider.System)
            .RunAsync(Draw, tls, TestContext.CurrentContext.CancellationToken);

    private sealed class NoPools : IPoolSource
    {
        public Task<IConnectionPool> CreateAsync(
            PoolOptions options, int sessions, CancellationToken cancellationToken) =>
            throw new IOException("no worker started");
    }
}
