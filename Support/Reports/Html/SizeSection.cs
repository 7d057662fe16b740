using System.Xml.Linq;
using Support.Sizes;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>Task sizes: before and after, what each holds as a drawing, and the figures behind it.</summary>
internal static class SizeSection
{
    internal static XElement? Of(CapacityReport report) => report.Sizes is not { } sizes
        ? null
        : Section(
            "sizes",
            "Task sizes",
            Change(sizes),
            Paragraph("note", $"Server: {Words.OneLine(sizes.Server)}. {SizeWords.Chosen(sizes)}"),
            Loud(sizes),
            Card(report, sizes),
            Table("Behaviour at each size", SizeTables.Behaviour(sizes), stack: true),
            sizes.Change is null ? null : Causes(sizes),
            Table("Each run", SizeRunTable.Of(sizes), stack: true));

    private static XElement? Change(SizeReport sizes) => sizes.Change is not { } change
        ? null
        : Tag("div", "", Paragraph("cause", SizeWords.Summary(change)), Paragraph("note", SizeWords.Before(change)));

    private static XElement? Loud(SizeReport sizes)
    {
        string[] rows = [.. sizes.Rows.Select(SizeWords.NotOfThisRun).OfType<string>(), .. sizes.LockNotes.Select(SizeWords.Accepted)];
        return rows.Length == 0 ? null : Tag("ul", "warnings", rows.Select(row => Tag("li", "", Tag("strong", "", "! "), row)));
    }

    // Beside the drawing stands what the page was opened for: the change, else what binds.
    private static XElement Card(CapacityReport report, SizeReport sizes)
    {
        var words = Sentence(report, sizes);
        var beside = sizes.Change is null ? Causes(sizes) : Table("Before and after", SizeTables.Change(sizes, report.RequiredConnections), stack: true);
        return Tag(
            "div",
            "charts",
            ChartCard.Wide(SizeChart.Id, SizeChart.Title, words, SizeChart.Draw(sizes, report.RequiredConnections, words), beside, SizeChart.Legend(sizes)),
            Tag("div", "wide", Table("Capacity and cost of each size", SizeTables.Capacity(sizes), stack: true), Paragraph("note", $"{SizeTables.Legend(sizes)} {SizeWords.Price(sizes)}")));
    }

    private static string Sentence(CapacityReport report, SizeReport sizes)
    {
        var measured = sizes.Rows.Count(row => row.Source == SizeSource.Measured);
        var required = report.RequiredConnections is { } least ? $"; a safe limit of {Words.Count(least)} is required" : "";
        return $"{Words.Count(measured)} of {Words.Count(sizes.Rows.Length)} measured here{required}.";
    }

    private static XElement Causes(SizeReport sizes)
    {
        string[] causes = [.. sizes.Rows.Select(SizeWords.Cause).OfType<string>()];
        return causes.Length == 0
            ? Paragraph("note", "What set the limits is not known.")
            : Tag("ul", "note", causes.Select(cause => Tag("li", "", cause)));
    }

    private static XElement Table(string label, TextTable? texts, bool stack = false)
    {
        if (texts is null)
            return Paragraph("note", $"{label}: nothing was measured here.");
        return HtmlTable.Of(label, texts, stack);
    }
}
