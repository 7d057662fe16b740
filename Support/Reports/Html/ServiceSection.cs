using System.Xml.Linq;
using Support.Ecs;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>What CloudWatch says of the service under test, and what became of the evidence elsewhere.</summary>
internal static class ServiceSection
{
    internal static XElement? Of(CapacityReport report) => report.Service is not { } service
        ? null
        : Section(
            "service",
            "Service under test, by CloudWatch",
            Paragraph("note", ServiceWords.Window(service) + "."),
            service.Problem is { } problem ? Paragraph("note", ServiceWords.Problem(service, problem)) : null,
            service.IsRead ? Metrics(service) : null);

    internal static XElement? Publications(CapacityReport report)
    {
        if (report.Publications.IsDefaultOrEmpty)
            return null;

        var table = new HtmlTable("What was published", "What", "Outcome", "Where", "How much, or why not", "Next step") { Stack = true };
        foreach (var publication in report.Publications)
        {
            var (className, words) = ServiceWords.State(publication);
            table.Row(
                "",
                Words.OneLine(publication.Name),
                Tag("span", "state " + className, words),
                Words.OneLine(publication.Where),
                Words.OneLine(publication.Detail),
                Words.OneLine(publication.Next));
        }

        return Section("published", "Published", table.Render());
    }

    private static object?[] Metrics(ServiceMetrics service)
    {
        var table = new HtmlTable("Metrics of the service", "Metric", "Threshold", "Outcome", "Greatest", "By minute (UTC)", "What it says") { Numbers = [3], Stack = true };
        foreach (var metric in service.Metrics)
        {
            var (className, words) = ServiceWords.State(metric);
            table.Row(
                "",
                ServiceWords.Name(metric),
                ServiceWords.Threshold(metric),
                words.Length > 0 ? Tag("span", "state " + className, words) : null,
                ServiceWords.Greatest(metric),
                ServiceWords.Minutes(metric),
                ServiceWords.Note(metric));
        }

        return [ServiceChart.Of(service) is { } chart ? Tag("div", "charts", chart) : null, Tag("div", "", table.Render())];
    }
}
