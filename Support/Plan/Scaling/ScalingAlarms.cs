using System.Text.Json.Nodes;

namespace Support.Plan.Scaling;

/// <summary>The alarms (CloudWatch API reference, PutMetricAlarm). None has an action: whom to tell is not the plan's. Pure.</summary>
internal sealed class ScalingAlarms(ScalingFigures figures, ScalingNames names)
{
    /// <summary>The first part of every alarm's name; what it watches, cluster and service follow.</summary>
    public const string Prefix = "websocket-";

    private const int Minute = 60;
    private const string Good = "notBreaching";

    private readonly ScalingMetrics metrics = new(names);

    /// <summary>The average task above its safe limit, three minutes long. Nothing is filled: an alarm knows itself what to make of a minute without data.</summary>
    public JsonObject Connections()
    {
        var alarm = Alarm("connections", Say(
            $"The average over all tasks was above {figures.SafeLimit:N0} connections, the measured safe limit of one, for 3 minutes; single tasks are probably well above. Look at the service's scaling activities and at its maximum of tasks. New tasks relieve full ones only as clients reconnect."));
        alarm["Metrics"] = metrics.PerTask(isFilled: false, Minute);
        return Above(alarm, figures.SafeLimit, "GreaterThanThreshold", minutes: 3, Good);
    }

    /// <summary>Upgrades answered late, three minutes long.</summary>
    public JsonObject ResponseTime() => Above(
        Of("response-time", metrics.ResponseTime(), "Average", Say(
            $"Upgrades took longer than {figures.ResponseTime.TotalSeconds} s on average for 3 minutes. For WebSockets this metric is the handshake alone, not messages: look at the CPU of the tasks and at their accept queue, or scale out.")),
        figures.ResponseTime.TotalSeconds, "GreaterThanThreshold", minutes: 3, Good);

    /// <summary>Pings answered late, three minutes long. Without data nothing is known, and the alarm says so.</summary>
    public JsonObject EchoTime()
    {
        var alarm = Of("echo-time", metrics.EchoTime(), "Average", Say(
            $"Ping to pong took longer than {figures.ResponseTime.TotalMilliseconds} ms on average for 3 minutes: look at the CPU of the tasks, or scale out. It needs a value each minute from a run of the suite that holds a few connections, as README.md says; INSUFFICIENT_DATA: that run does not come, or its dimensions (cluster, service, task size, profile) are not exactly these."));
        alarm["Unit"] = EchoMetric.Unit;
        return Above(alarm, figures.ResponseTime.TotalMilliseconds, "GreaterThanThreshold", minutes: 3, "missing");
    }

    /// <summary>The load balancer had no room.</summary>
    public JsonObject Rejected()
    {
        const string name = "rejected";
        const string description = "A load balancer reached its own maximum and rejected connections. More tasks do not help: add a load balancer, or ask AWS for more capacity units (LCU reservation).";
        var alarm = metrics.HasSeveral ? Alarm(name, description) : Of(name, metrics.Rejected(), "Sum", description);
        if (metrics.HasSeveral)
            alarm["Metrics"] = metrics.RejectedOfAll(Minute);
        return Above(alarm, 0, "GreaterThanThreshold", minutes: 1, Good);
    }

    /// <summary>As many tasks are wanted as scaling may start. No number stands in its text: commands.sh may keep a greater maximum.</summary>
    public JsonObject AtMaximum() => Above(
        Of("at-maximum", metrics.DesiredTasks(), "Maximum",
            "The service is at its maximum of tasks: scaling can start no more. Plan for more connections (Plan.TargetConnections) and register the scalable target again."),
        figures.Maximum, "GreaterThanOrEqualToThreshold", minutes: 3, Good);

    private static JsonObject Above(JsonObject alarm, double threshold, string comparison, int minutes, string missing)
    {
        alarm["EvaluationPeriods"] = minutes;
        alarm["DatapointsToAlarm"] = minutes;
        alarm["Threshold"] = threshold;
        alarm["ComparisonOperator"] = comparison;
        alarm["TreatMissingData"] = missing;
        return alarm;
    }

    private JsonObject Of(string name, JsonObject metric, string statistic, string description)
    {
        var alarm = Alarm(name, description);
        foreach (var (key, value) in metric.ToArray())
            alarm[key] = value!.DeepClone();
        alarm["Statistic"] = statistic;
        alarm["Period"] = Minute;
        return alarm;
    }

    private JsonObject Alarm(string name, string description)
    {
        var alarm = new JsonObject { ["AlarmDescription"] = description };
        if (names.Alarm(Prefix + name) is { } full)
            alarm.Insert(0, "AlarmName", full);
        return alarm;
    }
}
