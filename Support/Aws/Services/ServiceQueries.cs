using System.Collections.Immutable;
using Support.Aws.Metrics;
using Support.Ecs;

namespace Support.Aws.Services;

/// <summary>Which metrics are read of a service and of its load balancer, and what processor and memory must not reach. Pure.</summary>
/// <remarks>
/// Amazon ECS developer guide, "CloudWatch metrics": CPUUtilization and MemoryUtilization are used ÷ reserved over the service's tasks.
/// Elastic Load Balancing user guide, "CloudWatch metrics for your Application Load Balancer": which statistic says something, and that most
/// are reported only where they are not zero.
/// </remarks>
internal static class ServiceQueries
{
    /// <summary>Percent that neither processor nor memory of the service may reach.</summary>
    public const double MostUtilization = 80;

    public static ImmutableArray<ServiceQuery> Of(ServiceScope scope) =>
    [
        .. scope.Service is { } service ? OfTheService(EcsNames.Cluster(scope.Cluster, service), EcsNames.ShortName(service)!) : [],
        .. scope.LoadBalancer is { } loadBalancer ? OfTheLoadBalancer(loadBalancer) : [],
    ];

    // Work that has to wait a moment for the processor is done in the next, so a task's peak is shown and its average counts. Memory is not
    // like that: the one task that runs out is killed with all its connections, so there the greatest counts.
    private static IEnumerable<ServiceQuery> OfTheService(string cluster, string service)
    {
        ImmutableArray<MetricDimension> dimensions = [new("ClusterName", cluster), new("ServiceName", service)];
        ServiceQuery Query(string id, string name, string statistic, double? threshold, string note) => new(
            id,
            ServiceQuery.Ecs,
            dimensions,
            new(name, statistic, "Percent") { Threshold = threshold, Note = note, EveryMinute = true },
            Awaited.EveryMinute);
        yield return Query("cpuAverage", "CPUUtilization", "Average", MostUtilization, "over all tasks of the service, of what they reserve");
        yield return Query("cpuMaximum", "CPUUtilization", "Maximum", null, "the busiest moment of any task; above 100 is possible on EC2");
        yield return Query("memoryMaximum", "MemoryUtilization", "Maximum", MostUtilization, "the fullest task of the service, of what it reserves");
    }

    private static IEnumerable<ServiceQuery> OfTheLoadBalancer(string loadBalancer)
    {
        ImmutableArray<MetricDimension> dimensions = [new("LoadBalancer", loadBalancer)];
        ServiceQuery Query(string id, string name, string statistic, string unit, string note, Awaited awaited = Awaited.None) => new(
            id, ServiceQuery.LoadBalancers, dimensions, new(name, statistic, unit) { Note = note }, awaited);
        yield return Query(ServiceNotes.Active, "ActiveConnectionCount", "Sum", "Count", ServiceNotes.BothLegs, awaited: Awaited.Loaded);
        yield return Query("opened", "NewConnectionCount", "Sum", "Count", ServiceNotes.BothLegs);
        yield return Query("rejected", "RejectedConnectionCount", "Sum", "Count", "refused because the load balancer was at its own maximum, for any service behind it; reported only in minutes in which there was one");
        yield return Query("targetErrors", "TargetConnectionErrorCount", "Sum", "Count", "the load balancer could not connect to a task of any service behind it; reported only in minutes in which there was one");
        yield return Query("responseTime", "TargetResponseTime", "Average", "Seconds", "for WebSockets the time to answer the upgrade, and nothing about messages; reported only in minutes in which there was one");
    }
}
