using System.Collections.Immutable;
using Support.Plan;
using Support.Reports;
using Support.Search;
using Support.Settings;
using Support.Sizes;
using Support.Targets;
using Support.Targets.Groups;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>Finished reports of runs at task sizes. Their figures are made up, and agree with each other.</summary>
internal static class SizeReports
{
    private const string Memory = "the kernel killed the server for memory: 512 MiB were used up at 980 connections";

    /// <summary>A shrink that is refused: measured before and after, one size that outdoes this machine, one of the lock file, one that is not known.</summary>
    public static CapacityReport Refused()
    {
        var run = Killed(2, 980, 989);
        return SampleReports.LimitFound() with
        {
            RequiredConnections = 1500,
            Steps = run.Steps,
            Search = run.Search,
            MemorySlopes = [],
            MemoryPredictions = [],
            Verdict = run.Verdict with
            {
                Outcome = RunOutcome.Failed,
                Reasons = ["at 256/512 the safe limit is 784, and 1,500 are required"],
            },
            Plan = new ScalingPlan(10_000, 784, 1.2, 16),
            Sizes = Change(),
        };
    }

    /// <summary>Sizes that are named, and nothing is compared; nothing is required.</summary>
    public static CapacityReport Named() => Refused() with
    {
        RequiredConnections = null,
        Verdict = Bound(2).Verdict,
        Steps = Bound(2).Steps,
        Search = Bound(2).Search,
        Plan = new ScalingPlan(10_000, 1600, 1.2, 8),
        Sizes = Change() with
        {
            Change = null, Missed = [], LockNotes = [], Chosen = "512/1024", ChosenRun = 2,
            Rows = [.. Change().Rows.Take(2).Select(row => row with { Origins = [SizeOrigin.Named] })],
            Runs = [.. Change().Runs.Where(run => run.Label is "256/512" or "512/1024")],
        },
    };

    /// <summary>The size of the task definition cannot be measured here, and the lock file has it.</summary>
    public static CapacityReport Locked() => SampleReports.NothingAttempted() with
    {
        RequiredConnections = 1500,
        Sizes = Change() with { Change = null, Missed = [], Chosen = "2048/4096", ChosenRun = null, Runs = [], Rows = [Change().Rows[3], Change().Rows[4]] },
    };

    public static SizeReport Change() => new()
    {
        Server = "node server.js",
        Rows = Rows,
        Chosen = "256/512",
        ChosenRun = 2,
        Change = new SizeChange(
            "512/1024", "256/512", "task-definition.json at main",
            "From 512/1024 to 256/512: 2,140 to 2,180 connections before and 980 to 990 after; memory is what binds; 1,500 are required: no."),
        Price = new TaskPrice(0.04048, 0.004445, "Fargate, Linux on x86, us-east-1, April 2026"),
        LockNotes = ["512/1024: 2,140 measured, 2,160 accepted, within its spread of 40"],
        Missed = ["at 256/512 the safe limit is 784, and 1,500 are required"],
        Runs =
        [
            Killed(1, 990, 999), Killed(2, 980, 989), Killed(3, 985, 994), Bound(1), Bound(2), Bound(3), More(1), More(2),
            More(3) with { Steps = [], Search = null, Fault = "this machine's memory ran out while the third run began", Verdict = Nothing },
        ],
    };

    /// <summary>Every text that comes from outside tries to leave its place.</summary>
    public static SizeReport Hostile(string evil) => Change() with
    {
        Server = evil, Chosen = evil, Change = new SizeChange("512/1024", "256/512", evil, evil), Price = new TaskPrice(double.NaN, 1, evil), LockNotes = [evil], Missed = [evil],
        Rows = [.. Rows.Select(row => row with { BoundBy = evil, Cause = evil, Next = evil, NotMeasured = evil, BytesPerConnection = double.NaN })],
        Runs = [Killed(1, 990, 999) with { Label = evil, NotStarted = evil, Restarts = [new ServerEnd(null, 1, evil)] }, Bound(1) with { Fault = evil }],
    };

    /// <summary>A run that the kernel ended, at each count beyond what it holds.</summary>
    public static SizeRun Killed(int number, int holds, int breaks) => Run("256/512", number, 0.62, 41.4) with
    {
        Steps = [SampleSteps.Reliable(1, 500, 500, 1.31), SampleSteps.Rejected(2, 1000, 700, 2.12)],
        Search = Found(holds, breaks),
        Restarts = [new ServerEnd(137, 1, ""), new ServerEnd(137, 1, "Killed")],
        Verdict = Says(500, holds, breaks, 400 + (holds * 2 / 5) - 8, new Bottleneck(BottleneckSide.Server, $"{Memory}.", ["memory.events counts 1 oom_kill."], "Give the task more memory.") { Resource = "memory" }),
    };

    private static RunVerdict Nothing { get; } = new() { Outcome = RunOutcome.Broken, Bottleneck = new Bottleneck(BottleneckSide.None, "nothing was measured", [], "") };

    private static ImmutableArray<SizeRow> Rows { get; } =
    [
        new()
        {
            Label = "256/512", Size = new(256, 512), Origins = [SizeOrigin.Definition], Source = SizeSource.Measured, Limits = [990, 980, 985], Limit = new(980, 985, 990, false),
            MaxReliable = 500, SafeLimit = 784, BoundBy = "memory", Cause = Memory, Next = "Give the task more memory.", BytesPerConnection = 487_000, ThrottledShare = 0.081,
            ConnectP95 = 42.7, StartSeconds = 0.62, SecondsPerRun = 41.4, Expected = new(new(256, 512), 200, 500), CostPerMonth = 9.01, CostPerThousand = 9.19,
        },
        new()
        {
            Label = "512/1024", Size = new(512, 1024), Origins = [SizeOrigin.Before, SizeOrigin.Named], Source = SizeSource.Measured, Limits = [2160, 2140, 2180], Limit = new(2140, 2160, 2180, false),
            MaxReliable = 2000, SafeLimit = 1600, BoundBy = "processor", Cause = "the server was stopped in 61 % of the periods of its quota", Next = "Give the task more CPU.",
            BytesPerConnection = 486_000, ThrottledShare = 0.6142, ConnectP95 = 812, StartSeconds = 0.41, SecondsPerRun = 52, Expected = new(new(512, 1024), 500, 1000), CostPerMonth = 18.02, CostPerThousand = 8.42,
        },
        new()
        {
            Label = "1024/2048", Size = new(1024, 2048), Origins = [SizeOrigin.Named], Source = SizeSource.Measured, Limits = [4210, 4210], Limit = new(4210, 4210, 4210, true),
            MaxReliable = 2000, SafeLimit = 1600, BoundBy = "this client", Cause = "this machine may open no more descriptors", Next = "Raise nofile of the suite.",
            ConnectP95 = 9.3, StartSeconds = 0.38, SecondsPerRun = 71.9, Expected = new(new(1024, 2048), 1000, 2000), CostPerMonth = 36.04, CostPerThousand = 8.56,
        },
        new()
        {
            Label = "2048/4096", Size = new(2048, 4096), Origins = [SizeOrigin.Named], Source = SizeSource.LockFile, NotMeasured = "this machine has 1.5 processors to give, and the size needs 2",
            Limits = [4400, 4520, 4480], Limit = new(4400, 4480, 4520, false), MaxReliable = 2000, SafeLimit = 1600, BoundBy = "descriptors", Expected = new(new(2048, 4096), 2000, 5000),
            CostPerMonth = 72.08, CostPerThousand = 16.38,
        },
        new()
        {
            Label = "4096/8192", Size = new(4096, 8192), Origins = [SizeOrigin.Named], Source = SizeSource.None, NotMeasured = "this machine has 1.5 processors to give, and the size needs 4", CostPerMonth = 144.17,
        },
    ];

    private static SizeRun Bound(int number) => Run("512/1024", number, 0.41, 52) with
    {
        Steps = [SampleSteps.Reliable(1, 1000, 1000, 1.6), SampleSteps.Reliable(2, 2000, 1996, 2.9), SampleSteps.Rejected(3, 5000, 2140, 9.4), SampleSteps.NotAttempted(10_000, "not attempted: the limit was found at 5000")],
        Search = Found(2140, 2160),
        Verdict = Says(2000, 2140, 2160, 1600, new Bottleneck(BottleneckSide.Server, "the server was stopped in 61 % of the periods of its quota.", [], "Give the task more CPU.") { Resource = "processor" }),
    };

    private static SizeRun More(int number) => Run("1024/2048", number, 0.38, 71.9) with
    {
        Steps = [SampleSteps.Reliable(1, 2000, 2000, 2.2), SampleSteps.OutOfPorts(2, 5000, 4210, 6)],
        Verdict = Says(2000, 4210, null, 1600, new Bottleneck(BottleneckSide.Client, "this machine may open no more descriptors", [], "Raise nofile of the suite.")),
    };

    private static SearchResult Found(int holds, int breaks) => new()
    {
        Tries = [SampleSteps.Try(1, TryKind.Clean, new(100, null), holds, holds), SampleSteps.Try(2, TryKind.Grown, new(100, null), breaks, holds - 20)],
        Limit = new ExactLimit(holds, breaks),
        Ended = $"{holds} held and {breaks} did not, which is 1 % apart",
        Seconds = 8.4,
    };

    private static SizeRun Run(string label, int number, double start, double seconds) => new()
    {
        Label = label, Number = number, StartedAt = SampleReports.Started.AddMinutes(number), Seconds = seconds, StartSeconds = start,
        Effective = new GroupLimits(512L << 20, 256, 1024, 65_535), Verdict = Nothing,
    };

    private static RunVerdict Says(int reliable, int holds, int? breaks, int safe, Bottleneck bottleneck) => new()
    {
        Outcome = RunOutcome.Passed, MaxReliable = reliable, HeldAtOnce = holds, SafeLimit = safe, Exact = new ExactLimit(holds, breaks), Bottleneck = bottleneck,
    };
}
