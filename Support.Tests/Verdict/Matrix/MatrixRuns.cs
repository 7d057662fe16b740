using Support.Measuring;
using Support.Pool;
using Support.Tests.Measuring;
using Support.Tests.Pool.Faults;
using Support.Verdict;

namespace Support.Tests.Verdict.Matrix;

/// <summary>Real steps, judged.</summary>
internal static class MatrixRuns
{
    public const int Count = 5;

    public static PoolOptions Impatient(PoolOptions options) =>
        options with { AttemptTimeout = TestPool.Brief, PongTimeout = TestPool.Brief };

    /// <summary>A server that behaves so to every connection of the run.</summary>
    public static Func<CancellationToken, Task<RunEvidence>> FromTheFirst(
        Behaviour behaviour, Func<PoolOptions, PoolOptions>? change = null) => async stop =>
        Given.Run(await AgainstAsync(behaviour, change, null, stop));

    /// <summary>A server that behaves so after a good step.</summary>
    public static Func<CancellationToken, Task<RunEvidence>> Later(
        Behaviour behaviour, Func<PoolOptions, PoolOptions>? change = null, TimeSpan hold = default) => async stop =>
        AfterAGoodStep(await AgainstAsync(behaviour, change, hold, stop));

    public static RunEvidence AfterAGoodStep(JudgedStep step) => Given.Run(Given.Step(2, 2), step);

    /// <summary>One step. How busy this machine is, is not the subject.</summary>
    public static async Task<JudgedStep> StepAsync(StepRunner runner, CancellationToken stop, int sessions = Count)
    {
        var result = await runner.RunAsync(new(1, sessions), stop);
        return StepJudge.Judge(result with { Resources = result.Resources with { Client = null } }, Given.Threshold);
    }

    public static StepTiming Holding(TimeSpan hold) => StepRuns.Ample with { Hold = hold };

    private static async Task<JudgedStep> AgainstAsync(
        Behaviour behaviour, Func<PoolOptions, PoolOptions>? change, TimeSpan? hold, CancellationToken stop)
    {
        await using var server = FaultServer.Start(behaviour);
        server.Go();
        var options = TestPool.Options(server);
        return await StepAsync(
            StepRuns.Runner(change is null ? options : change(options), Holding(hold ?? default)), stop);
    }
}
