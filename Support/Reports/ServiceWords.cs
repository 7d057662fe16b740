using System.Globalization;
using Support.Ecs;

namespace Support.Reports;

/// <summary>What CloudWatch says of the service, and what became of the evidence elsewhere, in the words of every format.</summary>
internal static class ServiceWords
{
    /// <summary>As in <c>service prod/chat, load balancer app/my-alb/50dc6c495c0c9188, 09:30 to 09:33 UTC</c>.</summary>
    internal static string Window(ServiceMetrics service)
    {
        string?[] parts =
        [
            service.Service is { } name ? $"service {Words.OneLine(name)}" : null,
            service.LoadBalancer is { } loadBalancer ? $"load balancer {Words.OneLine(loadBalancer)}" : null,
            $"{Minute(service.From)} to {Minute(service.Until)} UTC",
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    /// <summary>As in <c>09:31</c>.</summary>
    internal static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Why nothing was read, or not everything.</summary>
    internal static string Problem(ServiceMetrics service, string problem) => $"{(service.IsRead ? "Not read again" : "Not read")}: {Words.OneLine(problem)}";

    /// <summary>As in <c>CPUUtilization, Average</c>.</summary>
    internal static string Name(ServiceMetric metric) => $"{Words.OneLine(metric.Name)}, {Words.OneLine(metric.Statistic)}";

    /// <summary>As in <c>62.4 %</c>, or "no data".</summary>
    internal static string Greatest(ServiceMetric metric) => metric.Greatest is { } greatest ? $"{Words.Number(greatest)} {Unit(metric)}".TrimEnd() : "no data";

    /// <summary>As in <c>below 80 %</c>; empty where there is none.</summary>
    internal static string Threshold(ServiceMetric metric) => metric.Threshold is { } threshold ? $"below {Words.Number(threshold)} {Unit(metric)}".TrimEnd() : "";

    /// <summary>The values by minute, as in <c>09:30 12.5, 09:31 62.4</c>.</summary>
    internal static string Minutes(ServiceMetric metric) => string.Join(", ", metric.Points.Select(point => $"{Minute(point.At)} {Words.Number(point.Value)}"));

    /// <summary>The note, and why the metric is not there.</summary>
    internal static string Note(ServiceMetric metric) => Words.OneLine(metric.Problem is { } problem ? $"{problem}. {metric.Note}" : metric.Note);

    /// <summary>Sign and words of a threshold.</summary>
    internal static (string Class, string Words) State(ServiceMetric metric) => metric.IsOver switch
    {
        true => ("bad", "✗ reached"),
        false => ("good", "✓ kept"),
        null => ("faint", metric.Threshold is null ? "" : "not known"),
    };

    /// <summary>Sign and words of an outcome.</summary>
    internal static (string Class, string Words) State(Publication publication) => publication.Outcome switch
    {
        PublicationOutcome.Published => ("good", "✓ published"),
        PublicationOutcome.HandedOn => ("faint", "– handed on"),
        _ => ("warn", "! not published"),
    };

    private static string Unit(ServiceMetric metric) => metric.Unit switch { "Percent" => "%", "Count" => "", "Seconds" => "s", var unit => Words.OneLine(unit) };
}
