using System.Xml.Linq;
using static Support.Reports.Documents.HtmlElements;

namespace Support.Reports.Documents;

/// <summary>
/// A chart on a page: title, legend, the drawing once for a screen and once for a phone (the style sheet shows one of
/// them), and what a reader should keep of it.
/// </summary>
internal static class ChartFigure
{
    private const double Large = 960;
    private const double Half = 470;
    private const double Small = 360;

    /// <param name="chart">What is drawn.</param>
    /// <param name="id">What no other element of the page is called.</param>
    /// <param name="isWide">Whether it has the page's whole width.</param>
    internal static XElement Of(Chart chart, string id, bool isWide)
    {
        var large = Draw(chart, isWide ? Large : Half, id, "large");
        return Tag(
            "figure",
            isWide ? "chart wide" : "chart",
            With("id", id),
            Tag("figcaption", "", PlainText.Line(chart.Title)),
            large is null ? null : Legend(chart),
            large is null ? Tag("p", "note", "There is nothing to draw.") : null,
            large,
            large is null ? null : Draw(chart, Small, id + "-small", "small"),
            chart.Note is { Length: > 0 } note ? Tag("p", "note", PlainText.Line(note)) : null);
    }

    private static XElement? Draw(Chart chart, double width, string id, string className) => chart switch
    {
        LineChart lines => LineDrawing.Of(lines, width, id, className),
        BarChart bars => BarDrawing.Of(bars, width, id, className),
        _ => null,
    };

    private static XElement? Legend(Chart chart)
    {
        XElement[] entries = chart switch
        {
            LineChart lines => [.. lines.Lines.Where(line => line.Name.Length > 0).Select(Entry)],
            BarChart bars => [.. PartEntries(bars), .. MarkEntries(bars)],
            _ => [],
        };
        return entries.Length < 2 ? null : Tag("ul", "legend", [.. entries]);
    }

    private static XElement Entry(Line line) => Entry(
        line.Name,
        line.HasLine ? ChartCanvas.Segment(LineDrawing.ClassOf(line), 0, 8, 16, 8) : null,
        line.HasPoints ? Markers(line) : null);

    // Where the points have tones, two of these stand for them.
    private static IEnumerable<XElement> Markers(Line line)
    {
        Tone[] tones = [.. line.Points.Select(point => point.Tone).Distinct().Take(2)];
        return tones.Select((tone, index) =>
            ChartCanvas.MarkerOf(tones.Length == 1 ? 8 : 3 + (index * 10), 8, line.Series, tone));
    }

    private static IEnumerable<XElement> PartEntries(BarChart chart) => chart.Bars
        .SelectMany(bar => bar.Parts).Where(part => part.Name.Length > 0).DistinctBy(part => part.Name)
        .Select(part => (part.Name, Class: "bar " + ChartCanvas.Colour(part.Series, part.Tone)))
        .Select(part => Entry(part.Name, ChartCanvas.Rectangle(part.Class, 2, 2, 12, 12)));

    private static IEnumerable<XElement> MarkEntries(BarChart chart) =>
        BarDrawing.MarkNames(chart).Select((name, number) => Entry(
            name,
            chart.Bars.SelectMany(bar => bar.Marks).First(mark => mark.Name == name) is { } mark && mark.High > mark.Low
                ? ChartCanvas.Rectangle("bracket", 1, 2, 14, 12)
                : BarDrawing.MarkOf(number, 8, 8)));

    private static XElement Entry(string name, params object?[] shapes) =>
        Tag("li", "", ChartCanvas.Swatch(shapes), Tag("span", "", PlainText.Line(name)));
}
