using System.Collections.Immutable;
using Support.Host;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Reports;

/// <summary>Finished plans. Their figures follow the planner's formulas and agree with each other.</summary>
internal static class SamplePlans
{
    public static readonly ImmutableArray<string> Files = ["scalable-target.json", "connections-policy.json",
        "response-time-policy.json", "alarm-connections.json", "commands.sh", "cloudformation.json", "README.md"];

    private const string Prices = "Fargate, Linux on x86, us-east-1, April 2026";
    private static readonly MachineSize Task = MachineSizes.OfTask(new(1024, 2048));

    /// <summary>10,000 connections, 2,000 a task, 3 zones.</summary>
    public static ScalingPlan EightTasks { get; } = Of(2000, 6, 5, 8) with
    {
        Minimum = 3, Maximum = 10, TargetPerTask = 1333,
        Loads =
        [
            .. Loads((8, 1250), (8, 1250), (5, 2000)), new("all clients come back, within 3 s", 8, 1250),
            new("the clients of a lost zone come back, within 2 s", 5, 2000),
        ],
        Size = Task, SizeFrom = "the task of this run", OpensPerSecond = 480,
        Cost = Costs(8),
        Table =
        [
            Row(1000, 1, 2, 500), Row(2000, 2, 2, 1000), Row(5000, 3, 5, 1000), Row(10_000, 6, 8, 1250),
            Row(20_000, 12, 15, 1334), Row(50_000, 30, 38, 1316), Row(100_000, 60, 75, 1334),
            Row(200_000, 120, 150, 1334), Row(500_000, 300, 375, 1334), Row(1_000_000, 600, 750, 1334),
        ],
        Estimate = Estimate,
        Comparison = new(25_600, 2500, false, 65_536, 41_300, "25,600 were estimated (processor first), 2,500 were "
            + "held: the task holds less than was estimated. It was processor that ran out, as estimated."),
        Rules = Rules,
    };

    /// <summary>350 held, 160 of them safe: what the documents show.</summary>
    public static ScalingPlan NinetyFiveTasks { get; } = Of(160, 75, 63, 95) with
    {
        Minimum = 3, Maximum = 114, TargetPerTask = 106, OpensPerSecond = 480,
        Loads = Loads((95, 106), (95, 106), (63, 159)),
        Size = Task, SizeFrom = "Plan.Size", Cost = Costs(95),
        Table = [Row(
            1000, 8, 11, 91), Row(10_000, 75, 95, 106), Row(100_000, 750, 938, 107), Row(1_000_000, 7500, 9375, 107)],
        Estimate = Estimate,
        Comparison = new(25_600, 350, false, 65_536, 2357, "25,600 were estimated (processor first), 350 were held: "
            + "the task holds less than was estimated. A connection cap set the limit, not memory: raise the cap "
            + "before a larger task."),
        Rules = Rules,
    };

    /// <summary>Nothing broke at 1,000: the plan is the most that is needed.</summary>
    public static ScalingPlan AtMostTwenty { get; } = Of(800, 15, 13, 20) with
    {
        IsLowerBound = true, Minimum = 3, Maximum = 24, TargetPerTask = 533,
        Loads = Loads((20, 500), (20, 500), (13, 770)),
    };

    /// <summary>What the client could hold: 4,000 a task at least.</summary>
    public static ScalingPlan AtMostFive { get; } = Of(4000, 3, 3, 5) with
    {
        IsLowerBound = true, Minimum = 3, Maximum = 6, TargetPerTask = 2666,
        Loads = Loads((5, 2000), (5, 2000), (3, 3334)),
    };

    /// <summary>1,600 are safe.</summary>
    public static ScalingPlan ElevenTasks { get; } = Of(1600, 8, 7, 11) with
    {
        Minimum = 3, Maximum = 14, TargetPerTask = 1066, Loads = Loads((11, 910), (11, 910), (7, 1429)),
        Table = [Row(1000, 1, 2, 500) with { Cost = null }, Row(10_000, 8, 11, 910) with { Cost = null }],
    };

    /// <summary>12,000,000 connections: more tasks than squares.</summary>
    public static ScalingPlan Thousands { get; } = Of(2000, 7200, 6000, 9000, 12_000_000) with
    {
        Minimum = 3, Maximum = 10_800, TargetPerTask = 1333,
        Loads = Loads((9000, 1334), (9000, 1334), (6000, 2000)),
        Size = Task, SizeFrom = "the size that was measured", Cost = Costs(9000),
        Table = [Row(1_000_000, 600, 750, 1334), Row(12_000_000, 7200, 9000, 1334)],
    };

    /// <summary>One zone, one task.</summary>
    public static ScalingPlan OneTask { get; } = new(1000, 2000, 1.2, 1)
    {
        Settings = new() { TargetConnections = 1000, Zones = 1 },
        Needs = [
            new(PlanNeedKind.Buffer, 1, "1,000 ÷ 2,000 × 1.2 = 0.6"),
            new(PlanNeedKind.Deployment, 1, "100 % of 1 keep running"),
        ],
        Minimum = 1, Maximum = 2, TargetPerTask = 1666,
        Loads = [new("all tasks run", 1, 1000), new("during a deployment", 1, 1000)],
    };

    private static CapacityEstimate Estimate => new()
    {
        Size = Task, SizeFrom = "Plan.Size", ReservedBytes =
            256L << 20, ReservedFrom = "an eighth of the whole", BytesPerConnection = 65_536, BytesFrom = "the default",
        Theoretical = 28_672, PracticalFrom = 15_360, PracticalTo = 20_480,
        Ceilings =
        [
            new(Resource.Memory, "memory", "server", 28_672, "(2,048 MiB − 256 MiB) ÷ 65,536 bytes",
                "Give the task more memory."),
            new(Resource.Descriptors, "file descriptors", "server", 65_535, "nofile 65,535, Fargate's default",
                "Raise ulimits nofile in the task definition, up to 1,048,576."),
            new(Resource.Ports, "ports", "server", null, "no limit: each client brings an own address", ""),
            new(Resource.Processor, "processor", "server", 25_600, "1 vCPU ÷ (1 message a second × 39 µs)",
                "Give the task more CPU."),
        ],
    };

    private static ImmutableArray<RuleOfThumb> Rules =>
    [
        new("memoryPerConnection", "Memory for one connection", "64 KB", "40.3 KiB", false,
            "The kernel's buffers are only taken while data waits (tcp(7))."),
        new("tasksByBuffer", "Tasks", "target ÷ connections per task × 1.2", "8 instead of 6", false,
            "A buffer of 20 % does not cover one of 3 zones lost: that takes 50 %."),
        new("bandwidth", "Bandwidth", "200 bytes a message", "not measured", null, "This run sent no messages."),
    ];

    /// <summary>Every text that comes from outside tries to leave its place.</summary>
    public static ScalingPlan Hostile(string evil) => EightTasks with
    {
        IsAskedFor = true,
        Needs = [.. EightTasks.Needs.Select(need => need with { Basis = evil })],
        Loads = [.. EightTasks.Loads.Select(load => load with { Name = evil })],
        Size = Task with { Name = evil, Vcpus = double.NaN }, SizeFrom = evil, OpensPerSecond = double.NaN,
        Cost = new(double.NaN, double.NaN, double.PositiveInfinity, evil),
        Estimate = Estimate with
        {
            Size = Task with { Name = evil },
            SizeFrom = evil,
            ReservedFrom = evil,
            BytesFrom = evil,
            Ceilings = [new(Resource.Memory, evil, evil, null, evil, evil)],
        },
        Comparison = new(0, 1, true, double.NaN, null, evil),
        Rules = [new(evil, evil, evil, evil, null, evil)],
    };

    private static ScalingPlan Of(int safe, long buffer, long deployment, long zone, long target = 10_000)
    {
        var (text, each) = (Count(target), Count(safe));
        return new(target, safe, 1.2, buffer)
        {
            Settings = new() { TargetConnections = target },
            Needs =
            [
                new(PlanNeedKind.Buffer, buffer, $"{text} ÷ {each} × 1.2, rounded up = {Count(buffer)}"),
                new(
                    PlanNeedKind.Deployment,
                    deployment,
                    $"100 % of {Count(deployment)} keep running, and {Count(deployment)} × {each} hold {text}"),
                new(PlanNeedKind.ZoneLost, zone, $"{Count(zone)} − {Count((zone + 2) / 3)} in the lost zone = "
                    + $"{Count(zone - ((zone + 2) / 3))}, which hold {text}"),
                new(
                    PlanNeedKind.Reconnect,
                    (target + 28_799) / 28_800,
                    $"{text} ÷ (480 handshakes a second × 60 s), rounded up"),
            ],
        };
    }

    private static ImmutableArray<PlanLoad> Loads(params (long Tasks, long Each)[] loads) =>
        [
            new("all tasks run", loads[0].Tasks, loads[0].Each),
            new("during a deployment", loads[1].Tasks, loads[1].Each),
            new("one of 3 zones lost", loads[2].Tasks, loads[2].Each),
        ];

    private static PlanRow Row(long target, long buffer, long desired, long each) =>
        new(target, buffer, desired, each, desired > buffer ? PlanNeedKind.ZoneLost : PlanNeedKind.Buffer,
            (desired + 999) / 1000, Costs(desired));

    private static PlanCost Costs(long tasks) =>
        new(36.04, Math.Round(tasks * 36.04, 2), 24.82 * ((tasks + 999) / 1000), Prices);

    private static string Count(long value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
