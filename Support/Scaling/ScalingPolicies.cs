using System.Text.Json.Nodes;

namespace Support.Scaling;

/// <summary>The scalable target and its policies (Application Auto Scaling API reference, RegisterScalableTarget and PutScalingPolicy). Pure.</summary>
internal sealed class ScalingPolicies(ScalingFigures figures, ScalingNames names)
{
    /// <summary>
    /// A connection through the load balancer is two for it, the client's and the target's. Minutes without data get the value before them, as
    /// the Application Auto Scaling guide has it for a sparse metric: with 0 for them, a last minute that is only late would never let it scale out.
    /// </summary>
    public const string PerTask = "FILL(connections, REPEAT) / 2 / tasks";

    /// <summary>Seconds after a scale-out before the next one: a task that starts takes about that long to count.</summary>
    public const int ScaleOutCooldown = 60;

    /// <summary>Seconds between two scale-ins, ECS's default: each of them cuts connections.</summary>
    public const int ScaleInCooldown = 300;

    /// <summary>The name of the policy on connections.</summary>
    public const string ConnectionsName = "websocket-connections-per-task";

    private const string Dimension = "ecs:service:DesiredCount";

    private readonly ScalingMetrics metrics = new(names);

    /// <summary>How many tasks scaling may leave and start.</summary>
    public JsonObject Target() => new()
    {
        ["ServiceNamespace"] = "ecs",
        ["ResourceId"] = names.Path("service"),
        ["ScalableDimension"] = Dimension,
        ["MinCapacity"] = figures.Minimum,
        ["MaxCapacity"] = figures.Maximum,
    };

    /// <summary>Keeps connections of a task at the plan's.</summary>
    public JsonObject Connections() => Policy(
        ConnectionsName, figures.TargetPerTask, new() { ["Metrics"] = metrics.PerTask(PerTask, period: null) }, disableScaleIn: false);

    /// <summary>Starts tasks while upgrades are answered late. It never ends one: without upgrades it has no data, and would hold up the other policy.</summary>
    public JsonObject ResponseTime() => Policy(
        "websocket-response-time", figures.ResponseTime.TotalSeconds, Averaged(metrics.ResponseTime()), disableScaleIn: true);

    /// <summary>The same while pings are answered late.</summary>
    public JsonObject EchoTime()
    {
        var metric = Averaged(metrics.EchoTime());
        metric["Unit"] = EchoMetric.Unit;
        return Policy("websocket-echo-time", figures.ResponseTime.TotalMilliseconds, metric, disableScaleIn: true);
    }

    private static JsonObject Averaged(JsonObject metric)
    {
        metric["Statistic"] = "Average";
        return metric;
    }

    private JsonObject Policy(string name, double target, JsonObject metric, bool disableScaleIn) => new()
    {
        ["PolicyName"] = name,
        ["ServiceNamespace"] = "ecs",
        ["ResourceId"] = names.Path("service"),
        ["ScalableDimension"] = Dimension,
        ["PolicyType"] = "TargetTrackingScaling",
        ["TargetTrackingScalingPolicyConfiguration"] = new JsonObject
        {
            ["TargetValue"] = target,
            ["CustomizedMetricSpecification"] = metric,
            ["ScaleOutCooldown"] = ScaleOutCooldown,
            ["ScaleInCooldown"] = ScaleInCooldown,
            ["DisableScaleIn"] = disableScaleIn,
        },
    };
}
