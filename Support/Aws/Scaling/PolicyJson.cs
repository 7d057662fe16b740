using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.ApplicationAutoScaling.Model;

namespace Support.Aws.Scaling;

/// <summary>Writes the configuration of a policy as the aws CLI takes it. Whatever is null is left out.</summary>
internal static class PolicyJson
{
    /// <summary>One line, and nothing escaped that JSON does not want escaped: it is for a person to copy.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The configuration as JSON in one line.</summary>
    public static string Of(TargetTrackingScalingPolicyConfiguration configuration) => Members(
        ("TargetValue", configuration.TargetValue),
        ("PredefinedMetricSpecification", configuration.PredefinedMetricSpecification is { } predefined
            ? Members(("PredefinedMetricType", predefined.PredefinedMetricType?.Value), ("ResourceLabel", predefined.ResourceLabel))
            : null),
        ("CustomizedMetricSpecification", configuration.CustomizedMetricSpecification is { } customized ? Customized(customized) : null),
        ("ScaleOutCooldown", configuration.ScaleOutCooldown),
        ("ScaleInCooldown", configuration.ScaleInCooldown),
        ("DisableScaleIn", configuration.DisableScaleIn)).ToJsonString(Plain);

    private static JsonObject Customized(CustomizedMetricSpecification metric) => Members(
        ("MetricName", metric.MetricName),
        ("Namespace", metric.Namespace),
        ("Dimensions", List(metric.Dimensions, dimension => Members(("Name", dimension.Name), ("Value", dimension.Value)))),
        ("Statistic", metric.Statistic?.Value),
        ("Unit", metric.Unit),
        ("Metrics", List(metric.Metrics, Query)));

    private static JsonObject Query(TargetTrackingMetricDataQuery query) => Members(
        ("Id", query.Id),
        ("Label", query.Label),
        ("Expression", query.Expression),
        ("MetricStat", query.MetricStat is { } stat ? Members(("Metric", Metric(stat.Metric)), ("Stat", stat.Stat), ("Unit", stat.Unit)) : null),
        ("ReturnData", query.ReturnData));

    private static JsonObject? Metric(TargetTrackingMetric? metric) => metric is null ? null : Members(
        ("Namespace", metric.Namespace),
        ("MetricName", metric.MetricName),
        ("Dimensions", List(metric.Dimensions, dimension => Members(("Name", dimension.Name), ("Value", dimension.Value)))));

    // An empty list says what none says, and the CLI refuses some that are empty.
    private static JsonArray? List<T>(List<T>? list, Func<T, JsonObject> write) => list is null or [] ? null : new JsonArray([.. list.Select(write)]);

    private static JsonObject Members(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));
}
