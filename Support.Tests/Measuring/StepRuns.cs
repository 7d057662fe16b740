using Support.Measuring;
using Support.Pool;
using Support.Targets;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring;

/// <summary>Steps run for tests.</summary>
internal static class StepRuns
{
    /// <summary>Time enough for every healthy step, however slow the machine.</summary>
    public static readonly StepTiming Ample = new(TimeSpan.Zero, TimeSpan.FromMinutes(2));

    /// <summary>A step that held nothing of ten.</summary>
    public static StepResult Result() => new() { Number =
        1, Sessions = 10, StartedAt = DateTimeOffset.UnixEpoch, Attempted = 10, Opened = 10, Held = 0, Seconds = 1 };

    public static StepRunner Runner(
        PoolOptions options, StepTiming? timing = null, ResourceMeter? meter = null, TimeProvider? time = null,
        IProgress<StepProgress>? progress = null,
        IPoolSource? pools = null) =>
        new(options, pools ?? new InProcessPools(time ?? TimeProvider.System), timing
            ?? Ample, meter ?? new(null, null), time ?? TimeProvider.System,
            progress ?? new Reports());

    /// <summary>One step against a target that was started for it, with all that can be read of it.</summary>
    public static async Task<StepResult> RunAsync(
        int sessions, string[] arguments, Func<PoolOptions, PoolOptions>? change = null, StepTiming? timing = null,
        CancellationToken stop = default)
    {
        await using var target = await EmbeddedTarget.StartAsync(new() { Arguments = [.. arguments] }, stop);
        var before = ClientSockets.Snapshot();
        var options = TestPool.Options(target.Url);
        var runner = Runner(change is null ? options : change(options), timing, new(target.ProcessId, target.Url));
        var result = await runner.RunAsync(new(1, sessions), stop);
        // One is that of the statistics, which is kept.
        await TestPool.UntilAsync(() => ClientSockets.StatesTowards(target.Url.Port, before).Count <= 1, stop);
        return result;
    }

    /// <summary>Keeps what was reported.</summary>
    public sealed class Reports : IProgress<StepProgress>
    {
        private readonly Lock gate = new();
        private readonly List<StepProgress> all = [];

        public IReadOnlyList<StepProgress> All
        {
            get
            {
                lock (gate)
                    return [.. all];
            }
        }

        public void Report(StepProgress value)
        {
            lock (gate)
                all.Add(value);
        }
    }
}
