using System.Text.Json;
using System.Text.RegularExpressions;
using Support.Reports;

namespace Support.Aws.Storage;

/// <summary>Finds out of which run the reports in a folder are.</summary>
public static partial class UploadRunId
{
    private const string ReportFile = "capacity.json";

    /// <summary>
    /// The run of <c>capacity.json</c>, and where that tells of an earlier, killed one, that one; without such a file the run of
    /// <c>steps.jsonl</c>. Null where neither says.
    /// </summary>
    public static string? Of(ReportFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Usable(OfReport(folder.Read(ReportFile))) ?? Usable(StepsLog.Read(folder.Read(StepsLog.FileName) ?? "").Header?.Id);
    }

    private static string? OfReport(string? text)
    {
        if (text is null)
            return null;
        try
        {
            using var report = JsonDocument.Parse(text);
            return Text(report.RootElement, "rebuilt", "run") ?? Text(report.RootElement, "run", "id");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string part, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(part, out var of) && of.ValueKind == JsonValueKind.Object
        && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // It becomes a part of a key: what is no name would end up elsewhere in the bucket.
    private static string? Usable(string? id) => id is not null && Names().IsMatch(id) ? id : null;

    [GeneratedRegex(@"\A(?!\.+\z)[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Names();
}
