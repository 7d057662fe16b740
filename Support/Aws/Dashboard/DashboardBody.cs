using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Aws.Metrics;
using Support.Aws.Services;
using Support.Ecs;
using Support.Plan.Scaling;

namespace Support.Aws.Dashboard;

/// <summary>
/// The body of a dashboard for <c>aws cloudwatch put-dashboard --dashboard-body file://…</c> (CloudWatch API reference,
/// "Dashboard body structure and syntax"). Pure.
/// </summary>
/// <remarks>
/// Only statistics that a value delivered twice does not change: Average, Minimum, Maximum. The load balancer's counts
/// are of AWS and have no doubles.
/// </remarks>
internal static class DashboardBody
{
    public const string FileName = "cloudwatch-dashboard.json";

    // The aws CLI reads the file in the encoding of the locale: nothing beyond ASCII.
    private static readonly JsonSerializerOptions Ascii = new(JsonForms.Indented)
    {
        Encoder = JavaScriptEncoder.Default,
    };

    // The grid is 24 units wide: two widgets a row.
    private const int Width = 12;
    private const int Height = 6;

    public static string Of(DashboardScope scope)
    {
        var body = new JsonObject
        {
            ["start"] = "-P7D",
            ["periodOverride"] = "inherit",
            ["widgets"] = new JsonArray(
                [.. DashboardWidgets.Of(scope).Select((widget, place) => Widget(widget, scope.Region, place))]),
        };
        return body.ToJsonString(Ascii) + "\n";
    }

    private static JsonObject Widget(DashboardWidget widget, string region, int place)
    {
        var properties = new JsonObject
        {
            ["title"] = widget.Title,
            ["region"] = region,
            ["view"] = "timeSeries",
            ["stacked"] = false,
            ["period"] = 60,
            ["metrics"] = new JsonArray([.. widget.Lines.Select(Line)]),
            ["yAxis"] = new JsonObject
            {
                ["left"] = new JsonObject { ["min"] = 0, ["label"] = widget.Axis, ["showUnits"] = false },
            },
        };
        if (widget.Threshold is { } threshold)
        {
            var line = new JsonObject { ["label"] = "threshold", ["value"] = threshold };
            properties["annotations"] = new JsonObject { ["horizontal"] = new JsonArray(line) };
        }

        return new()
        {
            ["type"] = "metric",
            ["x"] = place % 2 * Width,
            ["y"] = place / 2 * Height,
            ["width"] = Width,
            ["height"] = Height,
            ["properties"] = properties,
        };
    }

    // A metric by its names, and what of it is not as by default.
    private static JsonArray Line(DashboardLine line)
    {
        (string Name, JsonNode? Value)[] options =
        [
            ("expression", line.Expression), ("id", line.Id), ("stat", line.Statistic), ("label", line.Label),
            ("visible", line.Label is null ? false : null),
        ];
        var given = options.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value));
        return new([.. line.Metric.Select(part => JsonValue.Create(part)), new JsonObject(given)]);
    }
}

/// <summary>What a dashboard shows.</summary>
/// <param name="Region">The region of the metrics, as in <c>eu-west-1</c>.</param>
/// <param name="Source">What the suite's own metrics belong to.</param>
internal sealed record DashboardScope(string Region, MetricSource Source)
{
    /// <summary>The cluster of the service under test, name or ARN; null where none is named.</summary>
    public string? Cluster { get; init; }

    /// <summary>Name or ARN; null where none is named: then the service's own metrics are left out.</summary>
    public string? Service { get; init; }

    /// <summary>As in <c>app/NAME/ID</c>; null where none is named: then its metrics are left out.</summary>
    public string? LoadBalancer { get; init; }
}

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

/// <summary>One chart of a dashboard; <paramref name="Axis"/> is what its vertical axis counts.</summary>
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
