using System.Text.Json;
using Support.Reports.Data;

namespace Support.Reports;

/// <summary>
/// <c>capacity.json</c>: for machines. Keys only ever get more; a value that is not known is null, never 0.
/// </summary>
internal static class JsonReport
{
    /// <summary>The file's name in the reports folder.</summary>
    internal const string FileName = "capacity.json";

    /// <summary>The whole text of the file, with a final line end; the same in every culture.</summary>
    internal static string Render(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(new CapacityData(report), DataJson.Options) + "\n";
    }
}
