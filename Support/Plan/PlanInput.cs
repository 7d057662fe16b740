using System.Collections.Immutable;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Measuring;
using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>What a plan is worked out from.</summary>
internal sealed record PlanInput
{
    /// <summary>What was measured.</summary>
    public required RunVerdict Verdict { get; init; }

    /// <summary>What it is worked out for.</summary>
    public PlanSettings Plan { get; init; } = new();

    /// <summary>What things cost.</summary>
    public PriceSettings Price { get; init; } = new();

    /// <summary>What one task is; null where it is not known.</summary>
    public EstimateInput? Task { get; init; }

    /// <summary>Handshakes that one task answered per second; null where not measured.</summary>
    public double? OpensPerSecond { get; init; }

    /// <summary>As <see cref="ScalingPlan.IsBurst"/>.</summary>
    public bool IsBurst { get; init; }

    /// <summary>As it was measured; null where it was not.</summary>
    public MeasuredMemory? Memory { get; init; }

    /// <summary>As <see cref="ScalingPlan.IsAskedFor"/>.</summary>
    public bool IsAskedFor { get; init; }

    /// <summary>As <see cref="ScalingPlan.Doubt"/>.</summary>
    public string? Doubt { get; init; }

    /// <summary>
    /// Whether a task of the size in <see cref="Task"/> was measured: only then is the estimate comparable.
    /// </summary>
    public bool IsOfThatSize { get; init; }

    // What opens for less is a burst, which a server may take at a rate that it does not keep.
    private const double LongEnough = 1;

    /// <summary>Takes it from a finished run; the task is null where it is not known.</summary>
    public static PlanInput Of(RunEvidence evidence, RunVerdict verdict, ImmutableArray<MemorySlope> slopes,
        PlannedTask? task) => new()
    {
        Verdict = verdict,
        Plan = evidence.Settings?.Plan ?? new(),
        Price = evidence.Settings?.Price ?? new(),
        Task = task?.Task,
        IsOfThatSize = task?.IsMeasured ?? false,
        IsAskedFor = evidence.Settings is { } settings && ScalingPlan.IsAskedForBy(settings),
        Doubt = DoubtOf(evidence, verdict, task),
        // Where the pace is held down, it is not the server's.
        OpensPerSecond = evidence.Settings?.Pool.Rate is null ? Pace(evidence.Steps) : null,
        IsBurst = Largest(evidence.Steps)?.OpenSeconds < LongEnough,
        Memory = MeasuredMemory.Of(slopes),
    };

    private static string? DoubtOf(RunEvidence evidence, RunVerdict verdict, PlannedTask? task) =>
        verdict.Outcome is RunOutcome.Broken or RunOutcome.NotAttempted
            ? "the run did not finish, so the limit may lie elsewhere"
        : evidence.Checks.Any(check => check is { Id: "Service.OneTask", Outcome: CheckOutcome.Warning })
            ? "several tasks held the connections together, and a plan needs the limit of one"
        : task is { IsMeasured: false }
            ? $"it was not measured in a task of {task.Task.Size.Name} ({task.Task.From})"
        : null;

    private static double? Pace(ImmutableArray<JudgedStep> steps) =>
        Largest(steps) is { } result ? result.Opened / result.OpenSeconds : null;

    // The largest reliable step: in a small one most of the time is the first handshake's.
    private static StepResult? Largest(ImmutableArray<JudgedStep> steps) =>
        steps.LastOrDefault(step => step.Outcome == StepOutcome.Reliable)?.Result is
            { OpenSeconds: > 0, Opened: > 0 } result ? result : null;
}

/// <summary>What one task is, and whether the server was measured in such a task.</summary>
internal sealed record PlannedTask(EstimateInput Task, bool IsMeasured);

/// <summary>What is known of one task before it is measured.</summary>
/// <param name="Size">What it is.</param>
/// <param name="From">As in <c>Plan.Size</c> or <c>the task of this run</c>.</param>
/// <param name="Architecture">As a task definition gives it, as in <c>ARM64</c>; null is x86, as for ECS.</param>
/// <param name="Descriptors">Files per process; null where not known, then Fargate's default is taken.</param>
internal sealed record EstimateInput(MachineSize Size, string From, string? Architecture = null,
    long? Descriptors = null)
{
    private const double Mebibyte = 1 << 20;

    /// <summary>Null where the definition says nothing of CPU or memory.</summary>
    public static EstimateInput? Of(TaskDefinition? definition, string from) =>
        definition is { Cpu: { } cpu, Memory: { } memory }
        ? new(MachineSizes.OfTask(new(cpu, memory)), from, definition.Architecture, MostFiles(definition))
        : null;

    /// <summary>Where the server under test runs on it; null where its memory is not known.</summary>
    public static EstimateInput? OfMachine(EnvironmentFacts facts)
    {
        long?[] memory = [facts.Memory?.TotalBytes, facts.Cgroup.MemoryLimitBytes.Count];
        if (memory.Min() is not { } bytes)
            return null;
        double?[] cores = [facts.Runtime.Processors, facts.Cgroup.CpuMillicores.Count / 1000.0];
        var size = new MachineSize("this machine", cores.Min()!.Value, (int)Math.Min(int.MaxValue, bytes / Mebibyte));
        return new(size, "the server runs here", Descriptors: facts.TargetOpenFiles?.Soft.Count);
    }

    // The container that holds the connections is one of them, and which is not known here: the one that may open the
    // most.
    private static long? MostFiles(TaskDefinition definition) => definition.Containers
        .SelectMany(container => container.Ulimits).Where(limit => limit.Name == "nofile")
            .Max(limit => (long?)limit.Hard);
}

/// <summary>Memory of the server as a line over the steps.</summary>
/// <param name="BytesPerConnection">Its slope.</param>
/// <param name="BaseBytes">What it takes without a connection.</param>
/// <param name="Whose">As in <c>server's control group</c>.</param>
/// <param name="IsOfGroup">Whether all of a control group: in a task, runtime and system together.</param>
/// <param name="IsUpperBound">As <see cref="MemorySlope.IsUpperBound"/>.</param>
internal sealed record MeasuredMemory(
    double BytesPerConnection, double BaseBytes, string Whose, bool IsOfGroup = false, bool IsUpperBound = false)
{
    // A slope whose 95 % interval is wider than its half to either side says too little to plan with.
    private const double WidestShare = 0.5;

    /// <summary>
    /// Of the server's control group, else its process and its end in the kernel; null where not measured well enough.
    /// </summary>
    public static MeasuredMemory? Of(ImmutableArray<MemorySlope> slopes)
    {
        if (Good(slopes, MemoryOwner.Group) is { } group)
            return new(
                group.BytesPerConnection, group.InterceptBytes, group.Of, IsOfGroup: true, group.IsUpperBound);
        if (Good(slopes, MemoryOwner.Target) is not { } process)
            return null;
        var kernel = Good(slopes, MemoryOwner.Kernel);
        return new(
            process.BytesPerConnection + (kernel?.BytesPerConnection ?? ClientBudget.KernelBytes),
            process.InterceptBytes,
            $"{process.Of}, and {(kernel is null ? "4,600 bytes for its" : "its")} end in the kernel",
            IsUpperBound: process.IsUpperBound);
    }

    private static MemorySlope? Good(ImmutableArray<MemorySlope> slopes, MemoryOwner owner) =>
        slopes.FirstOrDefault(slope => slope.Owner == owner && IsGood(slope));

    private static bool IsGood(MemorySlope slope) =>
        !MemoryFit.IsTooNoisy(slope) && slope is { BytesPerConnection: > 0, InterceptBytes: >= 0 }
        && slope.HalfWidth <= slope.BytesPerConnection * WidestShare;
}
