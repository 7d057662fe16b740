using System.Net.Sockets;
using NUnit.Framework;
using Support.Host;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>When an open connection ended and how old it was, by a clock that stands.</summary>
internal sealed class LossTests
{
    private static readonly PoolOptions Options = new() { Url = new("ws://127.0.0.1:9/") };
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    [Test]
    [CancelAfter(30_000)]
    public async Task A_FIN_ended_when_the_kernel_says_that_it_came(CancellationToken cancellationToken) =>
        Assert.That(
            await LossAfterTenSecondsAsync(
                new(SocketError.Success, []) { SinceFin = TimeSpan.FromMilliseconds(300) }, cancellationToken),
            Is.EqualTo(new Loss(FailureClass.Parse("DroppedAbnormally(fin)"), 9.7, 9.7)));

    [Test]
    [CancelAfter(30_000)]
    public async Task A_FIN_never_comes_before_the_last_byte(CancellationToken cancellationToken) =>
        Assert.That(
            await LossAfterTenSecondsAsync(
                new(SocketError.Success, []) { SinceFin = TimeSpan.FromHours(1) }, cancellationToken),
            Is.EqualTo(new Loss(FailureClass.Parse("DroppedAbnormally(fin)"), 0, 0)));

    [Test]
    [CancelAfter(30_000)]
    public async Task A_reset_ended_when_it_was_found(CancellationToken cancellationToken) =>
        Assert.That(
            await LossAfterTenSecondsAsync(
                new(SocketError.ConnectionReset, []) { SinceFin = TimeSpan.FromSeconds(3) }, cancellationToken),
            Is.EqualTo(new Loss(FailureClass.Parse("DroppedAbnormally(rst)"), 10, 10)));

    [Test]
    [CancelAfter(30_000)]
    public async Task A_close_frame_is_no_byte_that_makes_its_own_connection_young(
        CancellationToken cancellationToken) =>
        Assert.That(
            await LossAfterTenSecondsAsync(new(SocketError.WouldBlock, ServerFrame.Close(1001)), cancellationToken),
            Is.EqualTo(new Loss(FailureClass.Parse("ClosedByPeer(1001)"), 10, 10)));

    [Test]
    [CancelAfter(30_000)]
    public async Task An_age_counts_from_the_last_byte(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        var connection = new ScriptedConnection(SocketError.WouldBlock, ServerFrame.Text("hello"));
        await using var monitor = new ConnectionMonitor(Options, new FailureTally(Options), clock, new LagMeter());
        monitor.MakeRoom(1);
        monitor.Add(connection);
        await LookAsync(clock, TimeSpan.FromSeconds(4), cancellationToken);
        connection.End = SocketError.ConnectionReset;
        await LookAsync(clock, TimeSpan.FromSeconds(5), cancellationToken);

        Assert.That(
            monitor.Losses, Is.EqualTo(new[] { new Loss(FailureClass.Parse("DroppedAbnormally(rst)"), 5, 9) }));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Ends_are_looked_for_four_times_a_second_and_a_look_that_comes_late_is_noticed(
        CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        var lag = new LagMeter();
        var connection = new ScriptedConnection(SocketError.WouldBlock, []);
        await using var monitor = new ConnectionMonitor(Options, new FailureTally(Options), clock, lag);
        monitor.MakeRoom(1);
        monitor.Add(connection);
        await LookAsync(clock, Look, cancellationToken);
        await LookAsync(clock, Look, cancellationToken);
        var punctual = lag.Longest;
        await LookAsync(clock, Look + TimeSpan.FromMilliseconds(120), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(connection.Reads, Is.EqualTo(3));
            Assert.That(punctual, Is.EqualTo(TimeSpan.Zero));
            Assert.That(lag.Longest, Is.EqualTo(TimeSpan.FromMilliseconds(120)));
        }
    }

    [Test]
    public void The_longest_lag_is_kept_and_being_early_is_none()
    {
        var lag = new LagMeter();
        foreach (var milliseconds in new[] { -5, 3, 70, 12 })
            lag.Note(TimeSpan.FromMilliseconds(milliseconds));

        Assert.That(lag.Longest, Is.EqualTo(TimeSpan.FromMilliseconds(70)));
    }

    private static async Task<Loss> LossAfterTenSecondsAsync(ScriptedConnection connection, CancellationToken stop)
    {
        var clock = new ManualClock();
        await using var monitor = new ConnectionMonitor(Options, new FailureTally(Options), clock, new LagMeter());
        monitor.MakeRoom(1);
        monitor.Add(connection);
        await LookAsync(clock, TimeSpan.FromSeconds(10), stop);
        return monitor.Losses.Single();
    }

    // The next rest begins when the look is over.
    private static async Task LookAsync(ManualClock clock, TimeSpan after, CancellationToken stop)
    {
        await TestPool.UntilAsync(() => clock.Waiting == 1, stop);
        clock.Advance(after);
        await TestPool.UntilAsync(() => clock.Waiting == 1, stop);
    }

    /// <summary>Gives its bytes once, and then its end; success without a byte is a FIN.</summary>
    private sealed class ScriptedConnection(SocketError end, byte[] bytes) : Connection
    {
        public SocketError End { get; set; } = end;

        public TimeSpan SinceFin { get; init; }

        public int Reads { get; private set; }

        public override SocketError TrySend(ReadOnlySpan<byte> frame) => SocketError.Success;

        public override TcpInfo? Info() => new TcpInfo(false, SinceFin);

        public override void Close()
        {
            // There is nothing behind it.
        }

        public override void Reset() => Close();

        public override int TryReceive(Span<byte> buffer, out SocketError error)
        {
            var first = Reads++ == 0 && bytes.Length > 0;
            error = first ? SocketError.Success : End;
            if (first)
                bytes.CopyTo(buffer);
            return first ? bytes.Length : 0;
        }
    }
}
