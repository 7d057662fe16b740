using NUnit.Framework;
using Support.Ecs;
using Support.Host;
using Support.Tests.Reports;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>The service under test has to stay under its thresholds, and what could not be read is said.</summary>
internal sealed class ServiceJudgeTests
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
        Culture.In(culture, () => Judged(Cpu(12, 91.25)).Reasons),
        Is.EqualTo(new[]
        {
            "CPUUtilization (Average) was 91.25 % in the minute of 09:31 UTC, and has to stay below 80 %. "
                + "Give the service's tasks more cpu in the task definition, or run more tasks, and measure again; "
                + "until then do not plan with this safe limit.",
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
            Assert.That(verdict.Findings.Single().Title, Is.EqualTo("CPUUtilization (Average) has no data"));
            Assert.That(verdict.Findings.Single().Actual, Is.EqualTo("no data"));
            Assert.That(verdict.Findings.Single().Next, Does.Contain("Whether it stayed below 80 % is not known."));
        }
    }

    [Test]
    public void A_minute_that_is_missing_is_a_warning_where_a_value_belongs_to_every_minute()
    {
        var verdict = Judged(Cpu(12));
        Assert.That(
            (verdict.Findings.Single().Title, verdict.Findings.Single().Actual),
            Is.EqualTo(("CPUUtilization (Average) is incomplete", "1 of 2 minutes")));
    }

    [Test]
    public void A_problem_is_a_warning_with_its_words()
    {
        var verdict = (Given.Run(Long) with { Service = Of(Cpu()) with { Problem = "no permission" } }).Judged();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (verdict.Outcome, verdict.Findings.Single().Id, verdict.Findings.Single().Actual),
                Is.EqualTo((RunOutcome.Passed, "Service.NotRead", "no permission")));
            Assert.That(verdict.Findings.Single().Title, Is.EqualTo("The service's metrics could not be read"));
        }
    }

    [Test]
    public void A_problem_beside_values_does_not_hide_them()
    {
        var verdict = (Given.Run(Long) with { Service = Of(Cpu(12, 91)) with { Problem = "throttled" } }).Judged();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(RunOutcome.Failed));
            Assert.That(verdict.Findings.Single().Title, Is.EqualTo("The service's metrics could not be read again"));
        }
    }

    [Test]
    public void One_metric_that_may_not_be_read_says_what_to_grant()
    {
        var finding = Judged(
            Cpu() with { Problem = "CloudWatch does not allow it to be read", Next = "Grant it." }).Findings.Single();
        Assert.That((finding.Title, finding.Next), Is.EqualTo(
            ("CPUUtilization (Average) could not be read", "Grant it. Whether it stayed below 80 % is not known.")));
    }

    [TestCase(2, 0)]
    [TestCase(1, 2)]
    [TestCase(0, 2)]
    public void Silence_about_rejected_connections_is_good_only_where_every_minute_with_load_was_heard(
        int heard, int findings)
    {
        var active = new ServiceMetric("ActiveConnectionCount", "Sum", "Count")
        {
            Points = [.. Enumerable.Range(0, heard).Select(minute => new MetricPoint(First.AddMinutes(minute), 700))],
        };
        Assert.That(
            Judged(active, new("RejectedConnectionCount", "Sum", "Count")).Findings, Has.Length.EqualTo(findings));
    }

    [TestCase("RejectedConnectionCount")]
    [TestCase("TargetConnectionErrorCount")]
    public void What_a_neighbour_may_have_caused_is_a_warning_and_fails_nothing(string name)
    {
        var verdict = Judged(new ServiceMetric(name, "Sum", "Count") { Points = [new(First, 1)] });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(RunOutcome.Passed));
            Assert.That(verdict.Findings.Single().Title, Is.EqualTo(name + " (Sum) is above 0"));
            Assert.That(
                verdict.Findings.Single().Actual,
                Does.StartWith("1 in the minute of 09:30 UTC; ").And.Contain("another service behind it"));
            Assert.That(verdict.Findings.Single().Next, Is.Not.Empty);
        }
    }

    [TestCase(119.9, 1)]
    [TestCase(120, 0)]
    public void A_load_of_less_than_a_whole_minute_of_CloudWatch_is_said(double seconds, int findings)
    {
        var found = (Given.Run(Given.Step(10, 10).But(result => result with { Seconds = seconds })) with
        {
            Service = Of(Cpu(12, 13)),
        }).Judged().Findings;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Has.Length.EqualTo(findings));
            Assert.That(found.Select(finding => (finding.Id, finding.Actual)), Is.All.EqualTo(
                ("Service.ShortSteps", "the longest step lasted 119.9 s; CloudWatch averages over a minute")));
        }
    }

    [Test]
    public void Where_nothing_broke_but_the_service_was_too_full_the_next_step_is_the_services()
    {
        var verdict = Judged(Cpu(12, 91));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Bottleneck.Side, Is.EqualTo(BottleneckSide.None));
            Assert.That(verdict.Bottleneck.Next, Does.StartWith("Give the service's tasks more cpu"));
        }
    }

    [Test]
    public void A_run_without_a_service_is_judged_as_before() =>
        Assert.That(Given.Run(Given.Step(10, 10)).Judged().Findings, Is.Empty);

    private static JudgedStep Long { get; } = Given.Step(10, 10).But(result => result with { Seconds = 180 });

    private static ServiceMetric Cpu(params double[] values) => new("CPUUtilization", "Average", "Percent")
    {
        Threshold = 80,
        EveryMinute = true,
        Points = [.. values.Select((value, minute) => new MetricPoint(First.AddMinutes(minute), value))],
    };

    private static ServiceMetrics Of(params ServiceMetric[] metrics) => new()
    {
        Service = "prod/chat",
        From = First,
        Until = First.AddMinutes(2),
        LoadedMinutes = [First, First.AddMinutes(1)],
        Metrics = [.. metrics],
    };

    private static RunVerdict Judged(
        params ServiceMetric[] metrics) => (Given.Run(Long) with { Service = Of(metrics) }).Judged();

    [TestCase(CheckOutcome.Warning, 1)]
    [TestCase(CheckOutcome.Passed, 0)]
    public void Several_tasks_behind_one_name_are_told_beside_the_verdict(CheckOutcome outcome, int told)
    {
        var check = new Finding(
            "Service.OneTask", "One task holds all connections", outcome, "1 task", "4 tasks run", "Measure one task.");
        var found = ServiceJudge.Together([check, check with { Id = "Service.Running" }]);
        Assert.That(found.Select(finding => (finding.Title, finding.Actual)), Is.EqualTo(
            Enumerable.Repeat(("Safe limit and tasks needed are not those of one task", "4 tasks run"), told)));
    }
}
