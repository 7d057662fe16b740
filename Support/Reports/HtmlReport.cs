namespace Support.Reports;
/// <summary>tmp</summary>
public sealed class HtmlReport : IReportFormat
{
    /// <inheritdoc />
    public string FileName => "capacity.html";
    /// <inheritdoc />
    public string Render(CapacityReport report) => "";
}
