using Support.Reports;
using Support.Settings;

namespace Support.Aws.Storage;

/// <summary>The upload as a command of its own, for what is written after the suite has ended: the TRX, and the rebuilt report of a killed run.</summary>
public static class UploadCommand
{
    /// <summary>Reads bucket, prefix and folder from the environment alone, uploads, and says in one line what became of it.</summary>
    /// <param name="options">What the caller knows.</param>
    /// <param name="environment">The variables; settings files are not read.</param>
    /// <param name="baseDirectory">What a relative <c>Reports.Directory</c> is relative to; absolute.</param>
    /// <param name="time">For the bound of the upload.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Exit code and line: 0 published, or no bucket is set; 1 not published; 2 one of the three settings cannot be used.</returns>
    public static async Task<(int ExitCode, string Line)> RunAsync(
        UploadOptions options, IReadOnlyDictionary<string, string> environment, string baseDirectory, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var began = time.GetTimestamp();
        var settings = UploadSettings.Read(environment, baseDirectory);
        if (!settings.Problems.IsEmpty)
            return (2, $"reports not uploaded: {SettingsProblems.Message(settings.Problems)}");
        if (settings.Aws.ReportsBucket is not { } bucket)
            return (0, "reports not uploaded: Aws.ReportsBucket (CAPACITY_AWS_REPORTSBUCKET) names no bucket");
        var folder = new ReportFolder(settings.Directory);
        if (UploadRunId.Of(folder, options.IsRunOfSteps) is not { } run)
            return (1, $"reports not uploaded: neither capacity.json nor steps.jsonl in {folder.Directory} names a run; set CAPACITY_REPORTS_DIRECTORY to the folder of the run");
        // A cancelled upload says so itself; the metadata ends in 3 s without that.
        var region = await UploadRegion.FallbackAsync(folder, environment, time, CancellationToken.None).ConfigureAwait(false);
        using var clients = new AwsClients(region);
        var uploader = new ReportsUploader(() => clients.S3, time) { Within = options.Within - time.GetElapsedTime(began) };
        var published = await uploader.UploadAsync(folder, new(bucket, settings.Aws.ReportsPrefix, run), cancellationToken).ConfigureAwait(false);
        return published.Outcome == PublicationOutcome.Published
            ? (0, $"reports uploaded to {published.Where}: {published.Detail}")
            : (1, $"reports not uploaded to {published.Where}: {published.Detail}. {published.Next}".TrimEnd());
    }
}
