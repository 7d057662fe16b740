using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Measuring;

namespace Support.Verdict;

/// <summary>
/// Judges what CloudWatch says of the service under test during the run: over a threshold fails the run; what could not
/// be read, and what another service behind the same load balancer may have caused, is a warning, neither a pass nor a
/// failure. Pure.
/// </summary>
public static class ServiceJudge
{
    /// <summary>How long a load has to last to fill one whole minute of CloudWatch, wherever it begins.</summary>
    public static readonly TimeSpan SeenWhole = TimeSpan.FromMinutes(2);

    private const string Connections = "ActiveConnectionCount";

    private static readonly ImmutableDictionary<string, string> NextSteps =
        ImmutableDictionary.CreateRange(StringComparer.Ordinal, new KeyValuePair<string, string>[]
        {
            new("CPUUtilization", "Give the service's tasks more cpu in the task definition, or run more tasks, and "
                + "measure again; until then do not plan with this safe limit."),
            new("MemoryUtilization", "Give the service's tasks more memory in the task definition, or run more tasks, "
                + "and measure again; until then do not plan with this safe limit."),
        });

    // Counts of the whole load balancer: not those of the service alone.
    private static readonly ImmutableDictionary<string, string> Refusals =
        ImmutableDictionary.CreateRange(StringComparer.Ordinal, new KeyValuePair<string, string>[]
        {
            new("RejectedConnectionCount", "The load balancer was at its own maximum: ask AWS to raise it, or spread "
                + "the connections over several load balancers."),
            new("TargetConnectionErrorCount", "Where it was this service: look at the task's listen backlog, open "
                + "descriptors and health, and at its security group."),
        });

    /// <summary>
    /// Why the run fails, one sentence a metric with its next step; empty where no threshold was reached.
    /// </summary>
    /// <param name="service">What was read; null where nothing was to be read.</param>
    public static ImmutableArray<string> Exceeded(ServiceMetrics? service) => [.. Over(service).Select(Exceeded)];

    /// <summary>What to do about the first threshold that was reached; null where none was.</summary>
    /// <param name="service">What was read; null where nothing was to be read.</param>
    public static string? NextStep(ServiceMetrics? service) => Over(service).Select(NextStep).FirstOrDefault();

    /// <summary>
    /// The check of the service that puts every number in doubt, for the verdict to carry: several tasks held what was
    /// counted.
    /// </summary>
    /// <param name="checks">The checks that ran.</param>
    public static ImmutableArray<Finding> Together(ImmutableArray<Finding> checks) =>
    [
        .. checks.Where(check => check is { Id: "Service.OneTask", Outcome: CheckOutcome.Warning })
            .Select(check => check with { Title = "Safe limit and tasks needed are not those of one task" }),
    ];

    /// <summary>What could not be read, or not be seen, one finding a reason.</summary>
    /// <param name="evidence">What was read of the service, and the steps and probes that it was read for.</param>
    public static ImmutableArray<Finding> Findings(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (evidence.Service is not { } service)
            return [];
        var window = Say($"values from {service.From:HH:mm} to {service.Until:HH:mm} UTC");
        Finding? unread = service.Problem is { } problem
            ? Warning("Service.NotRead", service.IsRead
                ? "The service's metrics could not be read again"
                : "The service's metrics could not be read", window, problem,
                "Fix what is named here, then measure again: whether the "
                + "service stayed under its thresholds is not known.")
            : null;
        if (unread is not null && !service.IsRead)
            return [unread];
        return [.. new[] { unread }.Concat(service.Metrics.Select(metric => Finding(metric, service, window)))
            .Append(Unseen(evidence, service)).OfType<Finding>()];
    }

    private static IEnumerable<ServiceMetric> Over(ServiceMetrics? service) =>
        (service?.Metrics ?? []).Where(metric => metric.IsOver == true);

    private static Finding? Finding(ServiceMetric metric, ServiceMetrics service, string window)
    {
        var (id, name) = ($"Service.{metric.Name}.{metric.Statistic}", $"{metric.Name} ({metric.Statistic})");
        if (metric.Problem is { } problem)
            return Warning(id, $"{name} could not be read", window, problem, $"{metric.Next} {NotKnown(metric)}");
        if (metric.Points.IsEmpty)
            return IsQuiet(metric, service)
                ? null
                : Warning(id, $"{name} has no data", window, "no data", $"{Cause(metric)} {NotKnown(metric)}");
        if (Refusals.TryGetValue(metric.Name, out var next) && metric.Greatest > 0)
            return Warning(id, $"{name} is above 0", "0 in every minute", Refused(metric), next);
        var (there, wanted) = Minutes(metric, service);
        return there < wanted
            ? Warning(id, $"{name} is incomplete", window, Say($"{there} of {wanted} minutes"),
                $"Raise Aws.MetricsWait: CloudWatch gets minutes late. {NotKnown(metric)}")
            : null;
    }

    // Which minutes have to be there: all, those with load, or none.
    private static (int There, int Wanted) Minutes(ServiceMetric metric, ServiceMetrics service)
    {
        if (metric.EveryMinute)
            return (metric.Points.Length, service.Minutes);
        return metric.Name == Connections
            ? (service.LoadedMinutes.Count(
                minute => metric.Points.Any(point => point.At == minute)), service.LoadedMinutes.Length)
            : (0, 0);
    }

    // What is reported only where it is not zero says nothing by silence, unless its source was heard for every minute
    // with load: then there was none.
    private static bool IsQuiet(ServiceMetric metric, ServiceMetrics service) =>
        IsOfTheLoadBalancer(metric) && metric.Name != Connections && service.Problem is null
        && service.Metrics.FirstOrDefault(
            other => other.Name == Connections) is { Problem: null, Points.IsEmpty: false } heard
        && Minutes(heard, service) is var (there, wanted) && there == wanted;

    private static bool IsOfTheLoadBalancer(ServiceMetric metric) => !metric.EveryMinute;

    // CloudWatch has one average a minute, and what lasted a second is a sixtieth of it.
    private static Finding? Unseen(RunEvidence evidence, ServiceMetrics service)
    {
        var probes = evidence.Search?.Probes.Select(probe => probe.Result) ?? [];
        var longest = evidence.Steps.Select(step => step.Result)
            .OfType<StepResult>().Concat(probes).Select(result => result.Seconds).DefaultIfEmpty(0).Max();
        return longest >= SeenWhole.TotalSeconds || !service.Metrics.Any(metric => metric.IsOver == false)
            ? null
            : Warning(
                "Service.ShortSteps",
                "Service metrics do not cover whole minutes of load",
                "a step that lasts 2 minutes or more",
                Say($"the longest step lasted {longest:0.0} s; CloudWatch averages over a minute"),
                "Set Ladder.Hold=3m and Ladder.StepTimeout=5m, and end the ladder "
                + "at what the service has to hold (NUM_SESSIONS).");
    }

    private static string Cause(ServiceMetric metric) => IsOfTheLoadBalancer(metric)
        ? "Aws.LoadBalancer may name another load balancer or region than the "
            + "run went through, or Aws.MetricsWait is too short."
        : "Aws.Cluster and Aws.Service may name another service or region than the one under test, it may run no "
            + "task, or Aws.MetricsWait is too short.";

    private static string NotKnown(ServiceMetric metric) => metric is { Threshold: { } threshold, IsOver: not true }
        ? Say($"Whether it stayed below {threshold:0.##} {Unit(metric)} is not known.")
        : "";

    private static string Exceeded(ServiceMetric metric)
    {
        var worst = Worst(metric);
        return Say($"{metric.Name} ({metric.Statistic}) was {worst.Value:0.##} {Unit(metric)} in the minute of "
            + $"{worst.At:HH:mm} UTC, and has to stay below {metric.Threshold:0.##} {Unit(metric)}. "
            + $"{NextStep(metric)}");
    }

    private static string Refused(ServiceMetric metric)
    {
        var worst = Worst(metric);
        return Say($"{worst.Value:0.##} in the minute of {worst.At:HH:mm} UTC; it counts for the whole load balancer, "
            + $"so another service behind it may have caused them");
    }

    private static MetricPoint Worst(ServiceMetric metric) => metric.Points.MaxBy(point => point.Value)!;

    private static string NextStep(ServiceMetric metric) =>
        NextSteps.GetValueOrDefault(metric.Name, "Look at the service in that minute.");

    private static string Unit(ServiceMetric metric) => metric.Unit == "Percent" ? "%" : metric.Unit;

    private static Finding Warning(string id, string title, string expected, string actual, string next) =>
        new(id, title, CheckOutcome.Warning, expected, actual, next.Trim());
}
