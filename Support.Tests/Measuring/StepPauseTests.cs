using System.Net;
using NUnit.Framework;
using Support.Measuring;
using Support.Targets;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring;

/// <summary>The clock stands unless the test moves it: a pause that waits without need never ends.</summary>
internal sealed class StepPauseTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly ManualClock clock = new();

    [Test]
    [Platform("Linux")]
    [CancelAfter(30_000)]
    public async Task It_ends_at_once_where_nothing_is_left(CancellationToken cancellationToken)
    {
        await using var target = await EmbeddedTarget.StartAsync(new(), cancellationToken);
        var waited = await Pause(target.Url.Port, target.Url).WaitAsync(cancellationToken);
        Assert.That(waited, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(30_000)]
    public async Task It_ends_early_once_the_last_connection_is_gone(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var pool = await TestPool.OpenAsync(TestPool.Options(server), 3, cancellationToken);
        var waiting = new StepPause(TimeSpan.FromHours(1), Local(server.Port), null, clock)
            .WaitAsync(cancellationToken);
        clock.Advance(Longest);
        var tooEarly = waiting.IsCompleted;
        await pool.CloseAsync(cancellationToken);
        while (!waiting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tooEarly, Is.False);
            Assert.That(await waiting, Is.LessThan(TimeSpan.FromHours(1)));
        }
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(30_000)]
    public async Task It_waits_for_what_the_target_still_counts(CancellationToken cancellationToken)
    {
        // The one socket of the statistics is nothing left; what they say is.
        await using var server = FaultServer.Start(TcpFaults.AnswersStatus("200 OK"));
        Assert.That(await WholeAsync(Pause(server.Port, server.Url), cancellationToken), Is.EqualTo(Longest));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task It_lasts_whole_where_nothing_can_be_read_and_not_longer(CancellationToken cancellationToken) =>
        Assert.That(await WholeAsync(new(Longest, null, null, clock), cancellationToken), Is.EqualTo(Longest));

    [Test]
    [CancelAfter(30_000)]
    public async Task It_is_not_longer_where_the_target_does_not_answer(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(TcpFaults.SilenceAfterRequest);
        Assert.That(await WholeAsync(Pause(server.Port, server.Url), cancellationToken), Is.EqualTo(Longest));
    }

    [Test]
    public async Task No_pause_is_none() =>
        Assert.That(
            await new StepPause(TimeSpan.Zero, null, null, clock).WaitAsync(CancellationToken.None),
            Is.EqualTo(TimeSpan.Zero));

    [Test]
    [CancelAfter(30_000)]
    public async Task An_interruption_ends_it_without_an_exception(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(TcpFaults.SilenceAfterRequest);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new StepPause(TimeSpan.FromHours(1), Local(server.Port), server.Url, clock).WaitAsync(stop.Token);
        if (OperatingSystem.IsLinux())
            await TestPool.UntilAsync(() => server.Requests == 1, cancellationToken);
        await stop.CancelAsync();

        Assert.That(await waiting.WaitAsync(cancellationToken), Is.EqualTo(TimeSpan.Zero));
    }

    // Never moves the clock past the longest pause: one that waits on would never end.
    private async Task<TimeSpan> WholeAsync(StepPause pause, CancellationToken stop)
    {
        var waiting = pause.WaitAsync(stop);
        for (var elapsed = TimeSpan.Zero; elapsed < Longest; elapsed += TimeSpan.FromMilliseconds(50))
        {
            Assert.That(waiting.IsCompleted, Is.False, $"ended after {elapsed}");
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        return await waiting.WaitAsync(stop);
    }

    private StepPause Pause(int port, Uri stats) => new(Longest, Local(port), stats, clock);

    private static IPEndPoint Local(int port) => new(IPAddress.Loopback, port);
}
