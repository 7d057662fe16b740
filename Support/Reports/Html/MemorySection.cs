using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>What a connection costs in memory, with its interval, and how far off the lines were from step to step.</summary>
internal static class MemorySection
{
    internal static XElement? Of(CapacityReport report) => report.MemorySlopes.IsDefaultOrEmpty
        ? null
        : Section(
            "bytes",
            "Memory of a connection",
            MemoryWords.Ends(report) is { Length: > 0 } ends ? Tag("ul", "note", ends.Select(end => Tag("li", "", end))) : null,
            Slopes(report),
            Paragraph("note", MemoryWords.Interval95),
            Predictions(report));

    private static XElement Slopes(CapacityReport report)
    {
        var table = new HtmlTable("Bytes a connection", "Whose memory", "A connection", "95 % interval", "At none", "R²", "Steps") { Numbers = [1, 2, 3, 4, 5] };
        foreach (var slope in report.MemorySlopes)
        {
            table.Row(
                "",
                slope.Of,
                Words.Bytes(slope.BytesPerConnection),
                MemoryWords.Interval(slope),
                Words.Bytes(slope.InterceptBytes),
                MemoryWords.R2(slope.RSquared),
                Words.Count(slope.Points.Length));
            if (MemoryWords.Warning(slope) is { } warning)
                table.Note(warning + ".");
        }

        return table.Render();
    }

    private static object?[]? Predictions(CapacityReport report)
    {
        if (report.MemoryPredictions.IsDefaultOrEmpty)
            return null;

        var table = new HtmlTable("Predicted and read", "Step", "Held", "Whose memory", "Predicted", "Read", "Read less predicted") { Numbers = [0, 1, 3, 4, 5] };
        foreach (var prediction in MemoryWords.InOrder(report))
        {
            table.Row(
                "",
                Words.Count(prediction.Sessions),
                Words.Count(prediction.Held),
                prediction.Of,
                Words.Bytes(prediction.PredictedBytes),
                Words.Bytes(prediction.ActualBytes),
                MemoryWords.Off(prediction));
        }

        return [Paragraph("note", MemoryWords.Predicted), table.Render()];
    }
}
