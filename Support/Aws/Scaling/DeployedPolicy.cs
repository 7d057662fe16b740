using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Support.Aws.Scaling;

/// <summary>A policy that scales a service (Application Auto Scaling API reference, ScalingPolicy).</summary>
internal sealed record DeployedPolicy
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>TargetTrackingScaling</c>, <c>StepScaling</c> or <c>PredictiveScaling</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it keeps its metric at; null for policies that track no target.</summary>
    public double? TargetValue { get; init; }

    /// <summary>
    /// A metric that AWS has a name for, as <c>ALBRequestCountPerTarget</c>; null where it is one of <see
    /// cref="Metrics"/>.
    /// </summary>
    public string? Predefined { get; init; }

    /// <summary>
    /// The metric that is tracked, and those that it is calculated from; empty where it is <see cref="Predefined"/>.
    /// </summary>
    public ImmutableArray<PolicyMetric> Metrics { get; init; } = [];

    /// <summary>
    /// What the aws CLI takes as <c>--target-tracking-scaling-policy-configuration</c>: JSON in one line; null for
    /// policies that track no target.
    /// </summary>
    public string? Configuration { get; init; }

    /// <summary>
    /// <see cref="Configuration"/> with another target value. A put replaces the whole of it, so that what stays has to
    /// be said again.
    /// </summary>
    public string? ConfigurationAt(double target)
    {
        if (Configuration is null)
            return null;
        var changed = JsonNode.Parse(Configuration)!.AsObject();
        changed[nameof(TargetValue)] = target;
        return changed.ToJsonString(SdkJson.Plain);
    }
}

/// <summary>A metric of a policy, or an expression.</summary>
/// <param name="Id">What expressions call it.</param>
/// <param name="Returned">Whether it is the one that is tracked.</param>
internal sealed record PolicyMetric(string Id, bool Returned)
{
    /// <summary>The calculation; null for a metric.</summary>
    public string? Expression { get; init; }

    /// <summary>As <c>AWS/ApplicationELB</c>; null for an expression, as all below.</summary>
    public string? Namespace { get; init; }

    /// <summary>As <c>ActiveConnectionCount</c>.</summary>
    public string? Name { get; init; }

    /// <summary>As <c>Sum</c>.</summary>
    public string? Statistic { get; init; }

    /// <summary>The value of its dimension LoadBalancer, as <c>app/NAME/ID</c>; null where it has none.</summary>
    public string? LoadBalancer { get; init; }
}
