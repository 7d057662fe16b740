using System.Text;
using System.Text.Json.Nodes;
using Support.Reports;
using Support.Reports.Files;
using Support.Verdict;

namespace Support.Aws.Metrics;

/// <summary>
/// <c>metrics.emf.jsonl</c>: a line a step as it ends, and one for the verdict. The container's entry point copies each
/// line to the container's output, from where the log driver takes it to CloudWatch. Nothing here throws: what cannot
/// be written is measured all the same.
/// </summary>
/// <param name="folder">The reports folder.</param>
/// <param name="source">What the metrics belong to.</param>
/// <param name="relayedFrom">The file whose lines are copied (<c>METRICS_RELAYED_FROM</c>), or null.</param>
internal sealed class EmfLog(ReportFolder folder, MetricSource source, string? relayedFrom)
{
    public const string FileName = "metrics.emf.jsonl";

    // A signal's thread may write the verdict while the test's thread writes a step.
    private readonly Lock gate = new();
    private int written;
    private int unwritten;
    private string? problem;

    /// <summary>Adds the step's line; none where it was not attempted.</summary>
    public void Append(JudgedStep step) => Append(MetricSets.OfStep(step));

    /// <summary>Adds the verdict's line; none where the run has no number of its own.</summary>
    public void Append(CapacityReport report) => Append(MetricSets.OfVerdict(report));

    /// <summary>What became of the lines so far.</summary>
    public Publication Publication
    {
        get
        {
            lock (gate)
            {
                var where = $"CloudWatch namespace {source.Namespace}, embedded metric format";
                if (problem is null && !IsRelayed)
                    return new(
                        "metrics", PublicationOutcome.NotPublished, where,
                        Say($"{written} lines in {FileName}, and nothing puts them on the container's output"),
                        "Start the container with deploy/entrypoint.sh, or set Aws.Publish to api or off.");
                return problem is null
                    ? new(
                        "metrics", PublicationOutcome.HandedOn, where,
                        Say($"{written} lines in {FileName}; ")
                            + "the container's entry point copies them to its output, "
                            + "and whether the log driver delivers them is not answered")
                    : new(
                        "metrics", PublicationOutcome.NotPublished, where,
                        Say($"measured, not published: {unwritten} of {written + unwritten} lines ")
                            + $"could not be written: {problem}",
                        "Make the reports folder writable and its disk large enough; the values are in capacity.json.");
            }
        }
    }

    private bool IsRelayed => !string.IsNullOrWhiteSpace(relayedFrom)
        && Path.GetFullPath(relayedFrom) == Path.GetFullPath(FileName, Path.GetFullPath(folder.Directory));

    private void Append(MetricSet? metrics)
    {
        if (metrics is null || EmfLines.Of(metrics, source) is not { } line)
            return;
        lock (gate)
        {
            try
            {
                // What an earlier run left in the folder would be delivered a second time.
                if (written + unwritten == 0)
                    folder.Write(FileName, line);
                else
                    folder.Append(FileName, line);
                written++;
            }
            catch (ReportWriteException fault)
            {
                unwritten++;
                problem ??= fault.Message;
            }
        }
    }
}

/// <summary>CloudWatch user guide, "Embedded metric format specification": one JSON object a line.</summary>
internal static class EmfLines
{
    /// <summary>
    /// What Linux writes to a pipe in one piece (pipe(7), PIPE_BUF): no other output gets into the line.
    /// </summary>
    public const int MostBytes = 4096;

    private const int MostTargetCharacters = 256;

    /// <summary>The line with its end; null where the set holds no value.</summary>
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
