using System.Collections.Immutable;
using Amazon.ApplicationAutoScaling.Model;

namespace Support.Aws.Scaling;

/// <summary>Takes from the SDK's objects what the checks of scaling ask for.</summary>
internal static class ScalingFacts
{
    private const string LoadBalancer = "LoadBalancer";

    /// <summary>The bounds. AWS gives both of them always; an answer without them is none.</summary>
    public static DeployedScalableTarget? Of(ScalableTarget target) =>
        target is { MinCapacity: { } minimum, MaxCapacity: { } maximum }
        ? new(minimum, maximum, Suspended(target.SuspendedState))
        : null;

    /// <summary>A policy.</summary>
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
