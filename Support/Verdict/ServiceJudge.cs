using System.Collections.Immutable;
using System.Globalization;
using Support.Ecs;
using Support.Environments;

namespace Support.Verdict;

/// <summary>
/// Judges what CloudWatch says of the service under test during the run: over a threshold fails the run; what could not be read is a
/// warning, neither a pass nor a failure. Pure.
/// </summary>
public static class ServiceJudge
{
    private const string Connections = "ActiveConnectionCount";

    private static readonly ImmutableDictionary<string, string> NextSteps = ImmutableDictionary.CreateRange(StringComparer.Ordinal, new KeyValuePair<string, string>[]
    {
        new("CPUUtilization", "Give the service's tasks more cpu in the task definition, or run more tasks, and measure again; until then plan with a lower step."),
        new("MemoryUtilization", "Give the service's tasks more memory in the task definition, or run more tasks, and measure again; until then plan with a lower step."),
        new("RejectedConnectionCount", "The load balancer was at its own maximum: ask AWS to raise it, or spread the connections over several load balancers."),
        new("TargetConnectionErrorCount", "The load balancer could not connect to a task: look at the task's listen backlog, open descriptors and health, and at its security group."),
    });

    /// <summary>Why the run fails, one sentence a metric; empty where no threshold was reached.</summary>
    /// <param name="service">What was read; null where nothing was to be read.</param>
    public static ImmutableArray<string> Exceeded(ServiceMetrics? service) =>
        [.. (service?.Metrics ?? []).Where(metric => metric.IsOver == true).Select(Exceeded)];

    /// <summary>What could not be read, one finding a reason.</summary>
    /// <param name="service">What was read; null where nothing was to be read.</param>
    public static ImmutableArray<Finding> Findings(ServiceMetrics? service)
    {
        if (service is null)
            return [];
        var window = string.Create(CultureInfo.InvariantCulture, $"values from {service.From:HH:mm} to {service.Until:HH:mm} UTC");
        if (service.Problem is { } problem)
            return [Warning("Service.NotRead", "the service's metrics", window, problem, "Mend what is named here, then measure again: whether the service stayed under its thresholds is not known.")];
        return [.. service.Metrics.Select(metric => Finding(metric, service, window)).OfType<Finding>()];
    }

    private static Finding? Finding(ServiceMetric metric, ServiceMetrics service, string window)
    {
        var name = $"{metric.Name} ({metric.Statistic})";
        if (metric.Problem is { } problem)
            return Warning($"Service.{metric.Name}.{metric.Statistic}", name, window, problem, NotKnown(metric));
        if (metric.Points.IsEmpty)
            return IsQuiet(metric, service) ? null : Warning($"Service.{metric.Name}.{metric.Statistic}", name, window, "no data", $"{Cause(metric)} {NotKnown(metric)}");
        return metric.EveryMinute && metric.Points.Length < service.Minutes
            ? Warning($"Service.{metric.Name}.{metric.Statistic}", name, window, Say($"{metric.Points.Length} of {service.Minutes} minutes"), $"Raise Aws.MetricsWait: CloudWatch gets minutes late. {NotKnown(metric)}")
            : null;
    }

    // What is reported only where it is not zero says nothing by silence, unless its source was heard for the run: then there was none.
    private static bool IsQuiet(ServiceMetric metric, ServiceMetrics service) =>
        IsOfTheLoadBalancer(metric) && metric.Name != Connections && service.Metrics.Any(other => other.Name == Connections && !other.Points.IsEmpty);

    private static bool IsOfTheLoadBalancer(ServiceMetric metric) => !metric.EveryMinute;

    private static string Cause(ServiceMetric metric) => IsOfTheLoadBalancer(metric)
        ? "Aws.LoadBalancer may name another load balancer or region than the run went through, or Aws.MetricsWait is too short."
        : "Aws.Cluster and Aws.Service may name another service or region than the one under test, it may run no task, or Aws.MetricsWait is too short.";

    private static string NotKnown(ServiceMetric metric) => metric is { Threshold: { } threshold, IsOver: not true }
        ? Say($"Whether it stayed below {threshold:0.##} is not known.")
        : "";

    private static string Exceeded(ServiceMetric metric)
    {
        var worst = metric.Points.MaxBy(point => point.Value)!;
        var next = NextSteps.GetValueOrDefault(metric.Name, "Look at the service in that minute.");
        return Say($"{metric.Name} ({metric.Statistic}) was {worst.Value:0.##} {Unit(metric)} in the minute of {worst.At:HH:mm} UTC, and has to stay below {metric.Threshold:0.##}. {next}");
    }

    private static string Unit(ServiceMetric metric) => metric.Unit == "Percent" ? "%" : metric.Unit == "Count" ? "connections" : metric.Unit;

    private static Finding Warning(string id, string of, string expected, string actual, string next) => new(id, $"CloudWatch has {of} of the run", CheckOutcome.Warning, expected, actual, next.Trim());

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
