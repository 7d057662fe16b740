namespace Support.Plan;

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

    /// <summary>Scaling itself: at the peak it starts so many tasks that each holds <see cref="ScalingPlan.TargetPerTask"/> on average.</summary>
    Scaling,
}

/// <summary>What a task carries in a situation.</summary>
/// <param name="Name">As in <c>one of 3 zones lost</c>.</param>
/// <param name="Tasks">Tasks that run then.</param>
/// <param name="ConnectionsPerTask">Connections on each, on average, rounded up.</param>
public sealed record PlanLoad(string Name, long Tasks, long ConnectionsPerTask);

/// <summary>What a plan costs a month of 730 hours, in US dollars.</summary>
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
/// <param name="Desired">Tasks that cover a deployment, a lost zone and the reconnects as well, and that scaling asks for at the target.</param>
/// <param name="ConnectionsPerTask">On each of them while all run.</param>
/// <param name="BoundBy">What asks for the most tasks.</param>
/// <param name="LoadBalancers">Application load balancers, each for a service of its own: AWS's default quota is 1,000 targets for one, and within one service every task is in all its target groups.</param>
/// <param name="Cost">A month; null where <see cref="ScalingPlan.CostUnknown"/> says why.</param>
public sealed record PlanRow(
    long TargetConnections, long TasksNeeded, long Desired, long ConnectionsPerTask, PlanNeedKind BoundBy, long LoadBalancers, PlanCost? Cost);
