using System.Collections.Immutable;
using System.Diagnostics;
using NUnit.Framework;
using Support.Host;
using Support.Pool;
using Support.Pool.Workers;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool.Workers;

/// <summary>
/// What becomes of a pool when one of its processes is killed: its share is lost and counted, and nothing hangs.
/// </summary>
[Platform("Linux", Reason = "Signals.")]
internal sealed class WorkerDeathTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task Killed_while_holding_it_takes_its_share_and_nothing_else(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = TestWorkers.Of(budget: 20);
        var options = TestPool.Options(server);
        await using (var pool = await TestWorkers.OpenAsync(crew, options, 40, cancellationToken))
        {
            await TestWorkers.KillAsync(pool.ProcessIds[1], cancellationToken);
            var held = await pool.PingAsync(cancellationToken);
            var facts = await pool.ReadAsync();
            await pool.CloseAsync(cancellationToken);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(held, Is.EqualTo(20));
                Assert.That(facts.Counts, Is.EqualTo(new PoolCounts(40, 40, 20)));
                Assert.That(
                    facts.Failures.Spelt(),
                    Is.EquivalentTo(new Dictionary<string, int> { ["EnvironmentFailure"] = 20 }));
                Assert.That(
                    facts.Examples.Spelt()["EnvironmentFailure"],
                    Is.EqualTo($"worker process {pool.ProcessIds[1]} was killed by signal 9"));
                Assert.That(facts.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.WorkerEnded));
                Assert.That(facts.Timings, Has.Length.EqualTo(40), "What it told before it ended stays.");
            }
        }

        await using var next = await TestWorkers.OpenAsync(crew, options, 40, cancellationToken);
        Assert.That(await next.PingAsync(cancellationToken), Is.EqualTo(40), "The next pool has a new worker.");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Killed_while_opening_it_ends_the_opening_and_attempts_stay_opens_and_failures(
        CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = TestWorkers.Of(budget: 1000);
        // Slow enough to be met in the middle.
        var options = TestPool.Options(server) with { Rate = 100 };
        await using var pool = await crew.CreateAsync(options, 2000, cancellationToken);
        var opening = pool.OpenAsync(2000, options.Pace, cancellationToken);
        await TestPool.UntilAsync(() => pool.Counts.Opened >= 20, cancellationToken);
        await TestWorkers.KillAsync(pool.ProcessIds[0], cancellationToken);
        await opening;
        var facts = await pool.ReadAsync();
        var held = await pool.PingAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.WorkerEnded));
            Assert.That(
                facts.Counts.Attempted, Is.LessThan(2000).And.EqualTo(facts.Failures.Values.Sum() + facts.Counts.Open));
            Assert.That(facts.Failures.Spelt().Keys, Is.EqualTo(["EnvironmentFailure"]));
            Assert.That(held, Is.EqualTo(facts.Counts.Open).And.GreaterThan(0));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Killed_while_proving_or_closing_it_is_not_waited_for(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.NoPong);
        await using var crew = TestWorkers.Of(budget: 5);
        var pool = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 10, cancellationToken);
        var proving = pool.PingAsync(cancellationToken);
        await TestWorkers.KillAsync(pool.ProcessIds[0], cancellationToken);
        await TestWorkers.KillAsync(pool.ProcessIds[1], cancellationToken);
        var held = await proving;
        await pool.CloseAsync(cancellationToken);
        var facts = await pool.ReadAsync();
        await pool.DisposeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.Zero);
            Assert.That(facts.Counts, Is.EqualTo(new PoolCounts(10, 10, 0)));
            Assert.That(
                facts.Failures.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { ["EnvironmentFailure"] = 10 }));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Killed_by_the_kernel_for_memory_it_is_told_so(CancellationToken cancellationToken)
    {
        var kills = 3L;
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = new WorkerPools(TimeProvider.System)
        {
            Memory = () => new CgroupMemory(null, null, Interlocked.Read(ref kills)),
        };
        await using var pool = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 5, cancellationToken);
        Interlocked.Increment(ref kills);
        await TestWorkers.KillAsync(pool.ProcessIds[0], cancellationToken);
        await pool.PingAsync(cancellationToken);
        var facts = await pool.ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                facts.Failures.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { ["ClientLimit(memory)"] = 5 }));
            Assert.That(
                facts.Examples.Spelt()["ClientLimit(memory)"], Does.Contain("signal 9").And.Contain("out of memory"));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Near_the_end_of_memory_opening_stops_with_figures(CancellationToken cancellationToken)
    {
        var left = 600L;
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = new WorkerPools(TimeProvider.System)
        {
            Memory = () => new CgroupMemory(1000, Interlocked.Read(ref left), 0),
        };
        var options = TestPool.Options(server) with { Rate = 50 };
        await using var pool = await crew.CreateAsync(options, 1000, cancellationToken);
        var opening = pool.OpenAsync(1000, options.Pace, cancellationToken);
        await TestPool.UntilAsync(() => pool.Counts.Opened >= 10, cancellationToken);
        Interlocked.Exchange(ref left, 50);
        await opening;
        var facts = await pool.ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                facts.Failures.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { ["ClientLimit(memory)"] = 1 }));
            Assert.That(
                facts.Examples.Spelt()["ClientLimit(memory)"],
                Does.StartWith("the control group uses 950 of 1000 bytes (95"));
            Assert.That(facts.Counts.Attempted, Is.EqualTo(facts.Counts.Open + 1).And.LessThan(1000));
            Assert.That(facts.StoppedEarly?.Kind, Is.EqualTo(EarlyStopKind.ClientLimit));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_line_that_is_no_answer_ends_the_worker_and_says_so(CancellationToken cancellationToken)
    {
        await using var crew =
            new WorkerPools(TimeProvider.System) { Start = () => Shell("echo 'Hello, world'; cat >/dev/null") };
        var error = Assert.CatchAsync<InvalidOperationException>(
            () => crew.CreateAsync(TestPool.Options(new Uri("ws://127.0.0.1:9/")), 1, cancellationToken));

        Assert.That(
            error!.Message,
            Does.Match(@"^worker process \d+ wrote a line that is no answer and was ended before it was ready\."));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_worker_that_cannot_start_says_what_it_said(CancellationToken cancellationToken)
    {
        await using var crew =
            new WorkerPools(TimeProvider.System) { Start = () => Shell("echo 'no such runtime' >&2; exit 150") };
        var error = Assert.CatchAsync<InvalidOperationException>(
            () => crew.CreateAsync(TestPool.Options(new Uri("ws://127.0.0.1:9/")), 1, cancellationToken));

        Assert.That(
            error!.Message, Does.Contain("ended with exit code 150; it said: no such runtime before it was ready"));
    }

    private static ProcessStartInfo Shell(string script) => new("/bin/sh", ImmutableArray.Create("-c", script))
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
