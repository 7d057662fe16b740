using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Aws.Metrics;

namespace Support.Aws.Dashboard;

/// <summary>
/// The body of a dashboard of the metrics, for <c>aws cloudwatch put-dashboard --dashboard-name NAME --dashboard-body
/// file://…</c> (CloudWatch API reference, "Dashboard body structure and syntax"). Pure.
/// </summary>
/// <remarks>
/// Only statistics that a value delivered twice does not change: Average, Minimum, Maximum. The load balancer's counts
/// are of AWS and have no doubles.
/// </remarks>
internal static class DashboardBody
{
    /// <summary>The file's name in the reports folder.</summary>
    public const string FileName = "cloudwatch-dashboard.json";

    // The aws CLI reads the file in the encoding of the locale: nothing beyond ASCII.
    private static readonly JsonSerializerOptions Ascii = new(JsonForms.Indented)
    {
        Encoder = JavaScriptEncoder.Default,
    };

    // The grid is 24 units wide: two widgets a row.
    private const int Width = 12;
    private const int Height = 6;

    /// <summary>The body, ended by a line feed.</summary>
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

    /// <summary>
    /// The service under test, name or ARN; null where none is named: then the service's own metrics are left out.
    /// </summary>
    public string? Service { get; init; }

    /// <summary>
    /// The load balancer, as in <c>app/NAME/ID</c>; null where none is named: then its metrics are left out.
    /// </summary>
    public string? LoadBalancer { get; init; }
}
