using System.Text;
using System.Text.Json.Nodes;

namespace Support.Aws.Metrics;

/// <summary>
/// Metrics in embedded metric format (CloudWatch user guide, "Embedded metric format specification"): one JSON object a
/// line. Pure.
/// </summary>
internal static class EmfLines
{
    /// <summary>
    /// The most bytes of a line with its end: what Linux writes to a pipe in one piece (pipe(7), PIPE_BUF), so that no
    /// other output gets into it.
    /// </summary>
    public const int MostBytes = 4096;

    private const int MostTargetCharacters = 256;

    /// <summary>The line with its end; null where the set holds no value.</summary>
    /// <param name="metrics">The values of one moment.</param>
    /// <param name="source">What they belong to.</param>
    public static string? Of(MetricSet metrics, MetricSource source)
    {
        if (metrics.Values.IsEmpty)
            return null;
        var target = source.Target.Length <= MostTargetCharacters
            ? source.Target
            : source.Target[..MostTargetCharacters];
        var line = Line(metrics, source with { Target = target });
        // Only a name of the greatest length in every place gets there: the values matter more than where the target
        // was.
        return Encoding.UTF8.GetByteCount(line) <= MostBytes ? line : Line(metrics, source with { Target = "" });
    }

    private static string Line(MetricSet metrics, MetricSource source)
    {
        var dimensions = source.Dimensions.Known;
        var names = dimensions.Select(dimension => JsonValue.Create(dimension.Name));
        var line = new JsonObject
        {
            ["_aws"] = new JsonObject
            {
                ["Timestamp"] = metrics.At.ToUnixTimeMilliseconds(),
                ["CloudWatchMetrics"] = new JsonArray(new JsonObject
                {
                    ["Namespace"] = source.Namespace,
                    ["Dimensions"] = new JsonArray(new JsonArray([.. names])),
                    ["Metrics"] = new JsonArray([.. metrics.Values.Select(value => new JsonObject
                    {
                        ["Name"] = value.Name,
                        ["Unit"] = value.Unit,
                        ["StorageResolution"] = metrics.Resolution,
                    })]),
                }),
            },
        };
        foreach (var dimension in dimensions)
            line[dimension.Name] = dimension.Value;
        foreach (var value in metrics.Values)
            line[value.Name] = Math.Round(value.Value, 6);
        // What is no target of a metric above stays in the log alone, where a query finds it.
        line["RunId"] = source.RunId;
        if (metrics.Sessions is { } sessions)
            line["Sessions"] = sessions;
        if (source.Target.Length > 0)
            line["Target"] = source.Target;
        return line.ToJsonString(JsonForms.Line) + "\n";
    }
}
