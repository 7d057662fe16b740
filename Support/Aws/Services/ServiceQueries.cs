using System.Collections.Immutable;
using Support.Aws.Metrics;
using Support.Ecs;

namespace Support.Aws.Services;

/// <summary>
/// Which metrics are read of a service and of its load balancer, and what processor and memory must not reach. Pure.
/// </summary>
/// <remarks>
/// Amazon ECS developer guide, "CloudWatch metrics": CPUUtilization and MemoryUtilization are used ÷ reserved over the
/// service's tasks. Elastic Load Balancing user guide, "CloudWatch metrics for your Application Load Balancer": which
/// statistic says something, and that most are reported only where they are not zero.
/// </remarks>
internal static class ServiceQueries
{
    /// <summary>Percent that neither processor nor memory of the service may reach.</summary>
    public const double MostUtilization = 80;

    private const string Rare = "; reported only in minutes in which there was one";

    /// <summary>The id of the query that is compared with what the run held.</summary>
    public const string Active = "active";

    // Elastic Load Balancing user guide: both counts are of connections from clients to the load balancer and from it
    // to targets.
    private const string BothLegs =
        "counts both legs of a connection, client to load balancer and load balancer to target, so half of it is "
            + "connections";

    public static ImmutableArray<ServiceQuery> Of(ServiceScope scope) =>
    [
        .. scope.Service is { } service
            ? OfTheService(EcsNames.Cluster(scope.Cluster, service), EcsNames.ShortName(service)!)
            : [],
        .. scope.LoadBalancer is { } loadBalancer ? OfTheLoadBalancer(loadBalancer) : [],
    ];

    // Work that has to wait a moment for the processor is done in the next, so a task's peak is shown and its average
    // counts. Memory is not like that: the one task that runs out is killed with all its connections, so there the
    // greatest counts.
    private static IEnumerable<ServiceQuery> OfTheService(string cluster, string service)
    {
        ImmutableArray<MetricDimension> dimensions = [new("ClusterName", cluster), new("ServiceName", service)];
        ServiceQuery Query(string id, string name, string statistic, double? threshold, string note) => new(
            id, ServiceQuery.Ecs, dimensions,
            new(name, statistic, "Percent") { Threshold = threshold, Note = note, EveryMinute = true },
            Awaited.EveryMinute);
        yield return Query(
            "cpuAverage", "CPUUtilization", "Average", MostUtilization,
            "over all tasks of the service, of what they reserve");
        yield return Query(
            "cpuMaximum", "CPUUtilization", "Maximum", null,
            "the busiest moment of any task; above 100 is possible on EC2");
        yield return Query(
            "memoryMaximum", "MemoryUtilization", "Maximum", MostUtilization,
            "the fullest task of the service, of what it reserves");
    }

    private static IEnumerable<ServiceQuery> OfTheLoadBalancer(string loadBalancer)
    {
        ImmutableArray<MetricDimension> dimensions = [new("LoadBalancer", loadBalancer)];
        yield return Counted(Active, "ActiveConnectionCount", BothLegs) with { Awaited = Awaited.Loaded };
        yield return Counted("opened", "NewConnectionCount", BothLegs);
        yield return Counted(
            "rejected", "RejectedConnectionCount",
            "refused because the load balancer was at its own maximum, for any service behind it" + Rare);
        yield return Counted(
            "targetErrors", "TargetConnectionErrorCount",
            "the load balancer could not connect to a task of any service behind it" + Rare);
        yield return Query(
            "responseTime",
            new("TargetResponseTime", "Average", "Seconds")
            {
                Note = "for WebSockets the time to answer the upgrade, and nothing about messages" + Rare,
            });

        ServiceQuery Counted(string id, string name, string note) =>
            Query(id, new(name, "Sum", "Count") { Note = note });

        ServiceQuery Query(string id, ServiceMetric metric) =>
            new(id, ServiceQuery.LoadBalancers, dimensions, metric, Awaited.None);
    }
}

/// <summary>One metric to read.</summary>
/// <param name="Id">Unique in the request; begins with a lower-case letter (API reference, MetricDataQuery).</param>
/// <param name="Namespace">The namespace of AWS.</param>
/// <param name="Dimensions">The exact set, in AWS's documented order: an emulator finds it only so.</param>
/// <param name="Metric">What is known before it is read.</param>
/// <param name="Awaited">Which minutes are asked for again while they are missing.</param>
internal sealed record ServiceQuery(
    string Id, string Namespace, ImmutableArray<MetricDimension> Dimensions, ServiceMetric Metric, Awaited Awaited)
{
    public const string Ecs = "AWS/ECS";

    public const string LoadBalancers = "AWS/ApplicationELB";
}

/// <summary>Which minutes of a metric have to come.</summary>
internal enum Awaited
{
    /// <summary>None: it is reported only in minutes in which it is not zero.</summary>
    None,

    /// <summary>Those in which the run held something: there it is not zero.</summary>
    Loaded,

    /// <summary>All.</summary>
    EveryMinute,
}
