using NUnit.Framework;
using Support.Aws.Scaling;

namespace Support.Tests.Aws.Scaling;

/// <summary>What a policy keeps a task at, whatever its metric counts.</summary>
[TestFixture]
internal sealed class TrackedMetricTests
{
    [TestCase("conns / tasks", 2)]
    [TestCase("(conns / 2) / tasks", 1)]
    [TestCase("half/tasks", 1)]
    [TestCase("FILL(conns, 0) / FILL(tasks, REPEAT)", 2)]
    [TestCase("AVG(conns) / MAX(hosts)", 2)]
    [TestCase("100 * half / (tasks * 2000)", 0.05)]
    [TestCase("conns / tasks - half / tasks", 1)]
    [TestCase("own", 1)]
    [TestCase("own * 2 + .5e1 - 5", 2)]
    public void A_value_of_a_task_is_known_for_one_connection(string expression, double perConnection) =>
        Assert.That(
            TrackedMetric.Of(ScalingSamples.Calculated(expression, 1)),
            Is.EqualTo(new TrackedMetric(TrackedUnit.PerTask, perConnection)));

    [TestCase("conns", 2)]
    [TestCase("half", 1)]
    [TestCase("conns * 3", 6)]
    [TestCase("own * tasks", 1)]
    public void A_value_of_all_tasks_is_none_of_one(string expression, double perConnection) =>
        Assert.That(
            TrackedMetric.Of(ScalingSamples.Calculated(expression, 1)),
            Is.EqualTo(new TrackedMetric(TrackedUnit.ConnectionsInAll, perConnection)));

    [TestCase("conns / tasks + 1")]
    [TestCase("own / tasks")]
    [TestCase("-conns / tasks")]
    [TestCase("conns / (tasks - 1)")]
    [TestCase("tasks")]
    [TestCase("SUM(conns) / tasks")]
    [TestCase("IF(conns > 10, conns, 0) / tasks")]
    [TestCase("conns / unknown")]
    [TestCase("circle")]
    [TestCase("conns tasks")]
    [TestCase("(conns / tasks")]
    [TestCase("conns / tasks)")]
    [TestCase("FILL(conns) / tasks")]
    [TestCase("conns /")]
    [TestCase("1.2.3 * own")]
    [TestCase("")]
    public void What_is_not_understood_has_no_value(string expression) =>
        Assert.That(
            TrackedMetric.Of(ScalingSamples.Calculated(expression, 1)),
            Is.EqualTo(new TrackedMetric(TrackedUnit.NotUnderstood, null)));

    // The average over the nodes of a load balancer, and how many tasks publish.
    [TestCase("AWS/ApplicationELB", "ActiveConnectionCount", "Average")]
    [TestCase("WebSocketCapacity", "ConnectionsOpen", "SampleCount")]
    [TestCase("AWS/ApplicationELB", "NewConnectionCount", "Sum")]
    public void Neither_has_a_statistic_that_says_nothing_of_a_task(string space, string name, string statistic) =>
        Assert.That(
            TrackedMetric.Of(ScalingSamples.Single(1, space, name, statistic)).Unit,
            Is.EqualTo(TrackedUnit.NotUnderstood));

    [TestCase("(a + b) / tasks", nameof(TrackedUnit.PerTask))]
    [TestCase("a + b", nameof(TrackedUnit.ConnectionsInAll))]
    [TestCase("(a + b + b) / tasks", nameof(TrackedUnit.NotUnderstood))]
    [TestCase("a / tasks", nameof(TrackedUnit.PerTask))]
    public void Load_balancers_share_the_connections(string expression, string name)
    {
        var unit = Enum.Parse<TrackedUnit>(name);
        static PolicyMetric At(string id) => new(id, false)
        {
            Namespace = "AWS/ApplicationELB",
            Name = "ActiveConnectionCount",
            Statistic = "Sum",
            LoadBalancer = $"app/{id}/1",
        };
        var tasks = ScalingSamples.Calculated("", 1).Metrics[1];
        var policy = ScalingSamples.Policy(
            1, At("a"), At("b"), tasks, new PolicyMetric("e", true) { Expression = expression });

        Assert.That(
            TrackedMetric.Of(policy),
            Is.EqualTo(new TrackedMetric(unit, unit == TrackedUnit.NotUnderstood ? null : 2)));
    }

    [Test]
    public void The_sum_of_what_tasks_publish_is_of_all_of_them() => Assert.That(
        TrackedMetric.Of(ScalingSamples.Single(1, "WebSocketCapacity", "ConnectionsOpen", "Sum")),
        Is.EqualTo(new TrackedMetric(TrackedUnit.ConnectionsInAll, 1)));

    [Test]
    public void Exactly_one_metric_is_tracked()
    {
        var two = ScalingSamples.Policy(
            1,
            new("a", true) { Namespace = "N", Name = "Connections", Statistic = "Average" },
            new("b", true) { Expression = "a" });

        Assert.That(TrackedMetric.Of(two).Unit, Is.EqualTo(TrackedUnit.NotUnderstood));
    }

    [Test]
    public void A_deep_expression_is_no_danger() =>
        Assert.That(
            TrackedMetric.Of(ScalingSamples.Calculated($"{new string('(', 1000)}own{new string(')', 1000)}", 1)).PerOne,
            Is.EqualTo(1));
}
