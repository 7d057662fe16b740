using Support.Aws.Metrics;

namespace Support.Aws.Dashboard;

/// <summary>What a dashboard shows.</summary>
/// <param name="Region">The region of the metrics, as in <c>eu-west-1</c>.</param>
/// <param name="Source">What the suite's own metrics belong to.</param>
public sealed record DashboardScope(string Region, MetricSource Source)
{
    /// <summary>The cluster of the service under test, name or ARN; null where none is named.</summary>
    public string? Cluster { get; init; }

    /// <summary>The service under test, name or ARN; null where none is named: then the service's own metrics are left out.</summary>
    public string? Service { get; init; }

    /// <summary>The load balancer, as in <c>app/NAME/ID</c>; null where none is named: then its metrics are left out.</summary>
    public string? LoadBalancer { get; init; }
}
