using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

internal sealed class OpenScheduleTests
{
    private readonly ManualClock clock = new();

    [Test]
    public void Each_attempt_is_handed_out_once_and_then_none()
    {
        var schedule = new OpenSchedule(3, null, clock);
        var taken = Enumerable.Range(0, 5).Select(i => schedule.TryTake(out var wait));

        Assert.That(taken, Is.EqualTo(new[] { true, true, true, false, false }));
    }

    [Test]
    public void Without_a_rate_nothing_waits()
    {
        var schedule = new OpenSchedule(100, null, clock);

        Assert.That(Enumerable.Range(0, 100).Select(_ => Wait(schedule)), Is.All.EqualTo(TimeSpan.Zero));
    }

    [TestCase(10.0, 100)]
    [TestCase(0.5, 2000)]
    [TestCase(1000.0, 1)]
    public void Attempt_i_waits_for_i_times_the_interval_from_the_start(double rate, int milliseconds)
    {
        var schedule = new OpenSchedule(50, rate, clock);
        var waits = Enumerable.Range(0, 50).Select(_ => Wait(schedule));

        Assert.That(waits, Is.EqualTo(Enumerable.Range(0, 50).Select(i => TimeSpan.FromMilliseconds(i * milliseconds)))
            .Within(TimeSpan.FromMicroseconds(1)));
    }

    [Test]
    public void A_slow_attempt_does_not_slow_those_that_follow()
    {
        var schedule = new OpenSchedule(10, 10, clock);
        Wait(schedule);
        clock.Advance(TimeSpan.FromMilliseconds(250));

        var waits = Enumerable.Range(0, 4).Select(_ => Wait(schedule).TotalMilliseconds);

        Assert.That(waits, Is.EqualTo(new double[] { -150, -50, 50, 150 }));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_wait_ends_at_its_moment_and_not_before(CancellationToken cancellationToken)
    {
        var schedule = new OpenSchedule(2, 1, clock);
        var waiting = schedule.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
        clock.Advance(TimeSpan.FromMilliseconds(999));
        var early = waiting.IsCompleted;
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(early, Is.False);
        Assert.That(await waiting, Is.True);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_wait_ends_with_the_stop(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new OpenSchedule(2, 1, clock).WaitAsync(TimeSpan.FromSeconds(1), stop.Token);
        await stop.CancelAsync();

        Assert.That(await waiting, Is.False);
    }

    private static TimeSpan Wait(OpenSchedule schedule)
    {
        Assert.That(schedule.TryTake(out var wait), Is.True);
        return wait;
    }
}
