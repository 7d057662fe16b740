using System.Globalization;
using System.Text.Json.Nodes;

namespace Support.Scaling;

/// <summary>The alarms (CloudWatch API reference, PutMetricAlarm). None has an action: whom to tell is not the plan's. Pure.</summary>
internal sealed class ScalingAlarms(ScalingFigures figures, ScalingNames names)
{
    /// <summary>The first part of every alarm's name; what it watches, cluster and service follow.</summary>
    public const string Prefix = "websocket-";

    /// <summary>No filling here: an alarm knows itself what to make of a minute without data.</summary>
    public const string PerTask = "connections / 2 / tasks";

    private const int Minute = 60;
    private const string Good = "notBreaching";

    private readonly ScalingMetrics metrics = new(names);

    /// <summary>A task above its safe limit, three minutes long.</summary>
    public JsonObject Connections()
    {
        var alarm = Alarm("connections", Say(
            $"A task carries more than {figures.SafeLimit:N0} connections, its measured safe limit, on average for 3 minutes. Scaling has not caught up: look at the service's scaling activities and its maximum of {figures.Maximum:N0} tasks. New tasks relieve full ones only as clients reconnect."));
        alarm["Metrics"] = metrics.PerTask(PerTask, Minute);
        return Above(alarm, figures.SafeLimit, "GreaterThanThreshold", minutes: 3, Good);
    }

    /// <summary>Upgrades answered late, three minutes long.</summary>
    public JsonObject ResponseTime() => Above(
        Of("response-time", metrics.ResponseTime(), "Average", Say(
            $"Upgrades take longer than {figures.ResponseTime.TotalSeconds} s on average for 3 minutes. For WebSockets this metric is the handshake alone, not messages: look at the CPU of the tasks and at their accept queue, or scale out.")),
        figures.ResponseTime.TotalSeconds, "GreaterThanThreshold", minutes: 3, Good);

    /// <summary>Pings answered late, three minutes long. Without data nothing is known, and the alarm says so.</summary>
    public JsonObject EchoTime()
    {
        var alarm = Of("echo-time", metrics.EchoTime(), "Average", Say(
            $"Ping to pong takes longer than {figures.ResponseTime.TotalMilliseconds} ms on average for 3 minutes: look at the CPU of the tasks, or scale out. INSUFFICIENT_DATA: the run of the suite that publishes the metric does not come."));
        alarm["Unit"] = EchoMetric.Unit;
        return Above(alarm, figures.ResponseTime.TotalMilliseconds, "GreaterThanThreshold", minutes: 3, "missing");
    }

    /// <summary>The load balancer had no room.</summary>
    public JsonObject Rejected() => Above(
        Of("rejected", metrics.Rejected(), "Sum", "The load balancer reached its own maximum and rejected connections. More tasks do not help: add a load balancer, or ask AWS for more capacity units (LCU reservation)."),
        0, "GreaterThanThreshold", minutes: 1, Good);

    /// <summary>As many tasks are wanted as scaling may start.</summary>
    public JsonObject AtMaximum() => Above(
        Of("at-maximum", metrics.DesiredTasks(), "Maximum", Say(
            $"The service is at {figures.Maximum:N0} tasks, the most that scaling may start. Plan for more connections (Plan.TargetConnections) and register the scalable target again.")),
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

    private JsonObject Alarm(string name, string description) =>
        new() { ["AlarmName"] = names.Path(Prefix + name), ["AlarmDescription"] = description };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
