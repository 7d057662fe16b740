using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>Losses and addresses over real sockets.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class LossOverSocketsTests(bool portable) : BothPaths(portable)
{
    private const string CloseWait = "08";

    [Test]
    [CancelAfter(30_000)]
    [Platform("Linux", Reason = "Only Linux remembers when a FIN came.")]
    public async Task The_moment_of_a_FIN_is_the_kernels_and_not_that_of_the_look(CancellationToken cancellationToken)
    {
        // Ten seconds pass for the pool in one look; for the kernel the FIN came 300 ms before it, or longer.
        var clock = new ManualClock();
        await using var server = FaultServer.Start(OpenFaults.Fin);
        await using var pool = await WebSocketPool.CreateAsync(TestPool.Options(server), clock, cancellationToken);
        await pool.OpenAsync(3, cancellationToken);
        server.Go();
        await TestPool.UntilAsync(
            () => ClientSockets.StatesTowards(server.Port, server.Before).Count(state => state == CloseWait) == 3,
            cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, cancellationToken);
        clock.Advance(TimeSpan.FromSeconds(10));
        await TestPool.UntilAsync(() => pool.Counts.Open == 0, cancellationToken);
        var losses = (await pool.ReadAsync()).Losses;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                losses.Select(loss => loss.Class.ToString()),
                Is.EqualTo(Enumerable.Repeat("DroppedAbnormally(fin)", 3)));
            // The kernel's own clock ticks in up to 10 ms.
            Assert.That(losses.Select(loss => loss.AtSeconds), Is.All.InRange(0, 9.72));
            Assert.That(losses.Select(loss => loss.AgeSeconds), Is.EqualTo(losses.Select(loss => loss.AtSeconds)));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Attempts_and_failures_count_by_address(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        using var closed = new Socket(SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: refuses, and nobody else gets the port.
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var bad = (IPEndPoint)closed.LocalEndPoint!;
        var addresses = new TargetAddresses(
            [new(IPAddress.Loopback, server.Port), new(IPAddress.Loopback, bad.Port)], null);
        await using var pool = new WebSocketPool(TestPool.Options(server), addresses, TimeProvider.System);
        var none = (await pool.ReadAsync()).Addresses;
        await pool.OpenAsync(10, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                none.Select(row => (row.Attempted, row.Failed)),
                Is.EqualTo(new[] { (0, 0), (0, 0) }),
                "known before the first attempt");
            Assert.That((await pool.ReadAsync()).Addresses, Is.EqualTo(new AddressCount[]
            {
                new($"127.0.0.1:{server.Port}", 5, 0), new($"127.0.0.1:{bad.Port}", 5, 5),
            }));
        }
    }
}
