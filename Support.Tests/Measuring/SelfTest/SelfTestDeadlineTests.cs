using NUnit.Framework;
using Support.Host;
using Support.Measuring.SelfTest;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring.SelfTest;

/// <summary>Who is stuck is ended soon; who has no processor, late.</summary>
[CancelAfter(30_000)]
internal sealed class SelfTestDeadlineTests
{
    private readonly ManualClock clock = new();
    private CpuThrottling? throttling;

    [Test]
    public async Task What_does_not_move_is_stuck_after_half_a_minute()
    {
        await using var deadline = new SelfTestDeadline(clock, () => throttling);

        Assert.That(await PassAsync(deadline, seconds: 29), Is.False);
        Assert.That(await PassAsync(deadline, seconds: 2), Is.True);
        Assert.That(deadline.IsOutOfTime, Is.False);
    }

    [Test]
    public async Task What_moves_goes_on_for_five_minutes()
    {
        var moves = 0;
        await using var deadline = new SelfTestDeadline(clock, () => throttling);
        deadline.Watch(() => moves++);

        Assert.That(await PassAsync(deadline, seconds: 299), Is.False);
        Assert.That(await PassAsync(deadline, seconds: 2), Is.True);
        Assert.That(deadline.IsOutOfTime, Is.True);
    }

    [Test]
    public async Task Time_in_which_this_side_was_throttled_is_not_held_against_it()
    {
        throttling = new(0, TimeSpan.Zero);
        await using var deadline = new SelfTestDeadline(clock, () => throttling);

        Assert.That(await PassAsync(deadline, seconds: 299, throttled: 0.95), Is.False);
        Assert.That(deadline.Throttled!.Value.TotalSeconds, Is.EqualTo(284).Within(0.1));
        Assert.That(await PassAsync(deadline, seconds: 2, throttled: 0.95), Is.True);
        Assert.That(deadline.IsOutOfTime, Is.True);
    }

    [Test]
    public async Task Who_is_throttled_for_half_of_the_time_is_stuck_after_a_minute()
    {
        throttling = new(0, TimeSpan.Zero);
        await using var deadline = new SelfTestDeadline(clock, () => throttling);

        Assert.That(await PassAsync(deadline, seconds: 59, throttled: 0.5), Is.False);
        Assert.That(await PassAsync(deadline, seconds: 2, throttled: 0.5), Is.True);
        Assert.That(deadline.IsOutOfTime, Is.False);
    }

    // Whether the deadline has passed by then.
    private async Task<bool> PassAsync(SelfTestDeadline deadline, int seconds, double throttled = 0)
    {
        for (var halves = 0; halves < 2 * seconds && !deadline.Overdue.IsCancellationRequested; halves++)
        {
            if (throttling is { Periods: { } periods, Time: { } time })
                throttling = new(periods + 5, time + TimeSpan.FromSeconds(throttled / 2));
            clock.Advance(TimeSpan.FromSeconds(0.5));
            while (clock.Waiting == 0 && !deadline.Overdue.IsCancellationRequested)
                await Task.Yield();
        }

        return deadline.Overdue.IsCancellationRequested;
    }
}
