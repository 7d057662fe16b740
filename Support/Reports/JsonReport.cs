using System.Text.Json;
using Support.Reports.Data;

namespace Support.Reports;

/// <summary><c>capacity.json</c>: for machines. Keys only ever get more; a value that is not known is null, never 0.</summary>
public sealed class JsonReport : IReportFormat
{
    /// <inheritdoc />
    public string FileName => "capacity.json";

    /// <inheritdoc />
    public string Render(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(new CapacityData(report), DataJson.Options) + "\n";
    }
}
