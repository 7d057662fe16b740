using System.Text.Json;
using Support.Ecs;

namespace Support.Reports;

/// <summary>What CloudWatch says of the service, and what became of the evidence elsewhere, in <c>capacity.json</c>.</summary>
internal static class JsonService
{
    internal static void Write(Utf8JsonWriter json, CapacityReport report)
    {
        WriteService(json, report.Service);
        json.List("publications", report.Publications, publication =>
        {
            json.WriteStartObject();
            json.WriteString("name", publication.Name);
            json.Word("outcome", publication.Outcome);
            json.WriteString("where", publication.Where);
            json.WriteString("detail", publication.Detail);
            json.WriteString("next", publication.Next);
            json.WriteEndObject();
        });
    }

    private static void WriteService(Utf8JsonWriter json, ServiceMetrics? service)
    {
        if (service is null)
        {
            json.WriteNull("service");
            return;
        }

        json.WriteStartObject("service");
        json.WriteString("service", service.Service);
        json.WriteString("loadBalancer", service.LoadBalancer);
        json.Instant("from", service.From);
        json.Instant("until", service.Until);
        json.WriteString("problem", service.Problem);
        json.List("metrics", service.Metrics, metric => WriteMetric(json, metric));
        json.WriteEndObject();
    }

    private static void WriteMetric(Utf8JsonWriter json, ServiceMetric metric)
    {
        json.WriteStartObject();
        json.WriteString("name", metric.Name);
        json.WriteString("statistic", metric.Statistic);
        json.WriteString("unit", metric.Unit);
        json.Number("threshold", metric.Threshold);
        json.Number("greatest", metric.Greatest);
        if (metric.IsOver is { } over)
            json.WriteBoolean("over", over);
        else
            json.WriteNull("over");
        json.WriteBoolean("everyMinute", metric.EveryMinute);
        json.WriteString("note", metric.Note);
        json.WriteString("problem", metric.Problem);
        json.List("points", metric.Points, point =>
        {
            json.WriteStartObject();
            json.Instant("at", point.At);
            json.Number("value", point.Value);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }
}
