using NUnit.Framework;
using Support.Pool;
using Support.Targets;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>The pool against the server that the suite really measures: Kestrel, in a process of its own.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class RealTargetTests(bool portable) : BothPaths(portable)
{
    [Test]
    [CancelAfter(30_000)]
    public async Task All_open_all_are_held_and_no_port_is_left(CancellationToken cancellationToken)
    {
        await using var target = await EmbeddedTarget.StartAsync(new(), cancellationToken);
        await AssertHeldAndClosedAsync(TestPool.Options(target.Url), 300, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Over_TLS_all_are_held_and_no_port_is_left(CancellationToken cancellationToken)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"target-{Guid.NewGuid():N}.pem");
        try
        {
            await using var target = await EmbeddedTarget.StartAsync(
                new() { Arguments = ["--self-signed", file] }, cancellationToken);
            await AssertHeldAndClosedAsync(
                TestPool.Options(target.Url) with { CaFile = file }, 50, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_capped_target_holds_its_cap_and_rejects_the_rest(CancellationToken cancellationToken)
    {
        await using var target = await EmbeddedTarget.StartAsync(
            new() { Arguments = ["--cap", "40"] }, cancellationToken);
        await using var pool = await TestPool.CreateAsync(TestPool.Options(target.Url), cancellationToken);
        await pool.OpenAsync(60, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(40));
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(60, 40, 40)));
            Assert.That(
                pool.Failures.Counts.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeRejected(503)"] = 20 }));
        }
    }

    private static async Task AssertHeldAndClosedAsync(PoolOptions options, int count, CancellationToken stop)
    {
        var before = ClientSockets.Snapshot();
        await using var pool = await TestPool.OpenAsync(options, count, stop);
        var held = await pool.PingAsync(stop);
        await pool.CloseAsync(stop);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.EqualTo(count));
            Assert.That(pool.Failures.Counts, Is.Empty);
        }

        await ClientSockets.AssertNoneLeftAsync(options.Url.Port, before, stop);
    }
}
