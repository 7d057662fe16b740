using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Pool;
using Support.Tests.Pool.Faults;
using Support.Tests.Verdict;
using Support.Verdict;

namespace Support.Tests.Measuring;

/// <summary>A real server in a real control group: what binds it is read and named.</summary>
[OneAtATime("control groups")]
internal sealed class ServerGroupRunTests
{
    private const int Each = 512 << 10;

    [Test]
    [CancelAfter(120_000)]
    public async Task What_a_held_connection_adds_is_charged_to_the_group_and_the_quota_counts_periods(
        CancellationToken cancellationToken)
    {
        using var group = TestCgroup.Make(400L << 20, 1000);
        await using var server = await NodeServer.StartAsync(new() { Bytes = Each, Group = group }, cancellationToken);
        var few = (await RunAsync(server, 10, cancellationToken)).Resources.Server?.Group;
        var many = (await RunAsync(server, 210, cancellationToken)).Resources.Server?.Group;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((many?.MemoryLimitBytes, many?.OomKills), Is.EqualTo(((long?)(400L << 20), (long?)0)));
            Assert.That((many?.MemoryBytes - few?.MemoryBytes) / 200.0, Is.InRange(0.9 * Each, 1.5 * Each));
            Assert.That(many?.Periods, Is.GreaterThan(0));
        }
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task A_server_that_outgrows_its_memory_is_named_with_it(CancellationToken cancellationToken)
    {
        using var group = TestCgroup.Make(96L << 20, 2000);
        await using var server = await NodeServer.StartAsync(new() { Bytes = Each, Group = group }, cancellationToken);
        var good = await StepAsync(server, 5, cancellationToken);
        var step = await StepAsync(server, 400, cancellationToken);
        var bottleneck = (Given.Run(good, step) with { AtSize = true }).Judged().Bottleneck;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (bottleneck.Side, bottleneck.Resource),
                Is.EqualTo((BottleneckSide.Server, Resource.Memory)),
                string.Join("; ", bottleneck.Evidence));
            Assert.That(bottleneck.Cause, Does.Contain("its control group of 96 MiB"));
            Assert.That(step.Result!.Resources.Server?.Group?.MemoryLimitBytes, Is.EqualTo(96L << 20));
        }

        TestContext.Out.WriteLine($"{bottleneck.Cause}; {step.Result.Resources.Server}; exit {server.ExitCode}");
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task A_server_that_its_quota_stops_is_out_of_processor_time(CancellationToken cancellationToken)
    {
        using var group = TestCgroup.Make(400L << 20, 100);
        await using var server = await NodeServer.StartAsync(
            new() { Milliseconds = 20, Group = group }, cancellationToken);
        var good = await StepAsync(server, 2, cancellationToken);
        var step = await StepAsync(
            server, 100, cancellationToken, options => options with { AttemptTimeout = TimeSpan.FromSeconds(3) });
        var bottleneck = Given.Run(good, step).Judged().Bottleneck;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (bottleneck.Side, bottleneck.Resource),
                Is.EqualTo((BottleneckSide.Server, Resource.Processor)),
                string.Join("; ", bottleneck.Evidence));
            Assert.That(step.Result!.Resources.Server?.Group?.ThrottledTime, Is.GreaterThan(TimeSpan.Zero));
        }

        TestContext.Out.WriteLine($"{bottleneck.Cause}; {step.Result.Resources.Server}");
    }

    private static async Task<JudgedStep> StepAsync(
        NodeServer server, int sessions, CancellationToken stop, Func<PoolOptions, PoolOptions>? change = null) =>
        StepJudge.Judge(await RunAsync(server, sessions, stop, change), Given.Threshold);

    private static Task<StepResult> RunAsync(
        NodeServer server, int sessions, CancellationToken stop, Func<PoolOptions, PoolOptions>? change = null)
    {
        var options = TestPool.Options(server.Url) with { PongTimeout = TimeSpan.FromSeconds(5) };
        return StepRuns.Runner(change is null ? options : change(options)).RunAsync(new(1, sessions), stop);
    }
}
