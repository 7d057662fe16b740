using System.Collections.Immutable;
using System.Globalization;
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
    /// <param name="time">For the bound of the upload.</param>
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
        var (settings, problems) = Read(environment);
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

    // Touches no disk: nobody has asked whether the folder is there.
    private static (CapacitySettings Settings, ImmutableArray<SettingProblem> Problems) Read(
        IReadOnlyDictionary<string, string> environment)
    {
        var given = new GivenSettings(ImmutableDictionary<string, string>.Empty, environment);
        var settings = new CapacitySettings();
        var problems = ImmutableArray.CreateBuilder<SettingProblem>();
        foreach (var setting in Settings.Select(name => SettingCatalog.Find(name)!))
        {
            if (given.Find(setting) is not { } value)
                continue;
            (settings, var problem) = setting.Apply(settings, value.Text);
            if (problem is not null)
                problems.Add(new(setting.Name, value.Where, setting.Echo(value.Text), setting.Allowed, problem, null));
        }

        return (settings, problems.ToImmutable());
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
