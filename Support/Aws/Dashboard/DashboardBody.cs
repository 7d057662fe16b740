using System.Text;
using System.Text.Json;

namespace Support.Aws.Dashboard;

/// <summary>
/// The body of a dashboard of the metrics, for <c>aws cloudwatch put-dashboard --dashboard-name NAME --dashboard-body file://…</c>
/// (CloudWatch API reference, "Dashboard body structure and syntax"). Pure.
/// </summary>
/// <remarks>Only statistics that a value delivered twice does not change: Average, Minimum, Maximum. The load balancer's counts are of AWS and have no doubles.</remarks>
public static class DashboardBody
{
    /// <summary>The file's name in the reports folder.</summary>
    public const string FileName = "cloudwatch-dashboard.json";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>The body, ended by a line feed.</summary>
    public static string Of(DashboardScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("start", "-P7D");
            json.WriteString("periodOverride", "inherit");
            json.WriteStartArray("widgets");
            var place = 0;
            foreach (var widget in DashboardWidgets.Of(scope))
                Write(json, widget, scope.Region, place++);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    // The grid is 24 units wide: two widgets a row.
    private static void Write(Utf8JsonWriter json, DashboardWidget widget, string region, int place)
    {
        const int width = 12;
        const int height = 6;
        json.WriteStartObject();
        json.WriteString("type", "metric");
        json.WriteNumber("x", place % 2 * width);
        json.WriteNumber("y", place / 2 * height);
        json.WriteNumber("width", width);
        json.WriteNumber("height", height);
        json.WriteStartObject("properties");
        json.WriteString("title", widget.Title);
        json.WriteString("region", region);
        json.WriteString("view", "timeSeries");
        json.WriteBoolean("stacked", false);
        json.WriteNumber("period", 60);
        json.WriteStartArray("metrics");
        foreach (var line in widget.Lines)
            Write(json, line);
        json.WriteEndArray();
        json.WriteStartObject("yAxis");
        json.WriteStartObject("left");
        json.WriteNumber("min", 0);
        json.WriteString("label", widget.Axis);
        json.WriteBoolean("showUnits", false);
        json.WriteEndObject();
        json.WriteEndObject();
        WriteThreshold(json, widget);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DashboardLine line)
    {
        json.WriteStartArray();
        foreach (var part in line.Metric)
            json.WriteStringValue(part);
        json.WriteStartObject();
        if (line.Expression is { } expression)
            json.WriteString("expression", expression);
        if (line.Id is { } id)
            json.WriteString("id", id);
        if (line.Statistic is { } statistic)
            json.WriteString("stat", statistic);
        if (line.Label is { } label)
            json.WriteString("label", label);
        else
            json.WriteBoolean("visible", false);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteThreshold(Utf8JsonWriter json, DashboardWidget widget)
    {
        if (widget.Threshold is not { } threshold)
            return;
        json.WriteStartObject("annotations");
        json.WriteStartArray("horizontal");
        json.WriteStartObject();
        json.WriteString("label", "threshold");
        json.WriteNumber("value", threshold);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
