using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Support.Aws.Metrics;

/// <summary>Metrics in embedded metric format (CloudWatch user guide, "Embedded metric format specification"): one JSON object a line. Pure.</summary>
public static class EmfLines
{
    /// <summary>The most bytes of a line with its end: what Linux writes to a pipe in one piece (pipe(7), PIPE_BUF), so that no other output gets into it.</summary>
    public const int MostBytes = 4096;

    private const int MostTargetCharacters = 256;

    // One line for a log, never pasted into HTML: signs of other scripts stay readable, and short.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line with its end; null where the set holds no value.</summary>
    /// <param name="metrics">The values of one moment.</param>
    /// <param name="source">What they belong to.</param>
    public static string? Of(MetricSet metrics, MetricSource source)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(source);
        if (metrics.Values.IsEmpty)
            return null;
        var target = source.Target.Length <= MostTargetCharacters ? source.Target : source.Target[..MostTargetCharacters];
        var line = Line(metrics, source with { Target = target });
        // Only a name of the greatest length in every place gets there: the values matter more than where the target was.
        return Encoding.UTF8.GetByteCount(line) <= MostBytes ? line : Line(metrics, source with { Target = "" });
    }

    private static string Line(MetricSet metrics, MetricSource source)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            WriteHead(json, metrics, source);
            foreach (var dimension in source.Dimensions.Known)
                json.WriteString(dimension.Name, dimension.Value);
            foreach (var value in metrics.Values)
                json.WriteNumber(value.Name, Math.Round(value.Value, 6));
            WriteProperties(json, metrics, source);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteHead(Utf8JsonWriter json, MetricSet metrics, MetricSource source)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", metrics.At.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", source.Namespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        foreach (var dimension in source.Dimensions.Known)
            json.WriteStringValue(dimension.Name);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var value in metrics.Values)
        {
            json.WriteStartObject();
            json.WriteString("Name", value.Name);
            json.WriteString("Unit", value.Unit);
            json.WriteNumber("StorageResolution", metrics.Resolution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // What is no target of a metric above stays in the log alone, where a query finds it.
    private static void WriteProperties(Utf8JsonWriter json, MetricSet metrics, MetricSource source)
    {
        json.WriteString("RunId", source.RunId);
        if (metrics.Sessions is { } sessions)
            json.WriteNumber("Sessions", sessions);
        if (source.Target.Length > 0)
            json.WriteString("Target", source.Target);
    }
}
