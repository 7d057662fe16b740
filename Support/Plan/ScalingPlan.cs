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
    // Elastic Load Balancing quotas page; ECS service quotas page. A second load balancer of the same service lifts
    // neither.
    private const string ManyTasks =
        "AWS's default quotas are 1,000 targets per load balancer and 5,000 tasks per service: split it into several "
        + "services, each with a load balancer of its own, as within one service every task is in all its target "
        + "groups.";

    /// <summary>
    /// As <see cref="IsAskedForBy"/> decides; else only the number of tasks is shown, and no file is written.
    /// </summary>
    public bool IsAskedFor { get; init; }

    /// <summary>What it was worked out for: zones, deployment, reconnects, messages.</summary>
    public PlanSettings Settings { get; init; } = new();

    /// <summary>
    /// Whether one task may hold more than was seen: no limit was reached, or this client was the limit.
    /// </summary>
    public bool IsLowerBound { get; init; }

    /// <summary>
    /// Why the limit may not be that of one task of its size, as a clause: then no policies are made of the plan, and
    /// nothing is compared with it. Null where there is no doubt.
    /// </summary>
    public string? Doubt { get; init; }

    /// <summary>What one task is; null where it is not known.</summary>
    public MachineSize? Size { get; init; }

    /// <summary>As in <c>Plan.Size</c> or <c>the size that was measured</c>; null together with the size.</summary>
    public string? SizeFrom { get; init; }

    /// <summary>
    /// Handshakes per second at the pace of this run, on its own path: a server may answer more, and through a load
    /// balancer with TLS there are fewer. Null where none was measured.
    /// </summary>
    public double? OpensPerSecond { get; init; }

    /// <summary>
    /// Whether <see cref="OpensPerSecond"/> comes from less than a second of opening, and is doubtful. Default: false.
    /// </summary>
    public bool IsBurst { get; init; }

    /// <summary>How many tasks each thing asks for that can happen; empty where nothing was measured.</summary>
    public ImmutableArray<PlanNeed> Needs { get; init; } = [];

    /// <summary>How many tasks cover all of <see cref="Needs"/>; null where there are none.</summary>
    public long? Desired => Needs.IsEmpty ? null : Needs.Max(need => need.Tasks);

    /// <summary>
    /// The least that scaling may leave: a task a zone, at least 2 and a quarter of what can happen asks for, and not
    /// more.
    /// </summary>
    public long? Minimum { get; init; }

    /// <summary>
    /// <see cref="Desired"/> × buffer, at least one more, and at most what AWS takes (32 bits); or null.
    /// </summary>
    public long? Maximum { get; init; }

    /// <summary>
    /// The scaling target: connections per task, on average, so that with any number of tasks from <see
    /// cref="Minimum"/> on none comes above its safe limit, whatever happens of <see cref="Needs"/>; 1 where there is
    /// no such number. A service that needs more tasks has a higher minimum, and may have a higher target. Null where
    /// nothing was measured.
    /// </summary>
    public int? TargetPerTask { get; init; }

    /// <summary>What a task carries in each situation, at <see cref="Desired"/> tasks.</summary>
    public ImmutableArray<PlanLoad> Loads { get; init; } = [];

    /// <summary>
    /// Of <see cref="Desired"/> tasks and their load balancer; null: <see cref="CostUnknown"/> says why.
    /// </summary>
    public PlanCost? Cost { get; init; }

    /// <summary>Why there is no <see cref="Cost"/>, as a clause; null where there is one, or no plan.</summary>
    public string? CostUnknown => Cost is not null || Desired is null ? null
        : Size is null ? "Plan.Size is not set"
        : $"costs are worked out for Fargate's sizes, and {Size.Name} is none: set Plan.Size to one, as in 1024/2048";

    /// <summary>The same plan for other targets, ascending, this one's among them.</summary>
    public ImmutableArray<PlanRow> Table { get; init; } = [];

    /// <summary>What one task was expected to hold before it was measured; null where its size is not known.</summary>
    public CapacityEstimate? Estimate { get; init; }

    /// <summary>Null where one of them is missing, or where another size was measured.</summary>
    public EstimateComparison? Comparison { get; init; }

    /// <summary>The rules of thumb that this plan stands in for, each with what was found.</summary>
    public ImmutableArray<RuleOfThumb> Rules { get; init; } = [];

    /// <summary>What the plan rests on and does not cover, a sentence each; empty where nothing was measured.</summary>
    public ImmutableArray<string> Notes => Desired is not { } desired ? [] :
    [
        "One thing happens at a time: the plan takes the greatest need, and covers no zone that is lost during a "
            + "deployment.",
        .. Where(Settings.Zones == 1, "Everything is in one zone: its loss is not covered (Plan.Zones)."),
        OpensPerSecond is null
            ? "How many handshakes a task answers per second was not measured: whether all clients are back in time, "
                + "after a deployment or the loss of a load balancer, is not known."
            : "Handshakes per second are those of this run's path: through a load balancer with TLS there are fewer. "
                + "Clients that come back all at once, and not with a random delay, ask for more.",
        .. Where(OpensPerSecond is not null && IsBurst,
            "They were counted for less than a second of opening, so how fast clients come back is doubtful: a higher "
            + "ladder opens for longer."),
        "Scaling holds the average of the tasks. A new task gets new connections only, so old ones hold more: let the "
            + "server refuse (503, or close code 1013) at its safe limit, or keep minimum = desired.",
        "The minimum is one task per zone, at least 2 and a quarter of the peak; the maximum leaves the buffer.",
        .. Where(desired > LoadBalancerPrice.TargetsEach, ManyTasks),
        .. Where(Cost is not null,
            "Not in the cost: data transfer, NAT, public IPv4 addresses, logs, Container Insights."),
        .. Where(IsLowerBound,
            "One task may hold more than was seen, so fewer tasks may do: measure until the server breaks."),
        .. Where(Minimum == 1,
            "One task is no service that survives its end: 2 take the rest of the clients while the other is "
            + "replaced."),
    ];

    /// <summary>
    /// Any of <c>Plan.…</c> or <c>Aws.…</c> is given, even with its default, or task sizes are measured.
    /// </summary>
    internal static bool IsAskedForBy(CapacitySettings settings) =>
        settings.Gate.MeasuresSizes
        || settings.Redacted.Any(setting => !setting.IsDefault
            && (setting.Name.StartsWith("Plan.", StringComparison.Ordinal)
                || setting.Name.StartsWith("Aws.", StringComparison.Ordinal)));

    private static IEnumerable<string> Where(bool isSo, string note) => isSo ? [note] : [];
}

/// <summary>How many tasks one thing asks for.</summary>
/// <param name="Kind">What can happen.</param>
/// <param name="Tasks">The tasks that have to be desired for it.</param>
/// <param name="Basis">The arithmetic, as in <c>10,000 ÷ 2,000 × 1.2 = 6</c>.</param>
public sealed record PlanNeed(PlanNeedKind Kind, long Tasks, string Basis);

/// <summary>What can happen to a service.</summary>
public enum PlanNeedKind
{
    /// <summary>More connections than planned: the buffer.</summary>
    Buffer,

    /// <summary>A deployment, in which only the minimum healthy percent keeps running.</summary>
    Deployment,

    /// <summary>A lost availability zone.</summary>
    ZoneLost,

    /// <summary>Clients that were cut off at once, all of them or those of a lost zone, come back in time.</summary>
    Reconnect,

    /// <summary>
    /// Scaling itself: at the peak each task holds <see cref="ScalingPlan.TargetPerTask"/> on average.
    /// </summary>
    Scaling,
}

/// <summary>What a task carries in a situation.</summary>
/// <param name="Name">As in <c>one of 3 zones lost</c>.</param>
/// <param name="Tasks">Tasks that run then.</param>
/// <param name="ConnectionsPerTask">Connections on each, on average, rounded up.</param>
public sealed record PlanLoad(string Name, long Tasks, long ConnectionsPerTask);

/// <summary>What a plan costs per month of 730 hours, in US dollars.</summary>
/// <param name="Task">One task.</param>
/// <param name="Tasks">All desired tasks.</param>
/// <param name="LoadBalancers">The load balancers and their capacity units.</param>
/// <param name="Of">Where the prices come from, with the date.</param>
public sealed record PlanCost(double Task, double Tasks, double LoadBalancers, string Of)
{
    /// <summary>Tasks and load balancers.</summary>
    public double Total => Tasks + LoadBalancers;
}

/// <summary>The plan for one target.</summary>
/// <param name="TargetConnections">Connections of the whole service.</param>
/// <param name="TasksNeeded">ceil(target ÷ connections per task × buffer).</param>
/// <param name="Desired">Tasks that cover all needs at the target.</param>
/// <param name="ConnectionsPerTask">On each of them while all run.</param>
/// <param name="BoundBy">What asks for the most tasks.</param>
/// <param name="LoadBalancers">Each for a service of its own: AWS's default quota is 1,000 targets for one.</param>
/// <param name="Cost">Per month; null where <see cref="ScalingPlan.CostUnknown"/> says why.</param>
public sealed record PlanRow(
    long TargetConnections, long TasksNeeded, long Desired, long ConnectionsPerTask, PlanNeedKind BoundBy,
        long LoadBalancers, PlanCost? Cost);
