using System.Collections.Immutable;

namespace Support.Aws.Scaling;

/// <summary>What keeps a service at a size, as it is deployed. What is null, AWS did not say.</summary>
internal sealed record DeployedScaling
{
    public required string Service { get; init; }
    public required string Cluster { get; init; }
    public int? Desired { get; init; }

    /// <summary>Percent of the desired tasks, 0 to 100 (ECS API reference, DeploymentConfiguration).</summary>
    public int? MinimumHealthyPercent { get; init; }

    /// <summary>Percent of the desired tasks, 100 to 200 for rolling updates (as above).</summary>
    public int? MaximumPercent { get; init; }

    /// <summary>How long health checks don't count after a task's start.</summary>
    public int? HealthCheckGraceSeconds { get; init; }

    /// <summary>The target groups that its tasks are put into.</summary>
    public ImmutableArray<string> TargetGroupArns { get; init; } = [];

    /// <summary>Scalable target and policies, or why they could not be read.</summary>
    public required Reading<DeployedAutoScaling> AutoScaling { get; init; }

    /// <summary>Target groups and load balancers, or why they could not be read.</summary>
    public required Reading<DeployedLoadBalancing> LoadBalancing { get; init; }

    public string ResourceId => $"service/{Cluster}/{Service}";

    /// <summary>As CloudWatch names the first, <c>targetgroup/NAME/ID</c>; null where there is none.</summary>
    public string? TargetGroup =>
        TargetGroupArns.FirstOrDefault() is { } arn ? new DeployedTargetGroup(arn, null).Name : null;

    /// <summary>
    /// The application load balancers before the service, as <c>app/NAME/ID</c>; others count no ActiveConnectionCount.
    /// </summary>
    public ImmutableArray<string> LoadBalancers =>
    [
        .. Applications.Where(one => !one.IsOnlyNamed).Select(one => one.Name),
    ];

    /// <summary>The first of them, else that of Aws.LoadBalancer; null where none is known.</summary>
    public string? LoadBalancer => Applications.FirstOrDefault()?.Name;

    /// <summary>Whether scaling starts tasks; null where it could not be read.</summary>
    public bool? Scales => AutoScaling is { Value: { } facts } ? facts.StartsTasks : null;

    private IEnumerable<DeployedLoadBalancer> Applications =>
        AllLoadBalancers.Where(one => one.IsApplication).OrderBy(one => one.IsOnlyNamed);

    private ImmutableArray<DeployedLoadBalancer> AllLoadBalancers =>
        LoadBalancing is { Value: { } facts } ? facts.LoadBalancers : [];
}

/// <summary>The bounds, null where nothing is registered, and the policies as AWS lists them.</summary>
internal sealed record DeployedAutoScaling(DeployedScalableTarget? Target, ImmutableArray<DeployedPolicy> Policies)
{
    /// <summary>Bounds are registered, there is a policy, and scaling out is not suspended.</summary>
    public bool StartsTasks => Target is { IsHeld: false } && !Policies.IsEmpty;
}

/// <summary>Application Auto Scaling API reference, ScalableTarget.</summary>
/// <param name="Minimum">Tasks at the least.</param>
/// <param name="Maximum">Tasks at the most.</param>
/// <param name="Suspended">As <c>scaling out</c>; empty where nothing is.</param>
internal sealed record DeployedScalableTarget(int Minimum, int Maximum, ImmutableArray<string> Suspended)
{
    /// <summary>The word in <see cref="Suspended"/> for policies that may start no task.</summary>
    public const string ScalingOut = "scaling out";

    public bool IsHeld => Suspended.Contains(ScalingOut);
}

/// <summary>The load balancers are those before the target groups, and the one of Aws.LoadBalancer.</summary>
internal sealed record DeployedLoadBalancing(
    ImmutableArray<DeployedTargetGroup> TargetGroups, ImmutableArray<DeployedLoadBalancer> LoadBalancers);

/// <summary>A target group; a task that is taken out may finish what it has for 0 to 3,600 s.</summary>
internal sealed record DeployedTargetGroup(string Arn, int? DeregistrationDelaySeconds)
{
    /// <summary>As CloudWatch names it, <c>targetgroup/NAME/ID</c>.</summary>
    public string Name => Arn[(Arn.LastIndexOf(':') + 1)..];

    /// <summary>As Elastic Load Balancing names it, NAME.</summary>
    public string ShortName => Name.Split('/') is [_, var name, ..] ? name : Name;
}

/// <summary>A load balancer.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="IdleTimeoutSeconds">1 to 4,000 s; null where it has no such setting, as one of the network.</param>
internal sealed record DeployedLoadBalancer(string Arn, int? IdleTimeoutSeconds)
{
    private const string Kind = "loadbalancer/";

    /// <summary>Whether Aws.LoadBalancer names it, and no target group of the service is behind it.</summary>
    public bool IsOnlyNamed { get; init; }

    /// <summary>Not one of the network or a gateway.</summary>
    public bool IsApplication => Name.StartsWith("app/", StringComparison.Ordinal);

    /// <summary>As Elastic Load Balancing names it, NAME.</summary>
    public string ShortName => Name.Split('/') is [_, var name, ..] ? name : Name;

    /// <summary>As CloudWatch names it, <c>app/NAME/ID</c>.</summary>
    public string Name =>
        Arn[(Arn.LastIndexOf(Kind, StringComparison.Ordinal) is var at and >= 0 ? at + Kind.Length : 0)..];
}
