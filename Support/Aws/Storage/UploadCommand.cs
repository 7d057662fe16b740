using Amazon.S3;
using Support.Reports;
using Support.Settings;

namespace Support.Aws.Storage;

/// <summary>The upload as a command of its own, for what is written after the suite has ended: the TRX, and the rebuilt report of a killed run.</summary>
public static class UploadCommand
{
    /// <summary>Reads the settings from the environment alone, uploads, and says in one line what became of it.</summary>
    /// <param name="environment">The variables; settings files are not read.</param>
    /// <param name="baseDirectory">What a relative <c>Reports.Directory</c> is relative to; absolute.</param>
    /// <param name="client">Gives the client; called only where there is something to upload.</param>
    /// <param name="time">For the bound of the upload.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Exit code and line: 0 published, or no bucket is set; 1 not published; 2 the settings cannot be used.</returns>
    public static async Task<(int ExitCode, string Line)> RunAsync(
        IReadOnlyDictionary<string, string> environment, string baseDirectory, Func<IAmazonS3> client, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var result = SettingsReader.Read(new Dictionary<string, string>(), environment, baseDirectory);
        if (!result.IsUsable)
            return (2, $"reports not uploaded: {result.Message}");
        if (result.Settings.Aws.ReportsBucket is not { } bucket)
            return (0, "reports not uploaded: Aws.ReportsBucket (CAPACITY_AWS_REPORTSBUCKET) names no bucket");
        var folder = new ReportFolder(result.ReportsDirectory);
        if (UploadRunId.Of(folder) is not { } run)
            return (1, $"reports not uploaded: neither capacity.json nor steps.jsonl in {folder.Directory} names a run; set CAPACITY_REPORTS_DIRECTORY to the folder of the run");
        var published = await new ReportsUploader(client, time).UploadAsync(folder, new(bucket, result.Settings.Aws.ReportsPrefix, run), cancellationToken).ConfigureAwait(false);
        return published.Outcome == PublicationOutcome.Published
            ? (0, $"reports uploaded to {published.Where}: {published.Detail}")
            : (1, $"reports not uploaded to {published.Where}: {published.Detail}. {published.Next}".TrimEnd());
    }
}
