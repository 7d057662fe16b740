using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace Support.Reports.Documents;

/// <summary>Draws a chart of bars for one width: names beside the bars where there is room, else above them.</summary>
internal sealed class BarDrawing
{
    private const int Many = 8;
    private const double BarHeight = 16;
    private const double Bracket = 26;
    private const double Narrowest = 2;
    private const double BelowPlot = 40;
    private const double RoomForTick = 58;
    private const double MostOfName = 0.32;
    private const double MostOfWords = 0.45;
    private const int MostStops = 30;

    private readonly BarChart chart;
    private readonly ChartCanvas canvas;
    private readonly ChartScale scale;
    private readonly ChartLabels labels;
    private readonly ImmutableArray<string> markNames;
    private readonly bool isBeside;
    private readonly double left, right, top, bottom, rowHeight;

    private BarDrawing(BarChart chart, double width)
    {
        this.chart = chart;
        canvas = new(width);
        labels = new(width);
        markNames = MarkNames(chart);
        var names = Math.Min(width * MostOfName, chart.Bars.Max(bar => ChartCanvas.WidthOf(PlainText.Line(bar.Name))));
        var values = chart.Bars.Max(bar => ChartCanvas.BoldWidthOf(ValueOf(bar)));
        isBeside = names + values <= width * MostOfWords;
        rowHeight = !isBeside ? 50 : chart.Bars.Length > Many ? 28 : 34;
        left = isBeside ? names + 12 : 1;
        right = width - (isBeside ? values + 14 : 12);
        var marks = chart.Marks.Where(mark => ChartScale.IsDrawable(mark.Value)).ToArray();
        scale = ChartScale.Of(
            chart.Y,
            chart.Bars.SelectMany(Values).Concat(marks.Select(mark => mark.Value)),
            Math.Max(2, (int)((right - left) / RoomForTick)));
        foreach (var mark in marks)
            labels.Add(mark, X(mark.Value));
        top = labels.Height + 8;
        bottom = top + (chart.Bars.Length * rowHeight);
    }

    /// <summary>The drawing; null where there is no bar.</summary>
    internal static XElement? Of(BarChart chart, double width, string id, string className) =>
        chart.Bars.IsEmpty ? null : new BarDrawing(chart, width).Draw(id, className);

    /// <summary>The names of the values that single bars have, as a legend lists them.</summary>
    internal static ImmutableArray<string> MarkNames(BarChart chart) =>
        [.. chart.Bars.SelectMany(bar => bar.Marks).Select(mark => mark.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>The mark of a bar's own value; its number is where its name stands among all of the chart.</summary>
    internal static XElement MarkOf(int number, double x, double y) =>
        ChartCanvas.MarkerOf(x, y, ChartCanvas.Palette - 1 - (number % 4), Tone.Neutral);

    private static IEnumerable<BarPart> Parts(Bar bar) =>
        bar.Parts.Where(part => ChartScale.IsDrawable(part.Value) && part.Value > 0);

    private static double Sum(Bar bar) => Parts(bar).Sum(part => part.Value);

    private static IEnumerable<double> Values(Bar bar) =>
    [
        Sum(bar),
        .. bar.Marks.SelectMany(mark => new[] { mark.Low, mark.High }),
        .. bar.Interval is { } interval ? [interval.Low, interval.High] : Array.Empty<double>(),
    ];

    private string ValueOf(Bar bar)
    {
        var unit = chart.Y.Unit.Length > 0 ? " " + chart.Y.Unit : "";
        var text = bar.Text ?? Sum(bar).ToString("#,0.##", CultureInfo.InvariantCulture) + unit;
        return $"{PlainText.Sign(bar.Tone)} {PlainText.Line(text)}".Trim();
    }

    private double X(double value) => left + (scale.At(value) * (right - left));

    private XElement Draw(string id, string className)
    {
        foreach (var tick in scale.Ticks)
            canvas.Line("grid", X(tick.Value), top, X(tick.Value), bottom);
        canvas.Ticks(scale, X, bottom);
        canvas.Text("axis middle", (left + right) / 2, bottom + BelowPlot - 5, PlainText.Line(chart.Y.Title));
        for (var row = 0; row < chart.Bars.Length; row++)
            Draw(chart.Bars[row], top + (row * rowHeight) + (isBeside ? rowHeight / 2 : rowHeight - 18));
        if (isBeside)
            canvas.Line("base", left, top, left, bottom);
        labels.Draw(canvas, top, bottom);
        for (var row = 0; row < chart.Bars.Length; row++)
            Words(chart.Bars[row], row);
        return canvas.Render(id, className, bottom + BelowPlot, chart);
    }

    private void Draw(Bar bar, double y)
    {
        foreach (var mark in bar.Marks.Where(IsSpan))
            Box("bracket", mark.Low, mark.High, y, Bracket);
        var foot = 0.0;
        foreach (var part in Parts(bar))
        {
            Box($"bar {ChartCanvas.Colour(part.Series, part.Tone)}", foot, foot + part.Value, y, BarHeight);
            foot += part.Value;
        }

        if (bar.Interval is { } interval && ChartScale.IsDrawable(interval.Low) && ChartScale.IsDrawable(interval.High))
            Whisker(X(interval.Low), X(interval.High), y);
        if (bar.IsLowerBound)
            canvas.Path("onwards", [(X(foot) + 4, y - 5), (X(foot) + 9, y), (X(foot) + 4, y + 5)]);
        foreach (var mark in bar.Marks.Where(mark => !IsSpan(mark) && ChartScale.IsDrawable(mark.Low)))
            canvas.Add(MarkOf(markNames.IndexOf(mark.Name), X(mark.Low), y));
    }

    private void Box(string className, double from, double to, double y, double height) =>
        canvas.Box(className, X(from), y - (height / 2), Math.Max(Narrowest, X(to) - X(from)), height);

    private static bool IsSpan(BarMark mark) =>
        ChartScale.IsDrawable(mark.Low) && ChartScale.IsDrawable(mark.High) && mark.High > mark.Low;

    private void Whisker(double low, double high, double y)
    {
        canvas.Line("whisker", low, y, high, y);
        canvas.Line("whisker", low, y - 5, low, y + 5);
        canvas.Line("whisker", high, y - 5, high, y + 5);
    }

    private void Words(Bar bar, int row)
    {
        var (above, value, name) = (top + (row * rowHeight), ValueOf(bar), PlainText.Line(bar.Name));
        var room = isBeside ? left - 12 : canvas.Width - ChartCanvas.BoldWidthOf(value) - 16;
        var baseline = above + (isBeside ? (rowHeight / 2) + 4 : 17);
        canvas.Text(isBeside ? "name end" : "name", isBeside ? left - 10 : 0, baseline, ChartCanvas.Cut(name, room));
        canvas.Text($"value end {ChartCanvas.ClassOf(bar.Tone)}", canvas.Width, baseline, value);
        canvas.Target(
            (0, above, canvas.Width, rowHeight),
            [
                $"{name}: {value}",
                .. bar.Parts.Select(part => part.Label).Concat(bar.Marks.Select(mark => mark.Label))
                    .Where(label => label.Length > 0).Select(PlainText.Line).Distinct(StringComparer.Ordinal),
            ],
            (left + 8, above + rowHeight - 2),
            chart.Bars.Length <= MostStops,
            []);
    }
}
