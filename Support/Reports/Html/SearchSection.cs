using System.Xml.Linq;
using Support.Measuring.Search;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>How the exact limit was found: the tries as a drawing in which the bracket closes, and as a table.</summary>
internal static class SearchSection
{
    private const string Title = "How the exact limit was found";
    private const double RoomForShare = 34;

    internal static XElement? Of(CapacityReport report)
    {
        if (report.Search is not { } search)
            return null;

        var paced = SearchWords.Paced(report) is { } words ? Paragraph("note", Tag("strong", "", "Depends on pace: "), words + ".") : null;
        var ended = Paragraph("note", SearchWords.Ended(search) + ". " + (search.Tries.IsEmpty ? "" : SearchWords.Why));
        return Section("search", Title, ended, paced, search.Tries.IsEmpty ? null : Card(report, search));
    }

    private static XElement Card(CapacityReport report, SearchResult search) => ChartCard.Wide(
        "tries",
        "Tries",
        $"{ExactWords.Answer(report)}.",
        Draw(report, search),
        "One mark a try, at the count that it asked for, with the share that it held; the bars span what was still open after it.",
        Table(search),
        Marker.Legend("circle", "dot held", "held at 99 % or better"),
        Marker.Legend("diamond", "dot lost", "not held"),
        Marker.Legend("square", "bracket", "still open after the try"));

    private static ChartCanvas Draw(CapacityReport report, SearchResult search)
    {
        var range = LimitRange.Of(report.Steps);
        var counts = search.Tries.Select(tried => tried.Result.Sessions).Concat(new[] { range.Holds, range.Breaks }.OfType<int>()).ToArray();
        var canvas = new ChartCanvas("connections wanted", Scale.Between(counts.Min(), counts.Max()), ChartCanvas.Compact);
        var total = search.Tries.Length + 1;
        Bracket(canvas, 0, total, range);
        for (var index = 0; index < search.Tries.Length; index++)
        {
            var tried = search.Tries[index];
            range = range.After(tried);
            Bracket(canvas, index + 1, total, range);
            var (x, y) = (ChartCanvas.X(index + 1, total), canvas.Y(tried.Result.Sessions));
            canvas.Mark(tried.Holds ? "circle" : "diamond", tried.Holds ? "dot held" : "dot lost", x, y);
            if (ChartCanvas.Band(total) >= RoomForShare)
                canvas.Text($"value middle {(tried.Holds ? "is-good" : "is-bad")}", x, tried.Holds ? y + 21 : y - 11, SearchWords.Share(tried));
        }

        canvas.Categories([.. search.Tries.Select(tried => Words.Plain(tried.Number)).Prepend("ladder")], "try");
        return canvas;
    }

    private static void Bracket(ChartCanvas canvas, int index, int total, LimitRange range)
    {
        var (x, width) = (ChartCanvas.X(index, total), Math.Min(34, ChartCanvas.Band(total) * 0.7));
        var top = range.Breaks is { } above ? canvas.Y(above) : ChartCanvas.Top;
        var bottom = range.Holds is { } below ? canvas.Y(below) : ChartCanvas.Bottom;
        canvas.Box("bracket", x - (width / 2), top, width, Math.Max(1.5, bottom - top));
    }

    private static XElement Table(SearchResult search)
    {
        var table = new HtmlTable("Tries", "Try", "99 %", "Wanted", "Held", "Share", "Seconds") { Numbers = [0, 2, 3, 4, 5] };
        foreach (var tried in search.Tries)
        {
            table.Row(
                "",
                Words.Plain(tried.Number),
                Tag("span", $"state {(tried.Holds ? "good" : "bad")}", $"{SearchWords.Mark(tried)} {(tried.Holds ? "held" : "not held")}"),
                Words.Count(tried.Result.Sessions),
                Words.Count(tried.Result.Held),
                SearchWords.Share(tried),
                Words.Seconds(tried.Result.Seconds));
            var failures = StepFailures.InWords(tried.Result);
            table.Note(SearchWords.Kind(tried) + (failures.Length > 0 ? $"; {failures}" : ""));
        }

        return table.Render();
    }
}
