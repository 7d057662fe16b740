using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Support.Aws;
using Support.Aws.Scaling;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Aws.Scaling;

/// <summary>A plan for 10,000 connections at 2,000 a task, and a service that agrees with it.</summary>
internal static class ScalingSamples
{
    public const string Balancer = "app/chat/50dc6c495c0c9188";
    public const string GroupArn =
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/chat/73e2d6bc24d8a067";
    public const string BalancerArn = $"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/{Balancer}";

    /// <summary>5 tasks hold 10,000 connections, 8 do so with a zone lost.</summary>
    public static ScalingPlan Planned { get; } = new(10_000, 2_000, 1.2, 6)
    {
        Settings = new PlanSettings(),
        Needs = [new(PlanNeedKind.Buffer, 6, "10,000 ÷ 2,000 × 1.2 = 6"), new(PlanNeedKind.ZoneLost, 8, "8 − 3 = 5")],
        Minimum = 3,
        Maximum = 10,
        TargetPerTask = 1_333,
    };

    /// <summary>The settings that the user gave.</summary>
    public static ImmutableHashSet<string> Given { get; } = ["Plan.TargetConnections", "Plan.PingInterval"];

    /// <summary>The plan of a run that found no safe limit.</summary>
    public static ScalingPlan NoPlan { get; } = new(10_000, null, 1.2, null);

    public static DeployedScaling Good { get; } = new()
    {
        Service = "chat",
        Cluster = "main",
        Desired = 3,
        MinimumHealthyPercent = 100,
        MaximumPercent = 200,
        HealthCheckGraceSeconds = 60,
        TargetGroupArns = [GroupArn],
        AutoScaling = Scaled(new(3, 10, []), Calculated("conns / tasks", 2_666)),
        LoadBalancing = Balancing(new DeployedTargetGroup(GroupArn, 120), new DeployedLoadBalancer(BalancerArn, 120)),
    };

    public static Reading<DeployedAutoScaling> Scaled(
        DeployedScalableTarget? target, params ImmutableArray<DeployedPolicy> policies) =>
        new DeployedAutoScaling(target, policies);

    public static Reading<DeployedLoadBalancing> Balancing(
        DeployedTargetGroup? group, DeployedLoadBalancer? balancer) =>
        new DeployedLoadBalancing(group is null ? [] : [group], balancer is null ? [] : [balancer]);

    /// <summary>
    /// A policy on an expression of connections, running tasks, healthy hosts, answer times and connections as the
    /// service publishes them.
    /// </summary>
    public static DeployedPolicy Calculated(string expression, double target) => Policy(
        target,
        new("conns", false)
        {
            Namespace = "AWS/ApplicationELB",
            Name = "ActiveConnectionCount",
            Statistic = "Sum",
            LoadBalancer = Balancer,
        },
        new("tasks", false) { Namespace = "ECS/ContainerInsights", Name = "RunningTaskCount", Statistic = "Average" },
        new("hosts", false) { Namespace = "AWS/ApplicationELB", Name = "HealthyHostCount", Statistic = "Average" },
        new("own", false) { Namespace = "WebSocketCapacity", Name = "ConnectionsOpen", Statistic = "Average" },
        new("half", false) { Expression = "conns / 2" },
        new("circle", false) { Expression = "perTask" },
        new("perTask", true) { Expression = expression });

    /// <summary>A policy on connections as each task publishes them, summed up over the tasks.</summary>
    public static DeployedPolicy Own(string expression) => Policy(
        1_333, new("own", false) { Namespace = "Chat", Name = "OpenConnections", Statistic = "Sum" },
        Calculated("", 1).Metrics[1], new("e", true) { Expression = expression });

    /// <summary>A policy on one metric.</summary>
    public static DeployedPolicy Single(
        double target, string space, string name, string statistic, string? balancer = null) =>
        Policy(target, new PolicyMetric(
            "metric", true) { Namespace = space, Name = name, Statistic = statistic, LoadBalancer = balancer });

    public static DeployedPolicy Policy(double target, params ImmutableArray<PolicyMetric> metrics) => new()
    {
        Name = "live",
        Type = "TargetTrackingScaling",
        TargetValue = target,
        Metrics = metrics,
        Configuration = new JsonObject { ["TargetValue"] = target, ["ScaleInCooldown"] = 300 }.ToJsonString(),
    };
}
