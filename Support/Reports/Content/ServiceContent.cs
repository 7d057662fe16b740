using System.Collections.Immutable;
using Support.Ecs;
using Support.Reports.Documents;
using static Support.Reports.Content.Numbers;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>What CloudWatch says of the service under test, and what was published where.</summary>
internal static class ServiceContent
{
    /// <summary>The metrics; nothing where no service was named.</summary>
    internal static IEnumerable<Block> Of(ServiceMetrics? service)
    {
        if (service is null)
            yield break;
        yield return new Block.Paragraph($"{Phrases.Capital(Window(service))}.");
        if (service.Problem is { } problem)
            yield return new Block.Callout(Tone.Warning,
                $"{(service.IsRead ? "Not read again" : "Not read")}: {problem}");
        if (!service.IsRead)
            yield break;
        if (Chart(service) is { } chart)
            yield return new Block.Picture(chart);
        yield return new Block.Table(
            [.. Words("Metric"), .. Counts("Highest"), .. Words("Threshold", "Outcome", "By minute (UTC)", "Note")],
            [
                .. service.Metrics.Select(metric => Row(
                    ToneOf(metric), Name(metric), Highest(metric), Threshold(metric), Outcome(metric),
                    string.Join(", ", metric.Points.Select(point => $"{Minute(point.At)} {Number(point.Value)}")),
                    metric.Problem is { } why ? $"{why}. {metric.Note}" : metric.Note)),
            ],
            "Metrics of the service");
    }

    /// <summary>What was published; nothing where nothing was to be.</summary>
    internal static IEnumerable<Block> Published(ImmutableArray<Publication> publications) =>
        publications.IsDefaultOrEmpty
        ? []
        :
        [
            new Block.Table(
                Words("What", "Outcome", "Where", "Detail", "Next"),
                [
                    .. publications.Select(one => Row(
                        ToneOf(one.Outcome), one.Name, Outcome(one.Outcome), one.Where, one.Detail,
                            Phrases.Next(one.Next))),
                ],
                "What was published"),
        ];

    /// <summary>
    /// As in <c>service prod/chat, load balancer app/my-alb/50dc6c495c0c9188, 09:30 to 09:33 UTC</c>.
    /// </summary>
    internal static string Window(ServiceMetrics service)
    {
        string?[] parts =
        [
            service.Service is { } name ? $"service {name}" : null,
            service.LoadBalancer is { } loadBalancer ? $"load balancer {loadBalancer}" : null,
            $"{Minute(service.From)} to {Minute(service.Until)} UTC",
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    internal static string Name(ServiceMetric metric) => $"{metric.Name}, {metric.Statistic}";

    /// <summary>As in <c>62.4 %</c>, or "no data".</summary>
    internal static string Highest(ServiceMetric metric) =>
        metric.Greatest is { } greatest ? $"{Number(greatest)} {Unit(metric)}".TrimEnd() : "no data";

    /// <summary>As in <c>below 80 %</c>; empty where there is none.</summary>
    internal static string Threshold(ServiceMetric metric) =>
        metric.Threshold is { } threshold ? $"below {Number(threshold)} {Unit(metric)}".TrimEnd() : "";

    internal static Tone ToneOf(ServiceMetric metric) => (metric.IsOver, metric.Threshold) switch
    {
        (true, _) => Tone.Bad,
        (false, _) => Tone.Good,
        (null, { }) => Tone.Skipped,
        _ => Tone.Neutral,
    };

    internal static Tone ToneOf(PublicationOutcome outcome) => outcome switch
    {
        PublicationOutcome.Published => Tone.Good,
        PublicationOutcome.HandedOn => Tone.Skipped,
        _ => Tone.Warning,
    };

    internal static string Outcome(PublicationOutcome outcome) => outcome switch
    {
        PublicationOutcome.Published => "published",
        PublicationOutcome.HandedOn => "queued",
        _ => "not published",
    };

    private static string Outcome(ServiceMetric metric) => (metric.IsOver, metric.Threshold) switch
    {
        (true, _) => "reached",
        (false, _) => "not reached",
        (null, { }) => "not known",
        _ => "",
    };

    private static string Unit(ServiceMetric metric) =>
        metric.Unit switch { "Percent" => "%", "Count" => "", "Seconds" => "s", var unit => unit };

    // A minute without a value is a gap.
    private static LineChart? Chart(ServiceMetrics service)
    {
        ImmutableArray<ServiceMetric> drawn =
            [.. service.Metrics.Where(metric => metric.Unit == "Percent" && !metric.Points.IsEmpty)];
        if (drawn.IsEmpty || service.Minutes < 1)
            return null;
        double Since(MetricPoint point) => Math.Round((point.At - service.From).TotalMinutes);
        Point At(ServiceMetric metric, int minute) =>
            metric.Points.FirstOrDefault(point => (int)Since(point) == minute) is { } known
            ? new(minute, known.Value, $"{Minute(known.At)}: {Name(metric)} {Number(known.Value)} %")
            : new(minute, double.NaN, "");
        return new(
            "CPU and memory of the service",
            $"{string.Join("; ", drawn.Select(metric => $"{Name(metric)}: at most {Highest(metric)}"))}.",
            new("minute (UTC)") { Ticks = [.. Enumerable.Range(0, service.Minutes)
                .Select(minute => new Tick(minute, Minute(service.From.AddMinutes(minute))))] },
            new("% of what the tasks reserve", "%", Least: 0,
                Most: Math.Max(100, drawn.Max(metric => metric.Greatest ?? 0))),
            [.. drawn.Select((metric, series) =>
                new Line(Name(metric), [.. Enumerable.Range(0, service.Minutes).Select(minute => At(metric, minute))],
                series))])
        {
            Marks = drawn.Max(metric => metric.Threshold) is { } threshold
                ? [new Mark(threshold, $"threshold {Number(threshold)} %")] : [],
        };
    }
}
