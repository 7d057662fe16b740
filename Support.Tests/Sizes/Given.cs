using System.Collections.Immutable;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Settings;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Tests.Sizes;

/// <summary>Runs at sizes, definitions and machines to judge.</summary>
internal static class Given
{
    public const string Server = "node server.js";

    public static readonly DateOnly Today = new(2026, 4, 1);

    public static readonly TaskSize Small = new(256, 512);
    public static readonly TaskSize Middle = new(512, 1024);
    public static readonly TaskSize Large = new(1024, 2048);

    public static readonly SizeMachine Machine = new()
    {
        Cores = 4, MemoryBytes = 8L << 30, FreeBytes = 8L << 30, Descriptors = 1_048_576, CpuModel = "Model A",
        Kernel = "6.1.0", Architecture = "X86_64",
    };

    /// <summary>A run that held so many and broke one above.</summary>
    public static SizeRun Run(TaskSize size, int number, int limit, string? boundBy = "memory",
        BottleneckSide side = BottleneckSide.Server) => new()
    {
        Label = size.ToString(),
        Number = number,
        StartedAt = DateTimeOffset.UnixEpoch,
        Seconds = 60,
        StartSeconds = 1.5,
        Effective = DeclaredLimits.Of(size),
        Steps = [Step(limit, limit, 5)],
        Verdict = new()
        {
            Outcome = RunOutcome.Passed,
            MaxReliable = limit,
            PeakConnections = limit,
            SafeLimit = (int)(limit * 0.8),
            Exact = new(limit, side == BottleneckSide.None ? null : limit + 1),
            Bottleneck = new(side, $"{boundBy ?? "nothing"} ran out", [],
                "Give it more.") { Resource = ResourceNames.Find(boundBy) },
        },
    };

    /// <summary>One run for each limit.</summary>
    public static ImmutableArray<SizeRun> Runs(
        TaskSize size, params int[] limits) => [.. limits.Select((limit, index) => Run(size, index + 1, limit))];

    public static SizeRun But(
        this SizeRun run, Func<RunVerdict, RunVerdict> change) => run with { Verdict = change(run.Verdict) };

    public static SizeRun Faulty(
        TaskSize size, int number) => Run(size, number, 10) with { Fault = "the disk was full" };

    public static SizeRun NotStarted(TaskSize size, int number, string why = "it was killed for memory") =>
        Run(size, number, 0) with { NotStarted = why, Steps = [], Effective = null };

    /// <summary>
    /// A run whose search did not come to its end: it held so many, and the next count that was tried broke.
    /// </summary>
    public static SizeRun Unfinished(TaskSize size, int number, int held, int broke) =>
        Run(size, number, held).But(verdict => verdict with { Exact = null }) with
        {
            Steps = [Step(held, held, 5), Step(broke, held, 90)],
        };

    public static JudgedStep Step(
        int sessions, int held, double p95) => new(sessions, StepOutcome.Reliable, null, new StepResult
    {
        Number = 1, Sessions = sessions, StartedAt = DateTimeOffset.UnixEpoch, Attempted = sessions, Opened = held,
        Held = held, Seconds = 1, ConnectMilliseconds = new(1, p95, p95, p95),
    });

    /// <summary>The step, with a server that had that hard limit of open files at its count.</summary>
    public static JudgedStep Reading(this JudgedStep step, long hardLimit) => step with
    {
        Result = step.Result! with
        {
            Resources = step.Result.Resources with { Server = new() { DescriptorHardLimit = hardLimit } },
        },
    };

    /// <summary>A definition of one Fargate task with one container.</summary>
    public static TaskDefinition Definition(
        int? cpu = 512, int? memory = 1024, params ContainerDefinition[] containers) => new()
    {
        Family = "chat", Cpu = cpu, Memory = memory, NetworkMode = "awsvpc", RequiredLaunchTypes = ["FARGATE"],
        Containers = containers.Length == 0 ? [Container()] : [.. containers],
    };

    public static ContainerDefinition Container(
        string name = "chat", int? port = 8080, string image = "chat:1") => new()
    {
        Name = name, Image = image, Ports = port is null ? [] : [new(port, null)],
    };

    public static DefinitionPair Pair(TaskDefinition? definition, TaskDefinition? before = null) => new()
    {
        Definition = definition is null
            ? null
            : new("Gate.TaskDefinition", "task.json", new() { Definition = definition }),
        Before = before is null ? null : new("Gate.TaskDefinitionBefore", "origin/main", new() { Definition = before }),
    };

    public static SizePlan Plan(DefinitionPair pair, GateSettings? gate = null, SizeMachine? machine = null) =>
        SizePlan.From(gate ?? new(), new(), new Uri("ws://127.0.0.1:8080/"), pair, machine ?? Machine);

    public static GateSettings Named(params TaskSize[] sizes) =>
        new() { Sizes = new([.. sizes], false), LockFile = "capacity.lock.json" };

    /// <summary>What the definition's size (512/1024) gave, with nothing accepted.</summary>
    public static SizeEvidence Gated(params int[] limits) => Of(
        Pair(Definition()),
        new() { TaskDefinition = "task.json", Repeats = Math.Max(1, limits.Length) },
        Runs(Middle, limits));

    public static SizeEvidence Of(
        DefinitionPair pair, GateSettings gate, ImmutableArray<SizeRun> runs, SizeMachine? machine = null) => new()
    {
        Server = Server, Gate = gate, Plan = Plan(pair, gate, machine), Runs = runs,
        Reached = [.. Plan(pair, gate, machine).Cases.Select(one => one.Label)], Machine = machine ?? Machine,
        Version = "1.4.0+abc", Today = Today, Cgroups = new(CgroupDriver.V2, null, null),
    };

    /// <summary>With what another measurement accepted.</summary>
    public static SizeEvidence After(this SizeEvidence evidence, SizeEvidence accepted) =>
        evidence with { Lock = BaselineFileParser.Parse(accepted.Text(), "lock.json") };

    /// <summary>The lock file that accepts it.</summary>
    public static string Text(this SizeEvidence evidence) =>
        SizeGate.Accepted(evidence.Accepting(evidence.Runs.GroupBy(run => run.Label).Max(same => same.Count())))!;

    public static SizeEvidence Accepting(this SizeEvidence evidence, int repeats) =>
        evidence with { Gate = evidence.Gate with { Accept = true, Repeats = repeats } };

    /// <summary>On a machine that is too small for all of its sizes.</summary>
    public static SizeEvidence TooLarge(this SizeEvidence evidence) => evidence with
    {
        Runs = [], Plan = evidence.Plan with
        {
            Cases = [.. evidence.Plan.Cases.Select(one => one with { TooLarge = "it needs 2 GiB of memory" })],
        },
    };

    /// <summary>With another container in the gated definition.</summary>
    public static SizeEvidence With(this SizeEvidence evidence, ContainerDefinition container) =>
        evidence with { Plan = Plan(Pair(Definition(512, 1024, container)), evidence.Gate) };

    public static SizeEvidence Requiring(this SizeEvidence evidence, int connections) =>
        evidence with { Gate = evidence.Gate with { RequiredConnections = connections } };

    public static SizeReport Judged(this SizeEvidence evidence) => SizeGate.Judge(evidence);

    public static SizeRow Row(this SizeReport report, TaskSize size) => report.Rows.Single(row => row.Size == size);
}
