using System.Xml.Linq;
using Support.Verdict;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>What each held connection adds to memory: the points, and the line through them.</summary>
internal static class MemoryChart
{
    private const string Id = "memory";
    private const string Title = "Memory against connections";

    internal static XElement Of(CapacityReport report)
    {
        var slopes = report.MemorySlopes;
        if (slopes.Length == 0)
            return ChartCard.Empty(Id, Title, $"No line is drawn: that takes at least {MemoryFit.LeastCounts} steps that held different counts.");

        var growth = slopes.SelectMany(slope => slope.Points.Select(point => Growth(slope, point))).ToArray();
        var most = slopes.SelectMany(slope => slope.Points).Max(point => point.Held);
        var (unit, name) = growth.Max(Math.Abs) < 1024 * 1024 ? (1024.0, "KiB") : (1024.0 * 1024, "MiB");
        var canvas = new ChartCanvas($"{name} more than at none", Scale.Linear(growth.Select(bytes => bytes / unit)), ChartCanvas.Compact);
        var horizontal = Scale.Linear([most]);
        double X(double held) => ChartCanvas.Left + (horizontal.At(held) * (ChartCanvas.Right - ChartCanvas.Left - 12));

        foreach (var tick in horizontal.Ticks)
            canvas.Text("tick middle", X(tick), ChartCanvas.Bottom + 19, ChartCanvas.Compact(tick));
        canvas.Text("axis middle", (ChartCanvas.Left + ChartCanvas.Right) / 2, ChartCanvas.AxisLine, "connections held");
        for (var number = 0; number < slopes.Length; number++)
        {
            var slope = slopes[number];
            canvas.Line($"series fit c{number + 1}", X(0), canvas.Y(0), X(most), canvas.Y(slope.BytesPerConnection * most / unit));
            foreach (var point in slope.Points)
                canvas.Mark(Marker.Shapes[number % 4], $"dot c{number + 1}", X(point.Held), canvas.Y(Growth(slope, point) / unit));
        }

        return ChartCard.Of(
            Id,
            Title,
            "What held connections add over what there is at none. Both axes are linear, so a constant cost a connection is a straight line.",
            canvas,
            string.Join(" ", slopes.Select(slope => MemoryWords.Of(slope) + ".")),
            [.. slopes.Select(Entry)]);
    }

    private static double Growth(MemorySlope slope, MemoryPoint point) => point.Bytes - (slope.InterceptBytes * point.Processes);

    private static XElement Entry(MemorySlope slope, int number) => Marker.Legend(
        Marker.Shapes[number % 4],
        $"dot c{number + 1}",
        Tag("strong", "", $"{slope.Of}: {Words.Bytes(slope.BytesPerConnection)} a connection"),
        $" {MemoryWords.Interval(slope)}, over {Words.Bytes(slope.InterceptBytes)} at none (R² {MemoryWords.R2(slope.RSquared)})",
        MemoryWords.Warning(slope) is { } warning ? Tag("strong", "warning", $" {warning}.") : null);
}
