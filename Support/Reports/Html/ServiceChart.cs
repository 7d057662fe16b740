using System.Collections.Immutable;
using System.Xml.Linq;
using Support.Ecs;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>Processor and memory of the service, minute by minute; a minute without a value is a gap.</summary>
internal static class ServiceChart
{
    private const string Id = "utilization";
    private const string Title = "Processor and memory of the service";

    /// <summary>Null where no minute of either is known.</summary>
    internal static XElement? Of(ServiceMetrics service)
    {
        ImmutableArray<ServiceMetric> drawn = [.. service.Metrics.Where(metric => metric.Unit == "Percent" && !metric.Points.IsEmpty)];
        if (drawn.IsEmpty || service.Minutes < 1)
            return null;

        var threshold = drawn.Max(metric => metric.Threshold);
        var canvas = new ChartCanvas("percent", Scale.Linear([100, .. drawn.Select(metric => metric.Greatest!.Value)]), ChartCanvas.Compact);
        for (var number = 0; number < drawn.Length; number++)
            Draw(canvas, service, drawn[number], number);
        if (threshold is { } limit)
            canvas.Line("threshold", ChartCanvas.Left, canvas.Y(limit), ChartCanvas.Right, canvas.Y(limit));
        canvas.Categories([.. Enumerable.Range(0, service.Minutes).Select(minute => ServiceWords.Minute(service.From.AddMinutes(minute)))], "minute (UTC)");
        return ChartCard.Of(
            Id,
            Title,
            string.Join("; ", drawn.Select(metric => $"{ServiceWords.Name(metric)}: at most {ServiceWords.Greatest(metric)}")) + ".",
            canvas,
            "Of what the service's tasks reserve, by minute; the dashed line is the threshold.",
            [.. drawn.Select((metric, number) => Marker.Legend(Marker.Shapes[number % 4], $"dot c{number + 1}", ServiceWords.Name(metric)))]);
    }

    // Neighbours are joined, and nothing is drawn across a minute that is not there.
    private static void Draw(ChartCanvas canvas, ServiceMetrics service, ServiceMetric metric, int number)
    {
        var colour = $"c{number + 1}";
        (int Minute, double X, double Y)? before = null;
        foreach (var point in metric.Points)
        {
            var minute = (int)Math.Round((point.At - service.From).TotalMinutes);
            var (x, y) = (ChartCanvas.X(minute, service.Minutes), canvas.Y(point.Value));
            if (before is { } last && last.Minute == minute - 1)
                canvas.Path($"series {colour}", [(last.X, last.Y), (x, y)]);
            canvas.Mark(Marker.Shapes[number % 4], $"dot {colour}", x, y);
            before = (minute, x, y);
        }
    }
}
