using System.Collections.Immutable;
using Support.Host;
using Support.Measuring;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Takes from a finished run what its plan is worked out from.</summary>
internal static class PlanEvidence
{
    // A slope whose 95 % interval is wider than its half to either side says too little to plan with.
    private const double WidestShare = 0.5;

    /// <summary>What the plan is worked out from.</summary>
    /// <param name="evidence">The run.</param>
    /// <param name="verdict">What it says.</param>
    /// <param name="slopes">Memory over the steps.</param>
    /// <param name="task">What one task is; null where it is not known.</param>
    internal static PlanInput Of(RunEvidence evidence, RunVerdict verdict, ImmutableArray<MemorySlope> slopes, PlannedTask? task) => new()
    {
        Verdict = verdict,
        Plan = evidence.Settings?.Plan ?? new(),
        Price = evidence.Settings?.Price ?? new(),
        Task = task?.Task,
        IsOfThatSize = task?.IsMeasured ?? false,
        IsAskedFor = evidence.Settings is { } settings && ScalingPlan.IsAskedForBy(settings),
        Doubt = Doubt(evidence, verdict, task),
        // Where the pace is held down, it is not the server's.
        OpensPerSecond = evidence.Settings?.Pool.Rate is null ? OpensPerSecond(evidence.Steps) : null,
        Memory = Memory(slopes),
    };

    /// <summary>Why the limit may not be that of one task of the size; null where it is.</summary>
    internal static string? Doubt(RunEvidence evidence, RunVerdict verdict, PlannedTask? task) =>
        verdict.Outcome is RunOutcome.Broken or RunOutcome.NotAttempted ? "the run did not come to its end, so that a limit may lie elsewhere"
        : evidence.Checks.Any(check => check is { Id: "Service.OneTask", Outcome: CheckOutcome.Warning }) ? "several tasks held the connections together, and a plan needs the limit of one"
        : task is { IsMeasured: false } ? $"it was not measured in a task of {task.Task.Size.Name} ({task.Task.From})"
        : null;

    // Of the largest reliable step: in a small one most of the time is the first handshake's.
    private static double? OpensPerSecond(ImmutableArray<JudgedStep> steps) =>
        steps.LastOrDefault(step => step.Outcome == StepOutcome.Reliable)?.Result is { OpenSeconds: > 0, Opened: > 0 } result ? result.Opened / result.OpenSeconds : null;

    /// <summary>The server's memory for a connection: what its control group is charged for, else its process and its end in the kernel. Null where it was not measured well enough.</summary>
    internal static MeasuredMemory? Memory(ImmutableArray<MemorySlope> slopes)
    {
        if (Good(slopes, MemoryOwner.Group) is { } group)
            return new(group.BytesPerConnection, group.InterceptBytes, group.Of) { IsOfGroup = true };
        if (Good(slopes, MemoryOwner.Target) is not { } process)
            return null;
        var kernel = Good(slopes, MemoryOwner.Kernel);
        return new(
            process.BytesPerConnection + (kernel?.BytesPerConnection ?? ClientBudget.KernelBytes),
            process.InterceptBytes,
            kernel is null ? $"{process.Of}, and 4,600 bytes for its end in the kernel" : $"{process.Of}, and its end in the kernel");
    }

    private static MemorySlope? Good(ImmutableArray<MemorySlope> slopes, MemoryOwner owner) => slopes.FirstOrDefault(
        slope => slope.Owner == owner && !MemoryFit.IsTooNoisy(slope) && slope.BytesPerConnection > 0 && slope.HalfWidth <= slope.BytesPerConnection * WidestShare && slope.InterceptBytes >= 0);
}

/// <summary>What one task is.</summary>
/// <param name="Task">Its size, and where that comes from.</param>
/// <param name="IsMeasured">Whether the server was measured in such a task.</param>
public sealed record PlannedTask(EstimateInput Task, bool IsMeasured);
