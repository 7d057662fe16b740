using System.Collections.Immutable;

namespace Support.Aws.Scaling;

/// <summary>What keeps a service at a size, as it is deployed. What is null, AWS did not say.</summary>
internal sealed record DeployedScaling
{
    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>How many tasks are wanted now.</summary>
    public int? Desired { get; init; }

    /// <summary>
    /// The percentage of the desired tasks that keeps running in a deployment (ECS API reference,
    /// DeploymentConfiguration).
    /// </summary>
    /// <value>0 to 100.</value>
    public int? MinimumHealthyPercent { get; init; }

    /// <summary>
    /// The percentage of the desired tasks that a deployment may bring the service to (ECS API reference,
    /// DeploymentConfiguration).
    /// </summary>
    /// <value>100 to 200 for rolling updates.</value>
    public int? MaximumPercent { get; init; }

    /// <summary>How long health checks don't count after a task's start, in seconds.</summary>
    public int? HealthCheckGraceSeconds { get; init; }

    /// <summary>The target groups that its tasks are put into.</summary>
    public ImmutableArray<string> TargetGroupArns { get; init; } = [];

    /// <summary>Scalable target and policies, or why they could not be read.</summary>
    public required Reading<DeployedAutoScaling> AutoScaling { get; init; }

    /// <summary>Target groups and load balancers, or why they could not be read.</summary>
    public required Reading<DeployedLoadBalancing> LoadBalancing { get; init; }

    /// <summary>The resource as Application Auto Scaling names it.</summary>
    public string ResourceId => $"service/{Cluster}/{Service}";

    /// <summary>
    /// The first target group as CloudWatch names it, as <c>targetgroup/NAME/ID</c>; null where there is none.
    /// </summary>
    public string? TargetGroup =>
        TargetGroupArns.FirstOrDefault() is { } arn ? new DeployedTargetGroup(arn, null).Name : null;

    /// <summary>
    /// The application load balancers before the service as CloudWatch names them, as <c>app/NAME/ID</c>; others count
    /// no ActiveConnectionCount. Empty where there are none or they are not known.
    /// </summary>
    public ImmutableArray<string> LoadBalancers =>
    [
        .. Applications.Where(one => !one.IsOnlyNamed).Select(one => one.Name),
    ];

    /// <summary>
    /// The first application load balancer before the service, else that of Aws.LoadBalancer, as CloudWatch names it;
    /// null where there is none or it is not known.
    /// </summary>
    public string? LoadBalancer => Applications.FirstOrDefault()?.Name;

    /// <summary>Whether scaling starts tasks; null where it could not be read.</summary>
    public bool? Scales => AutoScaling is { Value: { } facts } ? facts.StartsTasks : null;

    private IEnumerable<DeployedLoadBalancer> Applications =>
        AllLoadBalancers.Where(one => one.IsApplication).OrderBy(one => one.IsOnlyNamed);

    private ImmutableArray<DeployedLoadBalancer> AllLoadBalancers =>
        LoadBalancing is { Value: { } facts } ? facts.LoadBalancers : [];
}

/// <summary>What Application Auto Scaling knows of a service.</summary>
/// <param name="Target">The bounds; null where nothing is registered.</param>
/// <param name="Policies">The policies, in the order that AWS lists them.</param>
internal sealed record DeployedAutoScaling(DeployedScalableTarget? Target, ImmutableArray<DeployedPolicy> Policies)
{
    /// <summary>
    /// Whether something starts tasks: bounds are registered, there is a policy, and scaling out is not suspended.
    /// </summary>
    public bool StartsTasks => Target is { IsHeld: false } && !Policies.IsEmpty;
}

/// <summary>The bounds that scaling keeps (Application Auto Scaling API reference, ScalableTarget).</summary>
/// <param name="Minimum">Tasks at the least.</param>
/// <param name="Maximum">Tasks at the most.</param>
/// <param name="Suspended">What of scaling is held, in words as <c>scaling out</c>; empty where nothing is.</param>
internal sealed record DeployedScalableTarget(int Minimum, int Maximum, ImmutableArray<string> Suspended)
{
    /// <summary>The word in <see cref="Suspended"/> for policies that may start no task.</summary>
    public const string ScalingOut = "scaling out";

    /// <summary>Whether policies may start no task.</summary>
    public bool IsHeld => Suspended.Contains(ScalingOut);
}

/// <summary>What stands before a service.</summary>
/// <param name="TargetGroups">The target groups that its tasks are put into.</param>
/// <param name="LoadBalancers">The load balancers before them, and the one of Aws.LoadBalancer.</param>
internal sealed record DeployedLoadBalancing(
    ImmutableArray<DeployedTargetGroup> TargetGroups, ImmutableArray<DeployedLoadBalancer> LoadBalancers);

/// <summary>A target group.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="DeregistrationDelaySeconds">
/// How long a task that is taken out may finish what it has; 0 to 3,600 s.
/// </param>
internal sealed record DeployedTargetGroup(string Arn, int? DeregistrationDelaySeconds)
{
    /// <summary>As CloudWatch names it, <c>targetgroup/NAME/ID</c>.</summary>
    public string Name => Arn[(Arn.LastIndexOf(':') + 1)..];

    /// <summary>As Elastic Load Balancing names it, NAME.</summary>
    public string ShortName => Name.Split('/') is [_, var name, ..] ? name : Name;
}

/// <summary>A load balancer.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="IdleTimeoutSeconds">
/// After how long without a byte it closes a connection; 1 to 4,000 s. Null where it has no such setting, as one of the
/// network.
/// </param>
internal sealed record DeployedLoadBalancer(string Arn, int? IdleTimeoutSeconds)
{
    private const string Kind = "loadbalancer/";

    /// <summary>Whether Aws.LoadBalancer names it, and no target group of the service is behind it.</summary>
    /// <value>Default: false.</value>
    public bool IsOnlyNamed { get; init; }

    /// <summary>Whether it is an application load balancer, not one of the network or a gateway.</summary>
    public bool IsApplication => Name.StartsWith("app/", StringComparison.Ordinal);

    /// <summary>As Elastic Load Balancing names it, NAME.</summary>
    public string ShortName => Name.Split('/') is [_, var name, ..] ? name : Name;

    /// <summary>As CloudWatch names it, <c>app/NAME/ID</c>.</summary>
    public string Name =>
        Arn[(Arn.LastIndexOf(Kind, StringComparison.Ordinal) is var at and >= 0 ? at + Kind.Length : 0)..];
}
