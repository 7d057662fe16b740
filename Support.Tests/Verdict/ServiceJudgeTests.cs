using NUnit.Framework;
using Support.Ecs;
using Support.Environments;
using Support.Tests.Reports;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>The service under test has to stay under its thresholds, and what could not be read is said.</summary>
public sealed class ServiceJudgeTests
{
    private static readonly DateTimeOffset First = new(2026, 11, 15, 9, 30, 0, TimeSpan.Zero);

    [TestCase(79.9, RunOutcome.Passed)]
    [TestCase(80, RunOutcome.Failed)]
    [TestCase(91.25, RunOutcome.Failed)]
    public void A_minute_that_reaches_the_threshold_fails_the_run(double value, RunOutcome outcome) =>
        Assert.That(Judged(Cpu(12, value)).Outcome, Is.EqualTo(outcome));

    [TestCase("")]
    [TestCase("de-DE")]
    public void The_reason_names_metric_minute_value_threshold_and_what_to_do(string culture) => Assert.That(
        FormatTests.InCulture(culture, () => Judged(Cpu(12, 91.25)).Reasons),
        Is.EqualTo(new[]
        {
            "CPUUtilization (Average) was 91.25 % in the minute of 09:31 UTC, and has to stay below 80. "
                + "Give the service's tasks more cpu in the task definition, or run more tasks, and measure again; until then plan with a lower step.",
        }));

    [Test]
    public void A_gate_that_is_missed_as_well_is_named_first()
    {
        var verdict = (Given.Run(Given.Step(100, 50)).Requiring(100) with { Service = Of(Cpu(90)) }).Judged();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(RunOutcome.Failed));
            Assert.That(verdict.Reasons[0], Does.StartWith("Gate.RequiredConnections"));
            Assert.That(verdict.Reasons[^1], Does.StartWith("CPUUtilization"));
        }
    }

    [Test]
    public void No_data_is_a_warning_and_neither_a_failure_nor_a_pass_in_silence()
    {
        var verdict = Judged(Cpu());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(RunOutcome.Passed));
            Assert.That(verdict.Findings.Single().Outcome, Is.EqualTo(CheckOutcome.Warning));
            Assert.That(verdict.Findings.Single().Actual, Is.EqualTo("no data"));
            Assert.That(verdict.Findings.Single().Next, Does.Contain("Whether it stayed below 80 is not known."));
        }
    }

    [Test]
    public void A_minute_that_is_missing_is_a_warning_where_a_value_belongs_to_every_minute()
    {
        var verdict = Judged(Cpu(12));
        Assert.That(verdict.Findings.Single().Actual, Is.EqualTo("1 of 2 minutes"));
    }

    [Test]
    public void A_problem_is_a_warning_with_its_words()
    {
        var verdict = (Given.Run(Given.Step(10, 10)) with { Service = Of(Cpu()) with { Problem = "no permission" } }).Judged();
        Assert.That((verdict.Outcome, verdict.Findings.Single().Id, verdict.Findings.Single().Actual), Is.EqualTo((RunOutcome.Passed, "Service.NotRead", "no permission")));
    }

    [TestCase(true, 0)]
    [TestCase(false, 2)]
    public void Silence_about_rejected_connections_is_good_only_where_the_load_balancer_was_heard(bool heard, int findings)
    {
        var active = new ServiceMetric("ActiveConnectionCount", "Sum", "Count") { Points = heard ? [new(First, 700)] : [] };
        var rejected = new ServiceMetric("RejectedConnectionCount", "Sum", "Count") { Threshold = 1 };
        Assert.That(Judged(active, rejected).Findings, Has.Length.EqualTo(findings));
    }

    [Test]
    public void One_rejected_connection_fails_the_run()
    {
        var rejected = new ServiceMetric("RejectedConnectionCount", "Sum", "Count") { Threshold = 1, Points = [new(First, 1)] };
        Assert.That(Judged(rejected).Reasons.Single(), Does.StartWith("RejectedConnectionCount (Sum) was 1 connections in the minute of 09:30 UTC"));
    }

    [Test]
    public void A_run_without_a_service_is_judged_as_before() => Assert.That(Given.Run(Given.Step(10, 10)).Judged().Findings, Is.Empty);

    private static ServiceMetric Cpu(params double[] values) => new("CPUUtilization", "Average", "Percent")
    {
        Threshold = 80,
        EveryMinute = true,
        Points = [.. values.Select((value, minute) => new MetricPoint(First.AddMinutes(minute), value))],
    };

    private static ServiceMetrics Of(params ServiceMetric[] metrics) => new() { Service = "prod/chat", From = First, Until = First.AddMinutes(2), Metrics = [.. metrics] };

    private static RunVerdict Judged(params ServiceMetric[] metrics) => (Given.Run(Given.Step(10, 10)) with { Service = Of(metrics) }).Judged();
}
