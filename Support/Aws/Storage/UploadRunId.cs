using System.Text.RegularExpressions;
using Support.Reports;

namespace Support.Aws.Storage;

/// <summary>Finds out of which run the reports in a folder are.</summary>
public static partial class UploadRunId
{
    /// <summary>
    /// The run of <c>capacity.json</c>, and where that tells of an earlier, killed one, that one; without such a file the run of
    /// <c>steps.jsonl</c>. Null where neither says.
    /// </summary>
    /// <param name="folder">The reports folder.</param>
    /// <param name="isRunOfSteps">Whether <c>capacity.json</c> is an earlier run's: then <c>steps.jsonl</c> alone says it.</param>
    public static string? Of(ReportFolder folder, bool isRunOfSteps = false)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return (isRunOfSteps ? null : Usable(OfReport(folder.Read(UploadRecord.FileName)))) ?? Usable(StepsLog.Read(folder.Read(StepsLog.FileName) ?? "").Header?.Id);
    }

    private static string? OfReport(string? text) => UploadRecord.Text(text, "rebuilt", "run") ?? UploadRecord.Text(text, "run", "id");

    // It becomes a part of a key: what is no name would end up elsewhere in the bucket.
    private static string? Usable(string? id) => id is not null && Names().IsMatch(id) ? id : null;

    [GeneratedRegex(@"\A(?!\.+\z)[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Names();
}
