using System.Diagnostics;
using System.Globalization;
using Support.Host;
using Support.Targets;
using Support.Tests.Measuring;
using Support.Tests.Pool.Faults;
using Support.Tests.Targets;
using Support.Verdict;
using static Support.Tests.Verdict.Matrix.MatrixRuns;

namespace Support.Tests.Verdict.Matrix;

/// <summary>Faults that take a server of its own process.</summary>
internal static class ProcessCases
{
    // Until the signal is sent and a new server listens, on a busy machine.
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(6);

    public static Func<CancellationToken, Task<RunEvidence>> CappedAsync(string status) => async stop =>
    {
        await using var target = await TargetRun.StartAsync(stop, "--cap", "3", "--cap-status", status);
        var runner = StepRuns.Runner(TestPool.Options(target.Url));
        return Given.Run(await StepAsync(runner, stop, 3), await StepAsync(runner, stop));
    };

    public static async Task<RunEvidence> DroppingAsync(CancellationToken stop)
    {
        await using var target = await TargetRun.StartAsync(
            stop, "--drop-after", "300ms", "--drop-share", "0.6", "--seed", "1");
        return AfterAGoodStep(await StepAsync(
            StepRuns.Runner(TestPool.Options(target.Url), Holding(TimeSpan.FromSeconds(2))), stop, 4 * Count));
    }

    public static async Task<RunEvidence> OutOfDescriptorsAsync(CancellationToken stop)
    {
        await using var target = await TargetRun.StartAsync(stop);
        // What a server loads at its first connections takes descriptors as well, and it would break off for the lack
        // of those.
        var good = await StepAsync(StepRuns.Runner(TestPool.Options(target.Url)), stop);
        var limit = (ProcessFacts.Read(target.ProcessId)?.Descriptors ?? 0) + (4 * Count);
        await LimitAsync(target.ProcessId, string.Create(CultureInfo.InvariantCulture, $"{limit}:{limit}"), stop);
        var options = TestPool.Options(target.Url) with { AttemptTimeout = TimeSpan.FromSeconds(3) };
        return Given.Run(good, await StepAsync(StepRuns.Runner(options), stop, 8 * Count));
    }

    public static Task<RunEvidence> KilledAsync(CancellationToken stop) =>
        MeanwhileAsync((target, _) => TargetRun.SignalAsync("KILL", target.ProcessId, stop), stop);

    public static Task<RunEvidence> FrozenAsync(CancellationToken stop) =>
        MeanwhileAsync((target, _) => TargetRun.SignalAsync("STOP", target.ProcessId, stop), stop);

    public static Task<RunEvidence> RestartedAsync(CancellationToken stop) => MeanwhileAsync(
        async (target, others) =>
        {
            await TargetRun.SignalAsync("KILL", target.ProcessId, stop);
            others.Add(
                await TargetRun.StartAsync(stop, "--port", target.Url.Port.ToString(CultureInfo.InvariantCulture)));
        },
        stop);

    /// <summary>Sets the descriptors that a process may open: <c>soft:hard</c>, either may be empty.</summary>
    public static async Task LimitAsync(int processId, string limits, CancellationToken stop)
    {
        using var prlimit = Process.Start(
            "prlimit", ["--pid", processId.ToString(CultureInfo.InvariantCulture), $"--nofile={limits}"]);
        await prlimit.WaitForExitAsync(stop);
    }

    // Does something to the server once all connections are open.
    private static async Task<RunEvidence> MeanwhileAsync(
        Func<EmbeddedTarget, List<EmbeddedTarget>, Task> happensAsync, CancellationToken stop)
    {
        List<EmbeddedTarget> others = [];
        await using var target = await TargetRun.StartAsync(stop);
        var options = TestPool.Options(target.Url) with { PongTimeout = TestPool.Brief };
        var running = StepAsync(StepRuns.Runner(options, Holding(Hold), new(target.ProcessId, target.Url)), stop);
        try
        {
            await TargetRun.UntilAsync(
                async () => await TargetStatsReader.ProbeAsync(target.Url, stop) is { Open: Count }, stop);
            await happensAsync(target, others);
            return AfterAGoodStep(await running);
        }
        finally
        {
            foreach (var other in others)
                await other.DisposeAsync();
        }
    }
}
