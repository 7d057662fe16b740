using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Support.Ecs;
using Support.Reports.Files;

namespace Support.Aws.Storage;

/// <summary>Which run the reports in a folder are of, and in which region it ran.</summary>
internal static partial class UploadedRun
{
    private const string FileName = "capacity.json";

    /// <summary>
    /// The run of <c>capacity.json</c>, and where that tells of an earlier, killed one, that one; without such a file
    /// the run of <c>steps.jsonl</c>. Null where neither says.
    /// </summary>
    /// <param name="folder">The reports folder.</param>
    /// <param name="isRunOfSteps">
    /// Whether <c>capacity.json</c> is an earlier run's: then <c>steps.jsonl</c> alone says it.
    /// </param>
    public static string? IdOf(ReportFolder folder, bool isRunOfSteps = false)
    {
        var report = isRunOfSteps ? null : folder.Read(FileName);
        return Usable(Text(report, "rebuilt", "run") ?? Text(report, "run", "id"))
            ?? Usable(StepsLog.Read(folder.Read(StepsLog.FileName) ?? "").Header?.Id);
    }

    /// <summary>
    /// The region for a task that is told none: outside of Fargate, ECS sets no <c>AWS_REGION</c>, but a task's ARN
    /// names its region. That of the task in <c>capacity.json</c>, else that of the task that this process runs in: its
    /// metadata takes at most 3 s. Null where a variable or a profile names the region, so that nothing has to be
    /// found, and where none is known.
    /// </summary>
    public static async Task<string?> FallbackRegionAsync(
        ReportFolder folder, IReadOnlyDictionary<string, string> environment, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using (var told = new AwsClients())
        {
            if (told.Region is not null)
                return null;
        }

        if (Text(folder.Read(FileName), "environment", "ecs", "task", "region") is { } region)
            return region;
        var reader = new TaskMetadataReader(environment, time: time);
        return (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)).Task?.Arn.Region;
    }

    // The text at the end of that way; null where there is no document, no such way, or no text.
    private static string? Text(string? document, params string[] way)
    {
        try
        {
            var at = document is null ? null : JsonNode.Parse(document);
            return way.Aggregate(at, (node, name) => (node as JsonObject)?[name]) is JsonValue value
                && value.TryGetValue(out string? text)
                ? text
                : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            // An object with a key twice is found out when it is first asked.
            return null;
        }
    }

    // It becomes a part of a key: what is no name would end up elsewhere in the bucket.
    private static string? Usable(string? id) => id is not null && Names().IsMatch(id) ? id : null;

    [GeneratedRegex(@"\A(?!\.+\z)[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Names();
}
