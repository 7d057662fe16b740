using System.Globalization;
using System.Text.Json.Nodes;

namespace Support.Plan.Scaling;

/// <summary>The metrics that policies and alarms look at (load balancer guide, "CloudWatch metrics for your Application Load Balancer"; CloudWatch guide, "Amazon ECS Container Insights metrics").</summary>
internal sealed class ScalingMetrics(ScalingNames names)
{
    /// <summary>The id of the result in <see cref="PerTask"/>.</summary>
    public const string Result = "perTask";

    private const string LoadBalancers = "AWS/ApplicationELB";
    private const string RejectedCount = "RejectedConnectionCount";
    private const string Insights = "ECS/ContainerInsights";

    /// <summary>Whether there are several load balancers, whose metrics have to be summed up.</summary>
    public bool HasSeveral => names.LoadBalancers.Length > 1;

    /// <summary>Connections that the only load balancer had no room for; no data where there are none. To be summed up over time.</summary>
    public JsonObject Rejected() => Metric(LoadBalancers, RejectedCount, [LoadBalancer(ScalingNames.LoadBalancer)]);

    /// <summary>The same of several: a query for each, and their sum. One without data rejected nothing.</summary>
    /// <param name="period">Seconds.</param>
    public JsonArray RejectedOfAll(int period) =>
    [
        .. Queries("rejected", "Rejected connections", RejectedCount, period),
        Outcome("rejectedOfAll", "Rejected connections of all load balancers", string.Join(" + ", Ids("rejected").Select(id => $"FILL({id}, 0)"))),
    ];

    /// <summary>Seconds until the target began to answer: of a WebSocket, the upgrade and nothing after it. No data where nothing was answered.</summary>
    public JsonObject ResponseTime() => Metric(
        LoadBalancers, "TargetResponseTime", names.HasTargetGroup ? [Dimension("TargetGroup", names.Of(ScalingNames.TargetGroup)), LoadBalancer(ScalingNames.LoadBalancer)] : [LoadBalancer(ScalingNames.LoadBalancer)]);

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

    /// <summary>Connections of a task: a query for each load balancer, one for the tasks, and <see cref="Expression"/>. They count both sides of the load balancer.</summary>
    /// <param name="isFilled">As in <see cref="Expression"/>.</param>
    /// <param name="period">Seconds; null for a policy, which has none.</param>
    public JsonArray PerTask(bool isFilled, int? period) =>
    [
        .. Queries("connections", "Connections, both sides of the load balancer", "ActiveConnectionCount", period),
        Query("tasks", "Running tasks", RunningTasks(), "Average", period),
        Outcome(Result, "Connections of a task", Expression(names.LoadBalancers.Length, isFilled)),
    ];

    /// <summary>
    /// The arithmetic of connections of a task. A connection through a load balancer is two for it, the client's and the target's. A minute without
    /// data that is filled gets the value before it, as the Application Auto Scaling guide has it for a sparse metric: with 0 for it, a last minute that is
    /// only late would never let a policy scale out. Several load balancers are always filled, for one without data would take the sum away.
    /// </summary>
    /// <param name="balancers">Load balancers, at least one.</param>
    /// <param name="isFilled">Whether a minute without data is filled where there is one load balancer.</param>
    public static string Expression(int balancers, bool isFilled)
    {
        var terms = Ids("connections", balancers).Select(id => isFilled || balancers > 1 ? $"FILL({id}, REPEAT)" : id).ToArray();
        return $"{(terms.Length > 1 ? $"({string.Join(" + ", terms)})" : terms[0])} / 2 / tasks";
    }

    private JsonObject[] Queries(string id, string label, string metric, int? period) =>
    [
        .. names.LoadBalancers.Zip(Ids(id), (balancer, each) => Query(each, label, Metric(LoadBalancers, metric, [LoadBalancer(balancer)]), "Sum", period)),
    ];

    private IEnumerable<string> Ids(string first) => Ids(first, names.LoadBalancers.Length);

    private static IEnumerable<string> Ids(string first, int count) =>
        Enumerable.Range(1, count).Select(number => number == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}{number}"));

    private static JsonObject Outcome(string id, string label, string expression) =>
        new() { ["Id"] = id, ["Label"] = label, ["Expression"] = expression, ["ReturnData"] = true };

    private static JsonObject Query(string id, string label, JsonObject metric, string statistic, int? period)
    {
        var stat = new JsonObject { ["Metric"] = metric, ["Stat"] = statistic };
        if (period is { } seconds)
            stat.Insert(1, "Period", seconds);
        return new() { ["Id"] = id, ["Label"] = label, ["MetricStat"] = stat, ["ReturnData"] = false };
    }

    private static JsonObject Metric(string space, string name, JsonArray dimensions) =>
        new() { ["Namespace"] = space, ["MetricName"] = name, ["Dimensions"] = dimensions };

    private JsonObject LoadBalancer(string name) => Dimension("LoadBalancer", names.Of(name));

    private JsonArray OfService() =>
        [Dimension("ClusterName", names.Of(ScalingNames.Cluster)), Dimension("ServiceName", names.Of(ScalingNames.Service))];

    private static JsonObject Dimension(string name, JsonNode value) => new() { ["Name"] = name, ["Value"] = value };
}
