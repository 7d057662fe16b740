using System.Text.RegularExpressions;

namespace Support.Aws.Scaling;

/// <summary>What a policy keeps its metric at, in what the plan speaks of.</summary>
/// <param name="Unit">What the metric counts.</param>
/// <param name="PerOne">
/// The metric's value for one connection a task, or for one second; null where it is not proportional to that.
/// </param>
internal sealed record TrackedMetric(TrackedUnit Unit, double? PerOne)
{
    private const string LoadBalancers = "AWS/ApplicationELB";
    private const string ResponseTime = "TargetResponseTime";
    private const string BothLegs = "ActiveConnectionCount";

    // How many tasks run: a value that depends on it is not one of a task.
    private static readonly double[] Tasks = [1, 2, 7];
    private static readonly double[] Amounts = [100, 4000];

    // How much more each further load balancer carries than the one before: a value that depends on it is not one of
    // all connections.
    private static readonly double[] Slopes = [0, 1];

    /// <summary>Whether a metric counts connections, by its name.</summary>
    public static bool IsOfConnections(PolicyMetric metric) =>
        metric.Name?.Contains("Connection", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Whether a metric is the time to answer an upgrade.</summary>
    public static bool IsOfResponseTime(PolicyMetric metric) =>
        metric is { Namespace: LoadBalancers, Name: ResponseTime };

    /// <summary>Whether a metric is one that the service, or the suite, publishes itself.</summary>
    public static bool IsOwn(PolicyMetric metric) => IsOfConnections(metric) && !IsOfAws(metric);

    /// <summary>
    /// Whether the value that the policy tracks is made of a metric, as far as its id stands in an expression.
    /// </summary>
    public static bool IsUsed(DeployedPolicy policy, PolicyMetric metric) => metric.Returned
        || policy.Metrics.Any(
            other =>
                other.Expression is { } expression && Regex.IsMatch(expression, $@"\b{Regex.Escape(metric.Id)}\b"));

    /// <summary>
    /// The load balancers whose connections the policy counts, as CloudWatch names them; empty where it counts none
    /// there.
    /// </summary>
    public static IEnumerable<string> Counted(DeployedPolicy policy) => policy.Metrics
        .Where(metric => metric is { Namespace: LoadBalancers, Name: BothLegs } && IsUsed(policy, metric))
        .Select(metric => metric.LoadBalancer ?? "").Distinct();

    /// <summary>What the policy tracks.</summary>
    public static TrackedMetric Of(DeployedPolicy policy)
    {
        if (policy.Metrics.Where(metric => metric.Returned).ToArray() is not [var tracked])
            return new(TrackedUnit.NotUnderstood, null);
        string[] balancers = [.. Counted(policy)];
        if (Quotient(tasks => tasks) is { } whole)
            return new(TrackedUnit.ConnectionsInAll, whole);
        return Quotient(_ => 1) is { } perOne ? new(TrackedUnit.PerTask, perOne) : new(TrackedUnit.NotUnderstood, null);

        // The value for one, if it is the same for every amount, number of tasks and share of a load balancer.
        double? Quotient(Func<double, double> times)
        {
            double?[] quotients =
            [
                .. from tasks in Tasks
                from amount in Amounts
                from slope in Slopes
                let value = Value(policy, tracked, new(amount, tasks, slope, balancers), policy.Metrics.Length)
                select value / (amount * times(tasks)),
            ];
            return quotients[0] is > 0 and var first
                && quotients.All(one => Math.Abs((one ?? 0) - first) <= first * 1e-9) ? first : null;
        }
    }

    // Deeper than there are metrics, expressions refer to each other in a circle.
    private static double? Value(DeployedPolicy policy, PolicyMetric metric, Sample sample, int deepest)
    {
        if (metric.Expression is null)
            return Reading(metric, sample);
        return deepest == 0 ? null : MetricExpression.Evaluate(metric.Expression, ValueOf);

        double? ValueOf(string id) => policy.Metrics.FirstOrDefault(one => one.Id == id) is { } other
            ? Value(policy, other, sample, deepest - 1)
            : null;
    }

    // A load balancer counts a connection twice: from the client, and to the task (Application Load Balancer user
    // guide, CloudWatch metrics).
    private static double? Reading(PolicyMetric metric, Sample sample) => metric switch
    {
        { Namespace: LoadBalancers, Name: BothLegs, Statistic: "Sum" } =>
            2 * sample.Amount * sample.Tasks * sample.Share(metric),
        { Namespace: LoadBalancers, Name: ResponseTime } => sample.Amount,
        { Namespace: LoadBalancers, Name: "HealthyHostCount" }
            or { Namespace: "ECS/ContainerInsights", Name: "RunningTaskCount" } =>
            IsLevel(metric) ? sample.Tasks : null,
        // Each task publishes its own once in a period: their average is one of a task, their sum is all.
        _ when IsOwn(metric) && metric.Statistic == "Sum" => sample.Amount * sample.Tasks,
        _ => IsOwn(metric) && IsLevel(metric) ? sample.Amount : null,
    };

    private static bool IsLevel(PolicyMetric metric) => metric.Statistic is "Average" or "Maximum" or "Minimum";

    private static bool IsOfAws(PolicyMetric metric) =>
        metric.Namespace is null
            || metric.Namespace.StartsWith("AWS/", StringComparison.Ordinal)
            || metric.Namespace.StartsWith("ECS/", StringComparison.Ordinal);

    // So many connections, or seconds, of each of so many tasks, over load balancers of which each carries a slope more
    // than the one before.
    private sealed record Sample(double Amount, double Tasks, double Slope, string[] Balancers)
    {
        public double Share(PolicyMetric metric) =>
            (1 + (Slope * Array.IndexOf(Balancers, metric.LoadBalancer ?? ""))) / (
                Balancers.Length + (Slope * Balancers.Length * (Balancers.Length - 1) / 2));
    }
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
