using System.Text.Json.Nodes;

namespace Support.Scaling;

/// <summary>The metrics that policies and alarms look at (load balancer guide, "CloudWatch metrics for your Application Load Balancer"; CloudWatch guide, "Amazon ECS Container Insights metrics").</summary>
internal sealed class ScalingMetrics(ScalingNames names)
{
    /// <summary>The id of the result in <see cref="PerTask"/>.</summary>
    public const string Result = "perTask";

    private const string LoadBalancers = "AWS/ApplicationELB";
    private const string Insights = "ECS/ContainerInsights";

    /// <summary>Connections of both sides of the load balancer; no data where there are none. To be summed up.</summary>
    public JsonObject Connections() => Metric(LoadBalancers, "ActiveConnectionCount", [LoadBalancer()]);

    /// <summary>Connections that the load balancer had no room for; no data where there are none. To be summed up.</summary>
    public JsonObject Rejected() => Metric(LoadBalancers, "RejectedConnectionCount", [LoadBalancer()]);

    /// <summary>Seconds until the target began to answer: of a WebSocket, the upgrade and nothing after it. No data where nothing was answered.</summary>
    public JsonObject ResponseTime() => Metric(
        LoadBalancers, "TargetResponseTime", names.HasTargetGroup ? [Dimension("TargetGroup", names.Of(ScalingNames.TargetGroup)), LoadBalancer()] : [LoadBalancer()]);

    /// <summary>Milliseconds from ping to pong, published by this suite.</summary>
    public JsonObject EchoTime() => Metric(
        names.Namespace,
        EchoMetric.Name,
        [
            Dimension(EchoMetric.ClusterDimension, names.Of(ScalingNames.Cluster)),
            Dimension(EchoMetric.ServiceDimension, names.Of(ScalingNames.Service)),
            .. names.OtherDimensions.Select(other => Dimension(other.Key, other.Value)),
        ]);

    /// <summary>Tasks that run; needs Container Insights.</summary>
    public JsonObject RunningTasks() => Metric(Insights, "RunningTaskCount", OfService());

    /// <summary>Tasks that are wanted; needs Container Insights. Unlike those that run, a deployment does not double them.</summary>
    public JsonObject DesiredTasks() => Metric(Insights, "DesiredTaskCount", OfService());

    /// <summary>Connections of a task, as three queries.</summary>
    /// <param name="expression">The arithmetic on <c>connections</c> and <c>tasks</c>.</param>
    /// <param name="period">Seconds; null for a policy, which has none.</param>
    public JsonArray PerTask(string expression, int? period) =>
    [
        Query("connections", "Connections, both sides of the load balancer", Connections(), "Sum", period),
        Query("tasks", "Running tasks", RunningTasks(), "Average", period),
        new JsonObject { ["Id"] = Result, ["Label"] = "Connections of a task", ["Expression"] = expression, ["ReturnData"] = true },
    ];

    private static JsonObject Query(string id, string label, JsonObject metric, string statistic, int? period)
    {
        var stat = new JsonObject { ["Metric"] = metric, ["Stat"] = statistic };
        if (period is { } seconds)
            stat.Insert(1, "Period", seconds);
        return new() { ["Id"] = id, ["Label"] = label, ["MetricStat"] = stat, ["ReturnData"] = false };
    }

    private static JsonObject Metric(string space, string name, JsonArray dimensions) =>
        new() { ["Namespace"] = space, ["MetricName"] = name, ["Dimensions"] = dimensions };

    private JsonObject LoadBalancer() => Dimension("LoadBalancer", names.Of(ScalingNames.LoadBalancer));

    private JsonArray OfService() =>
        [Dimension("ClusterName", names.Of(ScalingNames.Cluster)), Dimension("ServiceName", names.Of(ScalingNames.Service))];

    private static JsonObject Dimension(string name, JsonNode value) => new() { ["Name"] = name, ["Value"] = value };
}
