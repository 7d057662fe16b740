using System.Xml.Linq;
using Support.Reports.Html;
using static Support.Reports.Html.Markup;

namespace Support.Reports;

/// <summary><c>capacity.html</c>: for a person. One file that loads nothing, runs nothing, and is well-formed XML as well.</summary>
public sealed class HtmlReport : IReportFormat
{
    /// <summary>Even if an escape were missed somewhere: nothing is loaded and no script runs.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <inheritdoc />
    public string FileName => "capacity.html";

    /// <inheritdoc />
    public string Render(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = Tag("html", "", With("lang", "en"), Head(report), Tag("body", "", Header(report), Main(report), Footer(report)));
        return "<!DOCTYPE html>\n" + XmlText.Of(page, indent: true, declaration: false);
    }

    private static XElement Head(CapacityReport report) => Tag(
        "head",
        "",
        Tag("meta", "", With("charset", "utf-8")),
        Tag("meta", "", With("http-equiv", "Content-Security-Policy"), With("content", Policy)),
        Tag("meta", "", With("name", "viewport"), With("content", "width=device-width, initial-scale=1")),
        Tag("meta", "", With("name", "color-scheme"), With("content", "light dark")),
        Tag("title", "", $"WebSocket capacity: {VerdictLine.Of(report)}"),
        Tag("style", "", PageStyle.Text, report.Sizes is null ? null : PageStyle.Sizes));

    private static XElement Header(CapacityReport report) => Tag(
        "header",
        "",
        Paragraph("brand", "WebSocket capacity"),
        Paragraph("", Words.OneLine(report.Target.Url) + (report.Target.Embedded ? " (embedded target)" : "")),
        Paragraph("", Words.Instant(report.Run.StartedAt)));

    private static XElement Main(CapacityReport report) => Tag(
        "main",
        "",
        VerdictCard.Of(report),
        SizeSection.Of(report),
        PlanSection.Of(report),
        PlanSection.Deployed(report),
        Charts(report),
        SearchSection.Of(report),
        StepSections.Counts(report),
        StepSections.Costs(report),
        MemorySection.Of(report),
        ServiceSection.Of(report),
        MeterSection.Of(report),
        EstimateSection.Of(report),
        DetailSections.Ceilings(report),
        TaskSection.Of(report),
        DetailSections.Environment(report),
        ServiceSection.Publications(report),
        DetailSections.Settings(report),
        DetailSections.Run(report));

    private static XElement Charts(CapacityReport report) => report.Steps.Length == 0
        ? Section("charts", "What was measured", Paragraph("note", "No step was planned or attempted, so there is nothing to draw."))
        : Section(
            "charts",
            "What was measured",
            Tag(
                "div",
                "charts",
                StepCharts.Success(report),
                StepCharts.Held(report),
                LatencyChart.Of(report),
                MemoryChart.Of(report),
                FailureChart.Of(report)));

    private static XElement Footer(CapacityReport report) => Tag(
        "footer",
        "",
        "Held means open at one instant, at the end of the hold, each proven alive by ping and pong; "
            + $"success is held ÷ attempted, cut to tenths. Run {Words.OneLine(report.Run.Id)}.");
}
