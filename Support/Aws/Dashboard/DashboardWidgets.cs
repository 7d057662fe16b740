using System.Collections.Immutable;
using Support.Aws.Metrics;
using Support.Aws.Services;
using Support.Ecs;
using Support.Plan.Scaling;

namespace Support.Aws.Dashboard;

/// <summary>The charts of a dashboard. Pure.</summary>
internal static class DashboardWidgets
{
    private const string Average = "Average";
    private const string Maximum = "Maximum";

    private static readonly string[] Parts = ["P50", "P95", "P99", "Max"];

    public static ImmutableArray<DashboardWidget> Of(DashboardScope scope) =>
    [
        .. OfTheSuite(scope.Source),
        .. scope.Service is { } service
            ? OfTheService(EcsNames.Cluster(scope.Cluster, service), EcsNames.ShortName(service)!)
            : [],
        .. scope.LoadBalancer is { } loadBalancer ? OfTheLoadBalancer(loadBalancer) : [],
    ];

    // A minute can hold several steps: the greatest is what was held, and the lowest rate is what matters.
    private static IEnumerable<DashboardWidget> OfTheSuite(MetricSource source) =>
    [
        new(
            "Safe limit and what was held, by run", "connections",
            [.. Own(source, Maximum, "SafeLimit", "MaxReliable", "HeldAtOnce", "ExactLimit")]),
        new("Connections attempted and held, by step", "connections", [.. Own(source, Maximum, "Attempted", "Held")]),
        new("Success rate, lowest of a minute", "percent", [.. Own(source, "Minimum", "SuccessRate")]),
        new(
            "Time to connect", "milliseconds",
            [.. Own(source, Maximum, [.. Parts.Select(part => $"ConnectLatency{part}")])]),
        new(
            "Time from ping to pong", "milliseconds",
            [.. Own(source, Maximum, [.. Parts.Select(part => $"EchoTime{part}")])]),
        new(
            "Processor and memory of the client, percent of what it may use", "percent",
            [.. Own(source, Maximum, "ClientCpu", "ClientMemoryShare")]),
        new("Processor time of a step", "seconds", [.. Own(source, Maximum, "ClientCpuSeconds", "TargetCpuSeconds")]),
        new("Memory while held", "bytes", [.. Own(source, Maximum, "ClientMemory", "TargetMemory")]),
        new(
            "Open descriptors while held", "descriptors",
            [.. Own(source, Maximum, "ClientDescriptors", "TargetDescriptors")]),
    ];

    private static IEnumerable<DashboardLine> Own(MetricSource source, string statistic, params string[] names)
    {
        string[] dimensions = [.. source.Dimensions.Known.SelectMany(one => new[] { one.Name, one.Value })];
        return names.Select(name => new DashboardLine([source.Namespace, name, .. dimensions], statistic, name));
    }

    private static IEnumerable<DashboardWidget> OfTheService(string cluster, string service)
    {
        DashboardLine Line(string name, string statistic) =>
            new(
                [ServiceQuery.Ecs, name, "ClusterName", cluster, "ServiceName", service], statistic,
                $"{name}, {statistic}");
        yield return new(
            "Processor and memory of the service", "percent",
            [Line("CPUUtilization", Average), Line("CPUUtilization", Maximum), Line("MemoryUtilization", Maximum)])
        {
            Threshold = ServiceQueries.MostUtilization,
        };
    }

    private static IEnumerable<DashboardWidget> OfTheLoadBalancer(string loadBalancer)
    {
        DashboardLine Line(string name, string statistic) => new(
            [ServiceQuery.LoadBalancers, name, "LoadBalancer", loadBalancer], statistic, name);
        // Both legs of a connection are counted: client to load balancer, and load balancer to target.
        DashboardLine[] Halved(string name, string id, string label) =>
            [
                Line(name, "Sum") with { Id = id, Label = null },
                new([], null, label) { Id = id + "Halved", Expression = id + " / 2" },
            ];
        yield return new(
            "Connections through the load balancer (both legs counted, so ÷ 2)", "connections",
            [
                .. Halved("ActiveConnectionCount", "active", "Active"),
                .. Halved("NewConnectionCount", "opened", "New in a minute"),
            ]);
        yield return new(
            "Connections that the load balancer lost", "connections",
            [Line("RejectedConnectionCount", "Sum"), Line("TargetConnectionErrorCount", "Sum")]);
        yield return new(
            "Time of the target to answer the upgrade", "seconds",
            [
                Line("TargetResponseTime", Average),
                Line("TargetResponseTime", "p95") with { Label = "TargetResponseTime, p95" },
            ]);
    }
}

/// <summary>One chart of a dashboard.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Axis">What its vertical axis counts.</param>
/// <param name="Lines">What is drawn.</param>
internal sealed record DashboardWidget(string Title, string Axis, ImmutableArray<DashboardLine> Lines)
{
    /// <summary>A value that is marked; null where there is none.</summary>
    public double? Threshold { get; init; }
}

/// <summary>A metric or an expression.</summary>
/// <param name="Metric">Namespace, name, and dimensions by name and value; empty for an expression.</param>
/// <param name="Statistic">As CloudWatch calls it; null for an expression.</param>
/// <param name="Label">As the legend names it; null where it is there for an expression only, and not drawn.</param>
internal sealed record DashboardLine(ImmutableArray<string> Metric, string? Statistic, string? Label)
{
    /// <summary>What an expression calls it; null where none does.</summary>
    public string? Id { get; init; }

    /// <summary>Metric math over the ids of others; null for a metric.</summary>
    public string? Expression { get; init; }
}
