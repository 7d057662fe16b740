using System.Globalization;
using System.Text.RegularExpressions;

namespace Support.Aws.Scaling;

/// <summary>What a policy keeps its metric at, in what the plan speaks of.</summary>
/// <param name="Unit">What the metric counts.</param>
/// <param name="PerOne">
/// The metric's value per connection of a task, or per second; null where it is not proportional to that.
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

    public static bool IsOfConnections(PolicyMetric metric) =>
        metric.Name?.Contains("Connection", StringComparison.OrdinalIgnoreCase) ?? false;

    public static bool IsOfResponseTime(PolicyMetric metric) =>
        metric is { Namespace: LoadBalancers, Name: ResponseTime };

    /// <summary>Whether a metric is one that the service, or the suite, publishes itself.</summary>
    public static bool IsOwn(PolicyMetric metric) => IsOfConnections(metric) && !IsOfAws(metric);

    /// <summary>Whether the tracked value is made of a metric, as far as its id stands in an expression.</summary>
    public static bool IsUsed(DeployedPolicy policy, PolicyMetric metric) => metric.Returned
        || policy.Metrics.Any(
            other =>
                other.Expression is { } expression && Regex.IsMatch(expression, $@"\b{Regex.Escape(metric.Id)}\b"));

    /// <summary>As CloudWatch names them; empty where the policy counts no connections there.</summary>
    public static IEnumerable<string> Counted(DeployedPolicy policy) => policy.Metrics
        .Where(metric => metric is { Namespace: LoadBalancers, Name: BothLegs } && IsUsed(policy, metric))
        .Select(metric => metric.LoadBalancer ?? "").Distinct();

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

internal enum TrackedUnit
{
    /// <summary>Nothing that the suite understands.</summary>
    NotUnderstood,

    /// <summary>The same however many tasks run: connections of one task, or seconds.</summary>
    PerTask,

    /// <summary>Connections of all tasks.</summary>
    ConnectionsInAll,
}

/// <summary>
/// Works out an expression of CloudWatch, as far as one number can stand for a series (CloudWatch user guide, using
/// metric math).
/// </summary>
/// <remarks>
/// Numbers, ids, <c>+ - * / ( )</c>, FILL, and AVG, MAX, MIN of one series. SUM of one series adds its points up, which
/// depends on how many there are.
/// </remarks>
internal sealed class MetricExpression
{
    private readonly string text;
    private readonly Func<string, double?> valueOf;
    private int at;

    private MetricExpression(string text, Func<string, double?> valueOf) => (this.text, this.valueOf) = (text, valueOf);

    /// <summary>The value; null where the expression, or an id in it, is not understood.</summary>
    /// <param name="text">1 to 2,048 characters.</param>
    /// <param name="valueOf">The value of an id; null where it is not known.</param>
    public static double? Evaluate(string text, Func<string, double?> valueOf)
    {
        var expression = new MetricExpression(text, valueOf);
        var value = expression.Sum();
        return expression.Next() is null && value is { } number && double.IsFinite(number) ? number : null;
    }

    private double? Sum()
    {
        var value = Product();
        while (Next() is '+' or '-')
            value = text[at++] == '+' ? value + Product() : value - Product();
        return value;
    }

    private double? Product()
    {
        var value = Factor();
        while (Next() is '*' or '/')
            value = text[at++] == '*' ? value * Factor() : value / Factor();
        return value;
    }

    private double? Factor()
    {
        if (Took('-'))
            return -Factor();
        if (Took('('))
            return Closed(Sum());
        var word = Word();
        if (word.Length == 0)
            return null;
        if (char.IsAsciiDigit(word[0]) || word[0] == '.')
            return double.TryParse(
                word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
                out var number)
                ? number
                : null;
        return Took('(') ? Function(word) : valueOf(word);
    }

    private double? Function(string name)
    {
        var value = Sum();
        return name switch
        {
            "FILL" => Took(',') && Word().Length > 0 ? Closed(value) : null,
            "AVG" or "MAX" or "MIN" => Closed(value),
            _ => null,
        };
    }

    private double? Closed(double? value) => Took(')') ? value : null;

    private string Word()
    {
        Next();
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
            at++;
        return text[from..at];
    }

    private bool Took(char wanted)
    {
        if (Next() != wanted)
            return false;
        at++;
        return true;
    }

    // The next character that is not white; null at the end.
    private char? Next()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length ? text[at] : null;
    }
}
