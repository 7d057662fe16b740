using System.Text.RegularExpressions;

namespace Support.Aws.Scaling;

/// <summary>What a policy keeps its metric at, in what the plan speaks of.</summary>
/// <param name="Unit">What the metric counts.</param>
/// <param name="PerOne">The metric's value for one connection a task, or for one second; null where it is not proportional to that.</param>
internal sealed record TrackedMetric(TrackedUnit Unit, double? PerOne)
{
    private const string LoadBalancers = "AWS/ApplicationELB";
    private const string ResponseTime = "TargetResponseTime";

    // How many tasks run: a value that depends on it is not one of a task.
    private static readonly double[] Tasks = [1, 2, 7];
    private static readonly double[] Amounts = [100, 4000];

    /// <summary>Whether a metric counts connections, by its name.</summary>
    public static bool IsOfConnections(PolicyMetric metric) => metric.Name?.Contains("Connection", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Whether a metric is the time to answer an upgrade.</summary>
    public static bool IsOfResponseTime(PolicyMetric metric) => metric is { Namespace: LoadBalancers, Name: ResponseTime };

    /// <summary>Whether a metric is one that the service, or the suite, publishes itself.</summary>
    public static bool IsOwn(PolicyMetric metric) => IsOfConnections(metric) && !IsOfAws(metric);

    /// <summary>Whether the value that the policy tracks is made of a metric, as far as its id stands in an expression.</summary>
    public static bool IsUsed(DeployedPolicy policy, PolicyMetric metric) => metric.Returned
        || policy.Metrics.Any(other => other.Expression is { } expression && Regex.IsMatch(expression, $@"\b{Regex.Escape(metric.Id)}\b"));

    /// <summary>What the policy tracks.</summary>
    public static TrackedMetric Of(DeployedPolicy policy)
    {
        if (policy.Metrics.Where(metric => metric.Returned).ToArray() is not [var tracked])
            return new(TrackedUnit.NotUnderstood, null);
        if (Quotient(tasks => tasks) is { } whole)
            return new(TrackedUnit.ConnectionsInAll, whole);
        return Quotient(_ => 1) is { } perOne ? new(TrackedUnit.PerTask, perOne) : new(TrackedUnit.NotUnderstood, null);

        // The value for one, if it is the same for every amount and number of tasks.
        double? Quotient(Func<double, double> times)
        {
            var quotients = Tasks.SelectMany(tasks => Amounts.Select(amount => Value(policy, tracked, amount, tasks, policy.Metrics.Length) / (amount * times(tasks)))).ToArray();
            return quotients[0] is > 0 and var first && quotients.All(value => value is { } one && Math.Abs(one - first) <= first * 1e-9) ? first : null;
        }
    }

    // Deeper than there are metrics, expressions refer to each other in a circle.
    private static double? Value(DeployedPolicy policy, PolicyMetric metric, double amount, double tasks, int deepest)
    {
        if (metric.Expression is null)
            return Reading(metric, amount, tasks);
        return deepest == 0 ? null : MetricExpression.Evaluate(
            metric.Expression, id => policy.Metrics.FirstOrDefault(one => one.Id == id) is { } other ? Value(policy, other, amount, tasks, deepest - 1) : null);
    }

    // A load balancer counts a connection twice: from the client, and to the task (Application Load Balancer user guide, CloudWatch metrics).
    private static double? Reading(PolicyMetric metric, double amount, double tasks) => metric switch
    {
        { Namespace: LoadBalancers, Name: "ActiveConnectionCount", Statistic: "Sum" } => 2 * amount * tasks,
        { Namespace: LoadBalancers, Name: ResponseTime } => amount,
        { Namespace: LoadBalancers, Name: "HealthyHostCount" } or { Namespace: "ECS/ContainerInsights", Name: "RunningTaskCount" } => IsLevel(metric) ? tasks : null,
        _ => IsOwn(metric) && IsLevel(metric) ? amount : null,
    };

    private static bool IsLevel(PolicyMetric metric) => metric.Statistic is "Average" or "Maximum" or "Minimum";

    private static bool IsOfAws(PolicyMetric metric) =>
        metric.Namespace is null || metric.Namespace.StartsWith("AWS/", StringComparison.Ordinal) || metric.Namespace.StartsWith("ECS/", StringComparison.Ordinal);
}

/// <summary>What the metric of a policy counts.</summary>
internal enum TrackedUnit
{
    /// <summary>Nothing that the suite understands.</summary>
    NotUnderstood,

    /// <summary>The same however many tasks run: connections of one task, or seconds.</summary>
    PerTask,

    /// <summary>Connections of all tasks.</summary>
    ConnectionsInAll,
}
