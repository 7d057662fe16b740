using System.Collections.Immutable;
using Support.Settings;

namespace Support.Plan;

/// <summary>How many tasks the service needs, and what each of them carries then.</summary>
/// <param name="TargetConnections">Connections of the whole service.</param>
/// <param name="ConnectionsPerTask">The safe limit of one task; null where nothing was measured.</param>
/// <param name="Buffer">The factor on the number of tasks.</param>
/// <param name="TasksNeeded">ceil(target ÷ connections per task × buffer); null where it cannot be said.</param>
public sealed record ScalingPlan(long TargetConnections, int? ConnectionsPerTask, double Buffer, long? TasksNeeded)
{
    /// <summary>
    /// Whether the plan was asked for, as <see cref="IsAskedForBy"/> decides. Else a person reads the number of tasks alone,
    /// and no file is written. Default: false.
    /// </summary>
    public bool IsAskedFor { get; init; }

    /// <summary>What it was worked out for: zones, deployment, reconnects, messages.</summary>
    public PlanSettings Settings { get; init; } = new();

    /// <summary>Whether one task may hold more than was seen: nothing broke, or this client was the limit.</summary>
    public bool IsLowerBound { get; init; }

    /// <summary>
    /// Why the limit that the plan rests on may not be that of one task of its size, as a clause: another size was measured, several tasks were, or the
    /// run did not come to its end. Then no policies are made of it, and nothing is compared with it. Null where there is no doubt.
    /// </summary>
    public string? Doubt { get; init; }

    /// <summary>What one task is; null where it is not known.</summary>
    public MachineSize? Size { get; init; }

    /// <summary>Where <see cref="Size"/> comes from, as in <c>Plan.Size</c> or <c>the size that was measured</c>; null together with it.</summary>
    public string? SizeFrom { get; init; }

    /// <summary>Handshakes a second at the pace of this run, on its own path: a server may answer more, and through a load balancer with TLS there are fewer. Null where none was measured.</summary>
    public double? OpensPerSecond { get; init; }

    /// <summary>How many tasks each thing asks for that can happen; empty where nothing was measured.</summary>
    public ImmutableArray<PlanNeed> Needs { get; init; } = [];

    /// <summary>How many tasks cover all of <see cref="Needs"/>; null where there are none.</summary>
    public long? Desired => Needs.IsEmpty ? null : Needs.Max(need => need.Tasks);

    /// <summary>The least that scaling may leave: a task a zone, at least 2 and a quarter of what can happen asks for, and not more than that. Null where nothing was measured.</summary>
    public long? Minimum { get; init; }

    /// <summary>The most that scaling may start: <see cref="Desired"/> × buffer, at least one more, and at most what AWS takes (32 bits). Null where nothing was measured.</summary>
    public long? Maximum { get; init; }

    /// <summary>
    /// Connections a task that scaling aims at, on average: with any number of tasks from <see cref="Minimum"/> on, none comes above its safe limit on average, whatever
    /// happens of <see cref="Needs"/>; 1 where there is no such number. A service that needs more tasks has a higher minimum, and may aim higher. Null where nothing was measured.
    /// </summary>
    public int? TargetPerTask { get; init; }

    /// <summary>What a task carries in each situation, at <see cref="Desired"/> tasks.</summary>
    public ImmutableArray<PlanLoad> Loads { get; init; } = [];

    /// <summary>What <see cref="Desired"/> tasks and their load balancer cost; null where <see cref="CostUnknown"/> says why.</summary>
    public PlanCost? Cost { get; init; }

    /// <summary>Why there is no <see cref="Cost"/>, as a clause; null where there is one, or no plan.</summary>
    public string? CostUnknown => Cost is not null || Desired is null ? null
        : Size is null ? "Plan.Size is not set"
        : $"costs are worked out for Fargate's sizes, and {Size.Name} is none: set Plan.Size to one, as in 1024/2048";

    /// <summary>The same plan for other targets, ascending, this one's among them.</summary>
    public ImmutableArray<PlanRow> Table { get; init; } = [];

    /// <summary>What one task was expected to hold before it was measured; null where its size is not known.</summary>
    public CapacityEstimate? Estimate { get; init; }

    /// <summary>The estimate beside what was measured; null where one of them is missing, or where another size was measured.</summary>
    public EstimateComparison? Comparison { get; init; }

    /// <summary>What the plan rests on and does not cover, a sentence each; empty where nothing was measured.</summary>
    public ImmutableArray<string> Notes => PlanNotes.Of(this);

    /// <summary>The rules of thumb that this plan stands in for, each with what was found.</summary>
    public ImmutableArray<RuleOfThumb> Rules { get; init; } = [];

    /// <summary>Whether these settings ask for a plan: any of <c>Plan.…</c> or <c>Aws.…</c> is given, even with its default value, or task sizes are measured.</summary>
    internal static bool IsAskedForBy(CapacitySettings settings) =>
        settings.Gate.MeasuresSizes
        || settings.Redacted.Any(setting => !setting.IsDefault
            && (setting.Name.StartsWith("Plan.", StringComparison.Ordinal) || setting.Name.StartsWith("Aws.", StringComparison.Ordinal)));
}
