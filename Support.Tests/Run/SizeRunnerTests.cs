using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Pool;
using Support.Run;
using Support.Settings;
using Support.Sizes;
using Support.Targets;
using Support.Tests.Measuring;
using Support.Verdict;

namespace Support.Tests.Run;

/// <summary>
/// Real servers in real control groups: what they hold there, whose limit it is, and that nothing is left of them.
/// </summary>
[OneAtATime("control groups")]
internal sealed class SizeRunnerTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("sizes").FullName;
    private readonly ConcurrentQueue<JudgedStep> seen = new();

    [TearDown]
    public void Clean() => Directory.Delete(folder, recursive: true);

    [Test]
    [CancelAfter(180_000)]
    public async Task A_server_with_a_cap_of_its_own_holds_it_at_any_size(CancellationToken stop)
    {
        var command = ServerCommand.OfTargetServer(folder);
        var run = await RunAsync(
            command with { Line = $"{command.Line} --cap 40" }, Limits(256), TimeSpan.Zero, [20, 100], stop);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (run.Verdict.PeakConnections, run.Verdict.Exact?.Holds, run.Verdict.MaxReliable),
                Is.EqualTo((40, 40, 40)));
            Assert.That(
                (run.Verdict.Bottleneck.Side, run.Verdict.Bottleneck.Resource),
                Is.EqualTo((BottleneckSide.Server, Resource.OwnCap)));
            Assert.That(
                (run.Fault, run.NotStarted, run.Restarts.Length), Is.EqualTo(((string?)null, (string?)null, 0)));
            Assert.That(run.StartSeconds, Is.GreaterThan(0));
            Assert.That(seen.Select(step => step.Sessions), Is.EqualTo([20, 100]));
            Assert.That(run.Steps[0].Result!.Resources.Server?.Group?.MemoryLimitBytes, Is.EqualTo(256L << 20));
        }

        AssertNothingIsLeft(command);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_server_that_runs_out_of_memory_is_started_anew_and_its_limit_is_memory(CancellationToken stop)
    {
        var command = Node(bytes: 1 << 20);
        var run = await RunAsync(command, Limits(160), TimeSpan.Zero, [10, 400], stop);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Fault, Is.Null);
            Assert.That(run.Verdict.Bottleneck.Resource, Is.EqualTo(Resource.Memory), run.Verdict.Bottleneck.Cause);
            // 160 MiB at 1 MiB a connection: between what is surely free and all of it.
            Assert.That(run.Verdict.Exact?.Holds, Is.InRange(20, 160));
            Assert.That(run.Verdict.Exact?.IsExact, Is.True, run.Search?.Ended);
            Assert.That(run.Restarts, Is.Not.Empty);
            Assert.That(run.Verdict.Outcome, Is.EqualTo(RunOutcome.Passed));
        }

        AssertNothingIsLeft(command);
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task What_a_connection_takes_is_measured_on_a_server_started_anew(CancellationToken stop)
    {
        const int kept = 64 << 10;
        var command = Node(kept);
        var run = await RunAsync(command, Limits(256), TimeSpan.Zero, [50, 200, 400], stop);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Fresh.Select(stage => stage.Held), Is.EqualTo([80, 160, 240, 320]));
            Assert.That(SizeReadings.Of(run).BytesPerConnection, Is.InRange(0.9 * kept, 1.25 * kept));
        }

        AssertNothingIsLeft(command);
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task A_server_that_does_not_start_at_a_size_holds_nothing_there(CancellationToken stop)
    {
        var command =
            Node(bytes: 0) with { Line = "node -e 'const kept = []; for (;;) kept.push(Buffer.alloc(1 << 20, 1))'" };
        var run = await RunAsync(command, Limits(96), TimeSpan.Zero, [10], stop);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.NotStarted, Is.Not.Null);
            Assert.That(
                (run.Fault, run.Verdict.PeakConnections, run.Verdict.SafeLimit), Is.EqualTo(((string?)null, 0, 0)));
            Assert.That(run.Verdict.Bottleneck.Resource, Is.EqualTo(Resource.Memory), run.NotStarted);
        }

        AssertNothingIsLeft(command);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_port_that_another_server_has_is_the_fault_of_nobody_under_test(CancellationToken stop)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = new Uri($"ws://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}/");
        var run = await RunAsync(new ServerCommand("sleep 600", url, folder), Limits(64), TimeSpan.Zero, [10], stop);
        Assert.That(run.Fault, Does.Contain($"127.0.0.1:{url.Port} is taken by process {Environment.ProcessId}"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_run_that_is_stopped_says_so_and_leaves_nothing(CancellationToken stop)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var command = ServerCommand.OfTargetServer(folder);
        var running = RunAsync(command, Limits(256), TimeSpan.FromSeconds(30), [10, 20], stopped.Token);
        while (LocalListener.FindProcessIds(TargetEndPoint.Of(command.Url)!).IsEmpty)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop);
        await stopped.CancelAsync();
        Assert.That((await running).Fault, Is.EqualTo(OpenStep.Interrupted.Text));
        AssertNothingIsLeft(command);
    }

    private static GroupLimits Limits(long mebibytes) => new(mebibytes << 20, 512, 4_096, 4_096);

    private ServerCommand Node(int bytes)
    {
        var script = Path.Combine(folder, "server.js");
        File.WriteAllText(script, NodeServer.Script);
        var port = FreePorts.Next();
        return new(
            FormattableString.Invariant($"exec node -e \"$(cat {script})\" {port} {bytes} 1000000 0"),
            new Uri($"ws://127.0.0.1:{port}/"), folder);
    }

    private async Task<SizeRun> RunAsync(
        ServerCommand command, GroupLimits limits, TimeSpan hold, int[] steps, CancellationToken stop)
    {
        seen.Clear();
        var runner = new SizeRunner(new()
        {
            Settings = new() { Ladder = new() { Steps = [.. steps], Hold = hold } },
            Command = command,
            Driver = Targets.ServerRun.Way(),
            Pools = new InProcessPools(TimeProvider.System),
            Progress = new StepRuns.Reports(),
            Stepped = seen.Enqueue,
            Probed = _ => { },
        });
        return await runner.RunAsync(
            new(1, new(limits.CpuUnits, (int)(limits.MemoryBytes >> 20)), limits, [SizeOrigin.Named]), 1, null, stop);
    }

    private static void AssertNothingIsLeft(ServerCommand command)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                LocalListener.FindProcessIds(TargetEndPoint.Of(command.Url)!), Is.Empty, "nobody listens any more");
            Assert.That(Targets.ServerRun.Groups(), Is.Empty, "no control group is left");
        }
    }
}
