using System.Text.Json.Nodes;

namespace Support.Plan.Scaling;

/// <summary>The scalable target and its policies (Application Auto Scaling API reference, RegisterScalableTarget and PutScalingPolicy). Pure.</summary>
internal sealed class ScalingPolicies(ScalingFigures figures, ScalingNames names)
{
    /// <summary>Seconds after a scale-out before the next one: a task that starts takes about that long to count.</summary>
    public const int ScaleOutCooldown = 60;

    /// <summary>Seconds between two scale-ins, ECS's default: each of them cuts connections.</summary>
    public const int ScaleInCooldown = 300;

    /// <summary>The name of the policy on connections.</summary>
    public const string ConnectionsName = "websocket-connections-per-task";

    /// <summary>The name of the policy on the handshake's time.</summary>
    public const string ResponseTimeName = "websocket-response-time";

    /// <summary>The name of the policy on the echo time.</summary>
    public const string EchoTimeName = "websocket-echo-time";

    /// <summary>What of a service is scaled.</summary>
    public const string Dimension = "ecs:service:DesiredCount";

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
        ConnectionsName, figures.TargetPerTask, new() { ["Metrics"] = metrics.PerTask(isFilled: true, period: null) }, disableScaleIn: false);

    /// <summary>Starts tasks while upgrades are answered late; applied only where asked for. It never ends one: without upgrades it has no data, and would hold up the other policy.</summary>
    public JsonObject ResponseTime() => Policy(
        ResponseTimeName, figures.ResponseTime.TotalSeconds, Averaged(metrics.ResponseTime()), disableScaleIn: true);

    /// <summary>The same while pings are answered late.</summary>
    public JsonObject EchoTime()
    {
        var metric = Averaged(metrics.EchoTime());
        metric["Unit"] = EchoMetric.Unit;
        return Policy(EchoTimeName, figures.ResponseTime.TotalMilliseconds, metric, disableScaleIn: true);
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
