using System.Collections.Immutable;
using System.Xml.Linq;

namespace Support.Reports.Documents;

/// <summary>Draws a chart of lines for one width.</summary>
internal sealed class LineDrawing
{
    private const double RightEdge = 14;
    private const double BelowPlot = 40;
    private const double RoomForTickX = 64;
    private const double RoomForTickY = 34;
    private const double MostOfName = 0.3;
    private const int MostMarkers = 60;
    private const int MostStops = 24;

    private readonly LineChart chart;
    private readonly ChartCanvas canvas;
    private readonly ChartScale x, y;
    private readonly ChartLabels labels;
    private readonly double left, right, top, bottom;

    private LineDrawing(LineChart chart, double width)
    {
        this.chart = chart;
        canvas = new(width);
        labels = new(width);
        labels.Block(ChartCanvas.WidthOf(chart.Y.Title));
        var marks = chart.Marks.Where(mark => ChartScale.IsDrawable(mark.Value)).ToLookup(mark => mark.IsVertical);
        var points = chart.Lines.SelectMany(line => line.Points).Where(IsDrawn).ToArray();
        var plot = width >= 600 ? 236.0 : 200.0;
        y = ChartScale.Of(
            chart.Y,
            points.Select(point => point.Y).Concat(marks[false].Select(mark => mark.Value)),
            (int)(plot / RoomForTickY));
        left = 10 + Math.Min(
            width * MostOfName, y.Ticks.Select(tick => ChartCanvas.WidthOf(tick.Label)).DefaultIfEmpty(0).Max());
        right = width - RightEdge;
        x = ChartScale.Of(
            chart.X,
            points.Select(point => point.X).Concat(marks[true].Select(mark => mark.Value)),
            Math.Max(2, (int)((right - left) / RoomForTickX)),
            isRounded: false);
        foreach (var mark in marks[true])
            labels.Add(mark, X(mark.Value));
        top = labels.Height + 8;
        bottom = top + plot;
    }

    /// <summary>The drawing; null where there is no point to draw.</summary>
    internal static XElement? Of(LineChart chart, double width, string id, string className) =>
        chart.Lines.Any(line => line.Points.Any(IsDrawn)) ? new LineDrawing(chart, width).Draw(id, className) : null;

    /// <summary>The class of what joins the points of a line.</summary>
    internal static string ClassOf(Line line) =>
        $"series {ChartCanvas.Colour(line.Series, Tone.Neutral)}{(line.HasPoints ? "" : " fit")}";

    private static bool IsDrawn(Point point) => ChartScale.IsDrawable(point.X) && ChartScale.IsDrawable(point.Y);

    private double X(double value) => left + (x.At(value) * (right - left));

    private double Y(double value) => bottom - (y.At(value) * (bottom - top));

    private (double X, double Y) At(Point point) => (X(point.X), Y(point.Y));

    private XElement Draw(string id, string className)
    {
        Axes();
        labels.Draw(canvas, top - 4, bottom);
        var across = chart.Marks.Where(mark => !mark.IsVertical && ChartScale.IsDrawable(mark.Value)).ToArray();
        foreach (var mark in across)
            canvas.Line($"mark {ChartCanvas.ClassOf(mark.Tone)}", left, Y(mark.Value), right, Y(mark.Value));
        foreach (var line in chart.Lines.Reverse())
            Draw(line);
        Name(across);
        Targets();
        return canvas.Render(id, className, bottom + BelowPlot, chart);
    }

    private void Axes()
    {
        canvas.Text("axis", 0, ChartCanvas.TextSize, PlainText.Line(chart.Y.Title));
        foreach (var tick in y.Ticks)
        {
            canvas.Line("grid", left, Y(tick.Value), right, Y(tick.Value));
            canvas.Text("tick end", left - 8, Y(tick.Value) + 4, ChartCanvas.Cut(PlainText.Line(tick.Label), left));
        }

        canvas.Line("base", left, bottom, right, bottom);
        canvas.Ticks(x, X, bottom);
        canvas.Text("axis middle", (left + right) / 2, bottom + BelowPlot - 5, PlainText.Line(chart.X.Title));
    }

    private void Draw(Line line)
    {
        foreach (var stretch in line.HasLine ? Stretches(line.Points) : [])
            canvas.Path(ClassOf(line), stretch.Select(At));
        var isDense = line.HasLine && line.Points.Length > MostMarkers;
        foreach (var point in line.HasPoints ? line.Points.Where(IsDrawn) : [])
        {
            if (!isDense || point.Tone != Tone.Neutral)
                canvas.Add(ChartCanvas.MarkerOf(X(point.X), Y(point.Y), line.Series, point.Tone));
        }
    }

    /// <summary>The points that follow each other without a gap, where there are at least two.</summary>
    private static List<ImmutableArray<Point>> Stretches(ImmutableArray<Point> points)
    {
        var stretches = new List<ImmutableArray<Point>>();
        for (var first = 0; first < points.Length; first++)
        {
            ImmutableArray<Point> stretch = [.. points.Skip(first).TakeWhile(IsDrawn)];
            if (stretch.Length > 1)
                stretches.Add(stretch);
            first += stretch.Length;
        }

        return stretches;
    }

    /// <summary>The names of the values that are marked across, each where it covers the least.</summary>
    private void Name(Mark[] marks)
    {
        var obstacles = chart.Lines.SelectMany(Traces).ToList();
        var taken = new List<Place>();
        foreach (var mark in marks)
        {
            var text = ChartCanvas.Cut(PlainText.Line(mark.Label), right - left);
            var width = ChartCanvas.BoldWidthOf(text);
            var places =
                from at in new[] { right - width, left + 4, (left + right - width) / 2 }
                from baseline in new[] { Y(mark.Value) - 5, Y(mark.Value) + ChartCanvas.TextSize + 2 }
                where baseline > top + 4 && baseline < bottom
                select new Place(at, baseline, width);
            var best = places.DefaultIfEmpty(new(right - width, Y(mark.Value) - 5, width))
                .MinBy(place => obstacles.Count(place.Covers) + (1000 * taken.Count(place.Meets)))!;
            taken.Add(best);
            canvas.Text("mark-name middle " + ChartCanvas.ClassOf(mark.Tone), best.X + (best.Width / 2), best.Y, text);
        }
    }

    private IEnumerable<(double X, double Y)> Traces(Line line)
    {
        (double X, double Y)? before = null;
        foreach (var at in line.Points.Where(IsDrawn).Select(At))
        {
            if (before is { } last && line.HasLine)
            {
                var steps = Math.Min(100, (int)(Math.Abs(at.X - last.X) / 10));
                for (var step = 1; step < steps; step++)
                    yield return (last.X + ((at.X - last.X) * step / steps), last.Y + ((at.Y - last.Y) * step / steps));
            }

            yield return at;
            before = at;
        }
    }

    /// <summary>
    /// What is said at each value of the horizontal axis: from halfway to the one before to halfway to the next.
    /// </summary>
    private void Targets()
    {
        var columns = (
            from line in chart.Lines
            from point in line.Points
            where IsDrawn(point) && point.Label.Length > 0
            group (line.Series, Point: point) by point.X into column
            orderby column.Key
            select column).ToArray();
        for (var index = 0; index < columns.Length; index++)
        {
            var at = X(columns[index].Key);
            var from = index == 0 ? left : (X(columns[index - 1].Key) + at) / 2;
            var to = index == columns.Length - 1 ? right + RightEdge : (at + X(columns[index + 1].Key)) / 2;
            canvas.Target(
                (from, top, to - from, bottom - top),
                [.. columns[index].Select(point => PlainText.Line(point.Point.Label)).Distinct(StringComparer.Ordinal)],
                (at + 12, top + 2),
                columns.Length <= MostStops,
                [
                    ChartCanvas.Segment("guide", at, top, at, bottom),
                    .. columns[index].Select(one => ChartCanvas.Ring(at, Y(one.Point.Y), one.Series, one.Point.Tone)),
                ]);
        }
    }

    /// <summary>Where a name can stand: its left end, and its baseline.</summary>
    private sealed record Place(double X, double Y, double Width)
    {
        internal bool Covers((double X, double Y) point) =>
            point.X > X - 6 && point.X < X + Width + 6 && point.Y > Y - ChartCanvas.TextSize - 4 && point.Y < Y + 7;

        internal bool Meets(Place other) => X < other.X + other.Width + 4 && other.X < X + Width + 4
            && Math.Abs(Y - other.Y) < ChartCanvas.LineHeight - 2;
    }
}
