using Microsoft.Extensions.Time.Testing;

namespace Support.Tests.Pool.Faults;

/// <summary>A clock that stands until the test moves it, and that tells how many timers wait for that.</summary>
internal sealed class ManualClock : FakeTimeProvider
{
    private int waiting;

    /// <summary>Timers that wait for the clock to move.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new Counted(this, () => callback(state));
        timer.Inner = base.CreateTimer(_ => timer.Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Counted(ManualClock clock, Action fire) : ITimer
    {
        private int isSet;
        private bool isPeriodic;

        public ITimer Inner { get; set; } = null!;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            isPeriodic = period > TimeSpan.Zero;
            Set(dueTime != Timeout.InfiniteTimeSpan);
            return Inner.Change(dueTime, period);
        }

        public void Fire()
        {
            Set(isPeriodic);
            fire();
        }

        public void Dispose()
        {
            Set(false);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(bool value) =>
            Interlocked.Add(ref clock.waiting, (value ? 1 : 0) - Interlocked.Exchange(ref isSet, value ? 1 : 0));
    }
}
