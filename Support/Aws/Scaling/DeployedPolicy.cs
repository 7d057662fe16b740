using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.ApplicationAutoScaling.Model;

namespace Support.Aws.Scaling;

/// <summary>A policy that scales a service (Application Auto Scaling API reference, ScalingPolicy).</summary>
internal sealed record DeployedPolicy
{
    public required string Name { get; init; }

    /// <summary><c>TargetTrackingScaling</c>, <c>StepScaling</c> or <c>PredictiveScaling</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Null for policies that track no target.</summary>
    public double? TargetValue { get; init; }

    /// <summary>As <c>ALBRequestCountPerTarget</c>; null where it is one of <see cref="Metrics"/>.</summary>
    public string? Predefined { get; init; }

    /// <summary>The tracked metric, and those that it is made of; empty where it is <see cref="Predefined"/>.</summary>
    public ImmutableArray<PolicyMetric> Metrics { get; init; } = [];

    /// <summary>As <c>put-scaling-policy</c> takes it, in one line; null for policies that track no target.</summary>
    public string? Configuration { get; init; }

    /// <summary>With another target value: a put replaces the whole, so that what stays is said again.</summary>
    public string? ConfigurationAt(double target)
    {
        if (Configuration is null)
            return null;
        var changed = JsonNode.Parse(Configuration)!.AsObject();
        changed[nameof(TargetValue)] = target;
        return changed.ToJsonString(SdkJson.Plain);
    }
}

/// <summary>A metric of a policy, or an expression; the tracked one is returned.</summary>
internal sealed record PolicyMetric(string Id, bool Returned)
{
    /// <summary>The calculation; null for a metric.</summary>
    public string? Expression { get; init; }

    /// <summary>As <c>AWS/ApplicationELB</c>; null for an expression, as all below.</summary>
    public string? Namespace { get; init; }
    public string? Name { get; init; }
    public string? Statistic { get; init; }

    /// <summary>The value of its dimension LoadBalancer, as <c>app/NAME/ID</c>; null where it has none.</summary>
    public string? LoadBalancer { get; init; }
}

/// <summary>Takes from the SDK's objects what the checks of scaling ask for.</summary>
internal static class ScalingFacts
{
    private const string LoadBalancer = "LoadBalancer";

    /// <summary>The bounds. AWS gives both of them always; an answer without them is none.</summary>
    public static DeployedScalableTarget? Of(ScalableTarget target) =>
        target is { MinCapacity: { } minimum, MaxCapacity: { } maximum }
        ? new(minimum, maximum, Suspended(target.SuspendedState))
        : null;

    public static DeployedPolicy Of(ScalingPolicy policy)
    {
        var tracking = policy.TargetTrackingScalingPolicyConfiguration;
        return new DeployedPolicy
        {
            Name = policy.PolicyName ?? "",
            Type = policy.PolicyType?.Value ?? "",
            TargetValue = tracking?.TargetValue,
            Predefined = tracking?.PredefinedMetricSpecification?.PredefinedMetricType?.Value,
            Metrics = tracking?.CustomizedMetricSpecification is { } metric ? Of(metric) : [],
            Configuration = tracking is null ? null : SdkJson.Of(tracking),
        };
    }

    private static ImmutableArray<PolicyMetric> Of(CustomizedMetricSpecification metric) =>
        metric.Metrics is { Count: > 0 } queries
        ? [.. queries.Select(Of)]
        :
        [
            new PolicyMetric("metric", Returned: true)
            {
                Namespace = metric.Namespace,
                Name = metric.MetricName,
                Statistic = metric.Statistic?.Value,
                LoadBalancer = metric.Dimensions?.FirstOrDefault(dimension => dimension.Name == LoadBalancer)?.Value,
            },
        ];

    // Application Auto Scaling API reference, TargetTrackingMetricDataQuery: what does not say is returned.
    private static PolicyMetric Of(TargetTrackingMetricDataQuery query) => new(query.Id ?? "", query.ReturnData ?? true)
    {
        Expression = query.Expression,
        Namespace = query.MetricStat?.Metric?.Namespace,
        Name = query.MetricStat?.Metric?.MetricName,
        Statistic = query.MetricStat?.Stat,
        LoadBalancer = query.MetricStat?.Metric?.Dimensions?.FirstOrDefault(one => one.Name == LoadBalancer)?.Value,
    };

    private static ImmutableArray<string> Suspended(SuspendedState? state) =>
    [
        .. new[]
        {
            (state?.DynamicScalingOutSuspended, Name: DeployedScalableTarget.ScalingOut),
            (state?.DynamicScalingInSuspended, Name: "scaling in"),
            (state?.ScheduledScalingSuspended, Name: "scheduled scaling"),
        }.Where(part => part.Item1 == true).Select(part => part.Name),
    ];
}
