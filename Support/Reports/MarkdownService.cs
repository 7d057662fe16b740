using System.Text;
using static Support.Reports.MarkdownText;

namespace Support.Reports;

/// <summary>What CloudWatch says of the service, and what became of the evidence elsewhere, in <c>capacity.md</c>.</summary>
internal static class MarkdownService
{
    internal static void Write(StringBuilder text, CapacityReport report)
    {
        WriteService(text, report);
        WritePublications(text, report);
    }

    private static void WriteService(StringBuilder text, CapacityReport report)
    {
        if (report.Service is not { } service)
            return;

        text.Append("## Service under test, by CloudWatch\n\n").Append(Text(ServiceWords.Window(service))).Append(".\n\n");
        if (service.Problem is { } problem)
        {
            text.Append(Text(ServiceWords.Problem(service, problem))).Append("\n\n");
            if (!service.IsRead)
                return;
        }

        text.Table(["", "Metric", "Greatest", "Threshold", "By minute (UTC)", "What it says"]);
        foreach (var metric in service.Metrics)
            text.Row(ServiceWords.State(metric).Words, ServiceWords.Name(metric), ServiceWords.Greatest(metric), ServiceWords.Threshold(metric), ServiceWords.Minutes(metric), ServiceWords.Note(metric));
        text.Append('\n');
    }

    private static void WritePublications(StringBuilder text, CapacityReport report)
    {
        if (report.Publications.IsDefaultOrEmpty)
            return;

        text.Append("## Published\n\n");
        text.Table(["", "What", "Where", "How much, or why not", "Next step"]);
        foreach (var publication in report.Publications)
            text.Row(ServiceWords.State(publication).Words, publication.Name, publication.Where, publication.Detail, publication.Next);
        text.Append('\n');
    }
}
