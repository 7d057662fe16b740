using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Support.Ecs;
using Support.Reports;
using Support.Reports.Files;
using Support.Settings;

namespace Support.Aws.Storage;

/// <summary>
/// The upload as a command of its own, for what is written after the suite has ended: the TRX, and the rebuilt report
/// of a killed run.
/// </summary>
public static class UploadCommand
{
    // That others are bad, or that the folder is full, is no reason to keep the reports that say so.
    private static readonly ImmutableArray<string> Settings =
    [
        "Aws.ReportsBucket", "Aws.ReportsPrefix", "Reports.Directory",
    ];

    /// <summary>
    /// Reads bucket, prefix and folder from the environment alone, uploads, and says in one line what became of it.
    /// </summary>
    /// <param name="options">What the caller knows.</param>
    /// <param name="environment">The variables; settings files are not read.</param>
    /// <param name="baseDirectory">What a relative <c>Reports.Directory</c> is relative to; absolute.</param>
    /// <param name="time">The clock of the time limit.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>
    /// Exit code and line: 0 published, or no bucket is set; 1 not published; 2 one of the three settings cannot be
    /// used.
    /// </returns>
    public static async Task<(int ExitCode, string Line)> RunAsync(
        UploadOptions options, IReadOnlyDictionary<string, string> environment, string baseDirectory, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var began = time.GetTimestamp();
        var given = new GivenSettings(ImmutableDictionary<string, string>.Empty, environment);
        var (settings, problems) = SettingsReader.Parse(given, Settings.Select(name => SettingCatalog.Find(name)!));
        if (!problems.IsEmpty)
            return (2, $"reports not uploaded: {SettingsProblems.Message(problems)}");
        if (settings.Aws.ReportsBucket is not { } bucket)
            return (0, "reports not uploaded: Aws.ReportsBucket (CAPACITY_AWS_REPORTSBUCKET) names no bucket");
        var folder = new ReportFolder(Path.GetFullPath(settings.Reports.Directory, baseDirectory));
        if (UploadedRun.IdOf(folder, options.IsRunOfSteps) is not { } run)
        {
            return (1, $"reports not uploaded: neither capacity.json nor steps.jsonl in {folder.Directory} names a "
                + "run; "
                + "set CAPACITY_REPORTS_DIRECTORY to the folder of the run");
        }

        // A cancelled upload says so itself; the metadata ends in 3 s without that.
        var region = await UploadedRun.FallbackRegionAsync(
            folder, environment, time, CancellationToken.None).ConfigureAwait(false);
        using var clients = new AwsClients(region);
        var uploader = new ReportsUploader(() => clients.S3, time)
        {
            Within = options.Within - time.GetElapsedTime(began),
        };
        var published = await uploader.UploadAsync(
            folder, new(bucket, settings.Aws.ReportsPrefix, run), cancellationToken).ConfigureAwait(false);
        return published.Outcome == PublicationOutcome.Published
            ? (0, $"reports uploaded to {published.Where}: {published.Detail}")
            : (1, $"reports not uploaded to {published.Where}: {published.Detail}. {published.Next}".TrimEnd());
    }
}

/// <summary>How the upload after a run is done: what its caller alone knows.</summary>
/// <param name="Within">How long it may take in all. 5 to 600 s; default: 50 s.</param>
/// <param name="IsRunOfSteps">
/// Whether <c>capacity.json</c> is an earlier run's, so that <c>steps.jsonl</c> names the run. Default: false.
/// </param>
public sealed record UploadOptions(TimeSpan Within, bool IsRunOfSteps)
{
    private const int Least = 5;
    private const int Most = 600;

    /// <summary>
    /// The options of a command line: <c>--within SECONDS</c> and <c>--run-of-steps</c>, in any order.
    /// </summary>
    /// <param name="arguments">The arguments of the program.</param>
    /// <returns>Null where an argument is unknown, or the seconds are no whole number from 5 to 600.</returns>
    public static UploadOptions? Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var options = new UploadOptions(TimeSpan.FromSeconds(50), false);
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] == "--run-of-steps")
                options = options with { IsRunOfSteps = true };
            else if (arguments[at] == "--within" && ++at < arguments.Count && Seconds(arguments[at]) is { } within)
                options = options with { Within = within };
            else
                return null;
        }

        return options;
    }

    private static TimeSpan? Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= Least and <= Most
            ? TimeSpan.FromSeconds(seconds)
            : null;
}

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

    // The text at that path; null where there is no document, no such path, or no text.
    private static string? Text(string? document, params string[] path)
    {
        try
        {
            var at = document is null ? null : JsonNode.Parse(document);
            return path.Aggregate(at, (node, name) => (node as JsonObject)?[name]) is JsonValue value
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
