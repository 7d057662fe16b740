using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Support.Host;
using Support.Measuring;
using Support.Pool;
using Support.Tests.Measuring;
using Support.Tests.Pool.Faults;
using Support.Tests.Targets;
using Support.Verdict;
using static Support.Tests.Verdict.Matrix.MatrixRuns;

namespace Support.Tests.Verdict.Matrix;

/// <summary>Rows 24 to 26 and 33 to 35: this side, and what lies around the two.</summary>
internal static class SurroundingCases
{
    public static IEnumerable<MatrixCase> All() =>
    [
        new(24, "ClientLimit(fd)", BottleneckSide.Client, "prlimit of this process",
            OutOfDescriptorsAsync) { IsAlone = true },
        // The kernel's own answer, EADDRNOTAVAIL; to use up a whole range would take the ports of everything else that
        // runs here.
        new(25, "ClientLimit(ports)", BottleneckSide.Client, "a source address without a port",
            Later(GoodServer.Echo, options => options with
                { SourceAddresses = [IPAddress.Parse("192.0.2.7")] })),
        new(26, "ClientLimit(cpu)", BottleneckSide.Client, "a silent server and a throttled client",
            StarvedAsync) { Counted = "HandshakeTimeout", Cause = "processor time" },
        new(33, "DroppedAbnormally(fin)", BottleneckSide.Server, "SIGKILL of the server, and another at its port",
            ProcessCases.RestartedAsync) { Cause = "restarted" },
        new(34, "ConnectTimeout", BottleneckSide.Path, "one black hole of two addresses",
            OneBlackHoleAsync) { Cause = "one of the target's 2 addresses fails: 127.0.0.2" },
        new(35, FaultCatalog.NoClass, BottleneckSide.None, "a wall clock that jumps", JumpingAsync),
    ];

    private static async Task<RunEvidence> OutOfDescriptorsAsync(CancellationToken stop)
    {
        await using var target = await TargetRun.StartAsync(stop);
        var soft = SoftLimit();
        var open = ProcessFacts.Read(Environment.ProcessId)?.Descriptors ?? 0;
        await ProcessCases.LimitAsync(Environment.ProcessId, Soft(open + DescriptorReserve.Size + (8 * Count)), stop);
        try
        {
            return AfterAGoodStep(await StepAsync(StepRuns.Runner(TestPool.Options(target.Url)), stop, 20 * Count));
        }
        finally
        {
            await ProcessCases.LimitAsync(Environment.ProcessId, Soft(soft), stop);
        }
    }

    private static string Soft(long limit) => string.Create(CultureInfo.InvariantCulture, $"{limit}:");

    private static long SoftLimit() => long.Parse(
        File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3],
        CultureInfo.InvariantCulture);

    // The silence is real. That this side was throttled is given: a quota takes rights that a test does not have.
    private static async Task<RunEvidence> StarvedAsync(CancellationToken stop)
    {
        var run = await Later(TcpFaults.Silence, Impatient)(stop);
        return AfterAGoodStep(run.Steps[^1].But(result => result with
        {
            Resources = result.Resources with { Client = new(0, result.Seconds / 2, 2, 0.5, null, 0) },
            TargetAnswer = TargetAnswer.Opens,
        }));
    }

    private static async Task<RunEvidence> OneBlackHoleAsync(CancellationToken stop)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var bad = new IPEndPoint(IPAddress.Parse("127.0.0.2"), server.Port);
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(bad);
        listener.Listen(1);
        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var second = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(bad, stop);
        await second.ConnectAsync(bad, stop);
        var options = TestPool.Options(server) with { AttemptTimeout = TimeSpan.FromSeconds(3) };
        var pools = new TwoAddresses(new([new(IPAddress.Loopback, server.Port), bad], null));
        var runner = new StepRunner(
            options, pools, StepRuns.Ample, new(null, null), TimeProvider.System, new StepRuns.Reports());
        return AfterAGoodStep(await StepAsync(runner, stop, 2 * Count));
    }

    private static async Task<RunEvidence> JumpingAsync(CancellationToken stop)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        return AfterAGoodStep(
            await StepAsync(StepRuns.Runner(TestPool.Options(server), time: new JumpingClock()), stop));
    }

    /// <summary>A name that gives two addresses, without a resolver.</summary>
    private sealed class TwoAddresses(TargetAddresses addresses) : IPoolSource
    {
        public Task<IConnectionPool> CreateAsync(
            PoolOptions options, int sessions, CancellationToken cancellationToken) =>
            Task.FromResult<IConnectionPool>(WebSocketPool.Over(options, addresses, TimeProvider.System));
    }
}
