using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>Every fault that a server can show is produced for real, and has to be called by its name.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class FaultMatrixTests(bool portable) : BothPaths(portable)
{
    private const int Count = 3;

    [CancelAfter(30_000)]
    [TestCaseSource(typeof(HandshakeFaultCases), nameof(HandshakeFaultCases.All))]
    [TestCaseSource(typeof(OpenFaultCases), nameof(OpenFaultCases.All))]
    public async Task A_fault_is_counted_by_its_class_and_leaves_no_socket(
        FaultCase fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fault);
        await using var server = FaultServer.Start(fault.Behaviour);
        await using var pool = await TestPool.CreateAsync(OptionsOf(fault, server), cancellationToken);
        await pool.OpenAsync(Count, cancellationToken);
        server.Go();
        var held = await pool.PingAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.Zero);
            Assert.That(
                pool.Failures.Counts.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { [fault.Class] = Count }));
            Assert.That(pool.Failures.Examples.Spelt().GetValueOrDefault(fault.Class), Does.Contain(fault.Fragment));
            Assert.That(pool.Counts.Open, Is.Zero);
            Assert.That(
                (await pool.ReadAsync()).Losses.Select(loss => loss.Class.ToString()),
                Is.EqualTo(Enumerable.Repeat(fault.Class, pool.Counts.Opened)));
            Assert.That(pool.Counts.Attempted, Is.EqualTo(Count));
            Assert.That(server.Peers, Has.Count.EqualTo(Count));
        }

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    [CancelAfter(30_000)]
    [TestCaseSource(typeof(HarmlessCases), nameof(HarmlessCases.All))]
    public async Task What_the_protocol_allows_keeps_a_connection_alive(
        FaultCase harmless, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(harmless);
        await using var server = FaultServer.Start(harmless.Behaviour);
        await using (var pool = await TestPool.OpenAsync(OptionsOf(harmless, server), Count, cancellationToken))
        {
            server.Go();
            // Twice: what came before the first proof must not break what follows it.
            var first = await pool.PingAsync(cancellationToken);
            var second = await pool.PingAsync(cancellationToken);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(first, Is.EqualTo(Count));
                Assert.That(second, Is.EqualTo(Count));
                Assert.That(pool.Failures.Counts, Is.Empty);
                Assert.That(pool.PongMicroseconds, Has.Count.EqualTo(Count));
            }
        }

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    private static PoolOptions OptionsOf(FaultCase fault, FaultServer server) => TestPool.Options(server) with
    {
        AttemptTimeout = fault.AttemptTimeout,
        PongTimeout = fault.PongTimeout,
        Subprotocol = fault.Subprotocol,
    };
}
