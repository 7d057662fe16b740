using System.Collections.Immutable;
using Support.Host;
using Support.Measuring.Search;
using Support.Plan;
using Support.Reports;
using Support.Settings;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;
using Given = Support.Tests.Sizes.Given;

namespace Support.Tests.Reports;

/// <summary>Reports of runs at task sizes: the runs are made up, what is said of them is what the gate says.</summary>
internal static class SizeReports
{
    private const string Memory = "the kernel killed the server for memory: 512 MiB were used up at 980 connections";

    private static readonly TaskSize Largest = new(4096, 8192);
    private static readonly TaskSize Larger = new(2048, 4096);
    private static readonly GateSettings Gate =
        new() { TaskDefinition = "task-definition.json", LockFile = "capacity.lock.json" };

    /// <summary>
    /// A shrink that is refused: measured before and after, one size that outdoes this machine, one of the lock file,
    /// one that is not known.
    /// </summary>
    public static CapacityReport Refused() => Of(Change()) with { RequiredConnections = 1500 };

    /// <summary>Sizes that are named, and nothing is compared; nothing is required.</summary>
    public static CapacityReport Named() =>
        Of(Given.Of(DefinitionPair.None, Given.Named(Given.Small, Given.Middle), [Killed(
            1, 990, 999), Killed(2, 980, 989), Killed(3, 985, 994), Bound(1, 2160), Bound(2, 2140), Bound(3, 2180)]));

    /// <summary>This machine is too small for the task definition's size, and the lock file has it.</summary>
    public static CapacityReport Locked()
    {
        var gate = Gate with { RequiredConnections = 1500, Sizes = new([Largest], false) };
        var pair = Given.Pair(Given.Definition(Larger.Cpu, Larger.Memory));
        var evidence = Given.After(
            Given.Of(pair, gate, [], Given.Machine with { Cores = 1.5 }),
            Given.Of(pair, gate, Accepted(Larger, 4400, 4520, 4480)));
        return Of(
            evidence with { Reached = [Larger.ToString(), Largest.ToString()] }) with { RequiredConnections = 1500 };
    }

    public static SizeReport Change()
    {
        var evidence = Given.Of(
            Given.Pair(Given.Definition(256, 512), Given.Definition(512, 1024)),
            Gate with { RequiredConnections = 1500, Sizes = new([Given.Middle, Given.Large, Larger, Largest], false) },
            [
                Bound(1, 2160), Bound(2, 2140), Bound(
                    3, 2180), Killed(1, 990, 999), Killed(2, 980, 989), Killed(3, 985, 994), More(1), More(2),
                More(3) with
                {
                    Steps = [],
                    Search = null,
                    Fault = "this machine's memory ran out while the third run began",
                    Verdict = Nothing,
                },
            ],
            Given.Machine with { Cores = 1.5 });
        var accepted = Given.Of(
            DefinitionPair.None,
            Given.Named(Given.Middle, Larger),
            [.. Accepted(Given.Middle, 2150, 2170, 2190), .. Accepted(Larger, 4400, 4520, 4480)]);
        var report = SizeGate.Judge(Given.After(evidence, accepted));
        return report with { Rows = [.. report.Rows.Select(WithReadings)] };
    }

    /// <summary>Every text that comes from outside tries to leave its place.</summary>
    public static SizeReport Hostile(string evil) => Change() with
    {
        Server = evil, Chosen = evil, Change = new SizeChange("512/1024", "256/512", evil, evil), Price = new TaskPrice(
            double.NaN, 1, evil), BaselineNotes = [evil], Missed = [evil],
        Rows = [.. Change().Rows.Select(row => row with
        {
            BoundBy = evil,
            Cause = evil,
            Next = evil,
            NotMeasured = evil,
            BytesPerConnection = double.NaN,
        })],
        Runs = [
            Killed(1, 990, 999) with { Label = evil, NotStarted = evil, Restarts = [new ServerEnd(null, 1, evil)] },
            Bound(1, 2160) with { Fault = evil },
        ],
    };

    /// <summary>A run that the kernel ended, at each count beyond what it holds.</summary>
    public static SizeRun Killed(int number, int holds, int breaks) => Run("256/512", number, 0.62, 41.4) with
    {
        Steps = [SampleSteps.Reliable(1, 500, 500, 1.31), SampleSteps.Rejected(2, 1000, 700, 2.12)],
        Search = Found(holds, breaks),
        Restarts = [new ServerEnd(137, 1, ""), new ServerEnd(137, 1, "Killed")],
        Verdict = Says(holds, holds, breaks, new Bottleneck(
            BottleneckSide.Server,
            $"{Memory}.",
            ["memory.events counts 1 oom_kill."],
            "Give the task more memory.") { Resource = Resource.Memory }),
    };

    private static RunVerdict Nothing { get; } = new()
    {
        Outcome = RunOutcome.Broken,
        Bottleneck = new Bottleneck(BottleneckSide.None, "nothing was measured", [], ""),
    };

    private static ImmutableArray<SizeRun> Accepted(TaskSize size, params int[] limits) =>
        [.. limits.Select((limit, index) => Given.Run(size, index + 1, limit, "descriptors"))];

    private static SizeRow WithReadings(SizeRow row) => row.Label switch
    {
        "256/512" => row with { BytesPerConnection = 487_000, ThrottledShare = 0.081 },
        "512/1024" => row with { BytesPerConnection = 486_000, ThrottledShare = 0.98679 },
        _ => row,
    };

    private static CapacityReport Of(SizeEvidence evidence) => Of(SizeGate.Judge(evidence));

    // As a run puts its report together.
    private static CapacityReport Of(SizeReport sizes)
    {
        var run = sizes.Runs.FirstOrDefault(run => run.Label == sizes.Chosen && run.Number == sizes.ChosenRun);
        var row = sizes.Rows.Single(row => row.Label == sizes.Chosen);
        var verdict = run is null
            ? RunJudge.Judge(
                new() { AtSize = true, Missed = sizes.Missed, Findings = sizes.Findings, Accepted = row.ToAccepted() })
            : run.Verdict with { Findings = sizes.Findings, Outcome = sizes.Missed.IsEmpty
                ? RunOutcome.Passed
                : RunOutcome.Failed, Reasons = sizes.Missed };
        return SampleReports.LimitFound() with
        {
            Steps = run?.Steps ?? [], Search = run?.Search, MemorySlopes = [], MemoryPredictions = [],
            Verdict = verdict, Plan = new(10_000, verdict.SafeLimit, 1.2, verdict.SafeLimit is { } safe and > 0
                ? (120_000 + (safe * 10) - 1) / (safe * 10)
                : null), Sizes = sizes,
        };
    }

    private static SizeRun Bound(int number, int holds) => Run("512/1024", number, 0.41, 52) with
    {
        Steps = [
            SampleSteps.Reliable(1, 1000, 1000, 1.6),
            SampleSteps.Reliable(2, 2000, 1996, 2.9),
            SampleSteps.Rejected(3, 5000, holds, 9.4),
            SampleSteps.NotAttempted(10_000, "not attempted: the limit was found at 5000"),
        ],
        Search = Found(holds, holds + 20),
        Verdict = Says(holds, holds, holds + 20, new Bottleneck(
            BottleneckSide.Server,
            "the server was stopped in 61 % of the periods of its quota.",
            [],
            "Give the task more CPU.") { Resource = Resource.Processor }),
    };

    private static SizeRun More(int number) => Run("1024/2048", number, 0.38, 71.9) with
    {
        Steps = [SampleSteps.Reliable(1, 2000, 2000, 2.2), SampleSteps.OutOfPorts(2, 5000, 4210, 6)],
        Verdict = Says(2000, 4210, null, new Bottleneck(
            BottleneckSide.Client, "this machine may open no more descriptors", [], "Raise nofile of the suite.")),
    };

    private static SearchResult Found(int holds, int breaks) => new()
    {
        Probes = [
            SampleSteps.Try(1, ProbeKind.Fresh, new(100, null), holds, holds),
            SampleSteps.Try(2, ProbeKind.Incremental, new(100, null), breaks, holds - 20),
        ],
        Limit = new ExactLimit(holds, breaks),
        Ended = $"{holds} held and {breaks} did not, which is 1 % apart",
        Seconds = 8.4,
    };

    private static SizeRun Run(string label, int number, double start, double seconds) => new()
    {
        Label = label, Number = number, StartedAt = SampleReports.Started.AddMinutes(number), Seconds = seconds,
        StartSeconds = start, Effective = new GroupLimits(512L << 20, 256, 1024, 65_535), Verdict = Nothing,
    };

    private static RunVerdict Says(int reliable, int holds, int? breaks, Bottleneck bottleneck) => new()
    {
        Outcome = RunOutcome.Passed, MaxReliable = reliable, PeakConnections = holds,
        SafeLimit = (int)(Math.Min(reliable, holds) * GateSettings.SafeShare),
        Exact = breaks is null ? null : new ExactLimit(holds, breaks), Bottleneck = bottleneck,
    };
}
