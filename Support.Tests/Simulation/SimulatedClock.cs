namespace Support.Tests.Simulation;

/// <summary>
/// A clock that stands still until the work waits for it, and then goes on to the next timer: minutes pass in
/// milliseconds, and in the same order each time. For work that does one thing after the other, and waits for nothing
/// but <see cref="Task.Delay(TimeSpan, TimeProvider)"/>.
/// </summary>
internal sealed class SimulatedClock : TimeProvider
{
    // Far more than any continuation needs to be run on another thread.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock gate = new();
    private readonly PriorityQueue<Timer, (TimeSpan Due, long Number)> due = new();
    private long timers;
    private int delays;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Beginning + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass until the work has ended.</summary>
    public T Run<T>(Task<T> work)
    {
        while (true)
        {
            // What a cancellation sets going may go on in another thread: time stands still until it waits again.
            if (!SpinWait.SpinUntil(() => work.IsCompleted || Volatile.Read(ref delays) > 0, Patience))
                throw new InvalidOperationException("The work waits for something that is not the clock.");
            if (work.IsCompleted)
                return work.GetAwaiter().GetResult();
            Next()?.Fire();
        }
    }

    private Timer? Next()
    {
        lock (gate)
        {
            if (!due.TryDequeue(out var next, out var at) || next.Due != at.Due || next.Number != at.Number)
                return null;
            Now = at.Due;
            return next;
        }
    }

    private sealed class Timer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public TimeSpan? Due { get; private set; }

        public long Number { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            Plan(dueTime == Timeout.InfiniteTimeSpan ? null : dueTime);
            return true;
        }

        public void Fire()
        {
            Plan(period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : period);
            callback(state);
        }

        public void Dispose() => Plan(null);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Plan(TimeSpan? after)
        {
            lock (clock.gate)
            {
                // The state of the timer below Task.Delay is its task.
                if (state is Task)
                    clock.delays += (after is null ? 0 : 1) - (Due is null ? 0 : 1);
                Due = clock.Now + after;
                Number = clock.timers++;
                if (Due is { } planned)
                    clock.due.Enqueue(this, (planned, Number));
            }
        }
    }
}
