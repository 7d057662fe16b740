using System.Xml.Linq;
using Support.Measuring;

namespace Support.Reports.Html;

/// <summary>How long a connection took to open, by step.</summary>
internal static class LatencyChart
{
    private const string Id = "latency";
    private const string Title = "Time to connect";

    private static readonly (string Name, Func<LatencySummary, double> Value)[] Series =
    [
        ("p50, the median", latency => latency.P50),
        ("p95", latency => latency.P95),
        ("p99", latency => latency.P99),
        ("slowest", latency => latency.Max),
    ];

    internal static XElement Of(CapacityReport report)
    {
        var steps = report.Steps;
        Point[] known =
        [
            .. steps.Select((step, index) => (Index: index, step.Sessions, Latency: step.Result?.ConnectMilliseconds))
                .Where(step => step.Latency is not null)
                .Select(step => new Point(step.Index, step.Sessions, step.Latency!)),
        ];
        if (known.Length == 0)
            return ChartCard.Empty(Id, Title, "No connection was opened, so there is no time to show.");

        var values = known.SelectMany(step => Series.Select(series => series.Value(step.Latency)));
        var canvas = new ChartCanvas("milliseconds", Scale.Log(values), ChartCanvas.Compact);
        for (var number = Series.Length - 1; number >= 0; number--)
        {
            var colour = $"c{number + 1}";
            var value = Series[number].Value;
            var points = known.Select(step => (X: ChartCanvas.X(step.Index, steps.Length), Y: canvas.Y(value(step.Latency)))).ToArray();
            canvas.Path($"series {colour}", points);
            foreach (var (x, y) in points)
                canvas.Mark(Marker.Shapes[number], $"dot {colour}", x, y);
        }

        canvas.Categories([.. steps.Select(step => step.Sessions)]);
        return ChartCard.Of(
            Id,
            Title,
            Sentence(known[0], known[^1]),
            canvas,
            "Name, TCP, TLS and upgrade together, in milliseconds; the vertical axis is logarithmic.",
            [.. Series.Select((series, number) => Marker.Legend(Marker.Shapes[number], $"dot c{number + 1}", series.Name))]);
    }

    private static string Sentence(Point first, Point last) => first.Index == last.Index ? $"{At(first)}." : $"{At(first)}; {At(last)}.";

    private static string At(Point step) =>
        $"{Words.Milliseconds(step.Latency.P50)} ms median and {Words.Milliseconds(step.Latency.P99)} ms at the 99th percentile "
            + $"in the step of {Words.Count(step.Sessions)}";

    private sealed record Point(int Index, int Sessions, LatencySummary Latency);
}
