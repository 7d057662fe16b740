using System.Net.Sockets;
using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

internal sealed class ConnectionMonitorTests
{
    private static readonly PoolOptions Options = new() { Url = new("ws://127.0.0.1:9/") };

    [Test]
    [CancelAfter(30_000)]
    public async Task A_peer_that_floods_gets_a_bounded_share_of_each_look(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        var flood = new EndlessConnection();
        var other = new EndlessConnection();
        var failures = new FailureTally(Options);
        await using (var monitor = new ConnectionMonitor(Options, failures, clock, new LagMeter()))
        {
            monitor.MakeRoom(2);
            monitor.Add(flood);
            monitor.Add(other);
            await TestPool.UntilAsync(() => clock.Waiting == 1, cancellationToken);
            clock.Advance(TimeSpan.FromSeconds(1));
            // The next rest begins when the look is over.
            await TestPool.UntilAsync(() => clock.Waiting == 1, cancellationToken);

            Assert.That((flood.Reads, other.Reads), Is.EqualTo((16, 16)));
        }

        Assert.That(failures.Counts, Is.Empty);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_poll_that_broke_is_told_by_the_next_pings(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        var monitor = new ConnectionMonitor(Options, new(Options), clock, new LagMeter());
        monitor.MakeRoom(1);
        monitor.Add(new EndlessConnection { Breaks = 1 });
        await TestPool.UntilAsync(() => clock.Waiting == 1, cancellationToken);
        clock.Advance(TimeSpan.FromSeconds(1));
        await TestPool.UntilAsync(() => monitor.IsBroken, cancellationToken);

        Assert.That(() => monitor.PingAsync(cancellationToken), Throws.TypeOf<InvalidTimeZoneException>());
        Assert.That(async () => await monitor.DisposeAsync(), Throws.TypeOf<InvalidTimeZoneException>());
    }

    private sealed class EndlessConnection : Connection
    {
        public int Reads { get; private set; }

        public int Breaks { get; init; }

        public override SocketError TrySend(ReadOnlySpan<byte> frame) => SocketError.Success;

        public override void Close()
        {
            // There is nothing behind it.
        }

        public override void Reset() => Close();

        // One binary message of 2^63 - 1 bytes that goes on and on.
        public override int TryReceive(Span<byte> buffer, out SocketError error)
        {
            // One that nobody else throws.
            if (Reads < Breaks && Reads++ >= 0)
                throw new InvalidTimeZoneException();
            ReadOnlySpan<byte> head = [0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
            if (Reads++ == 0)
                head.CopyTo(buffer);
            error = SocketError.Success;
            return buffer.Length;
        }
    }
}
