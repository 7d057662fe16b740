using NUnit.Framework;
using Support.Aws.Metrics;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Tests.Reports;
using Support.Tests.Verdict;
using Support.Verdict;

namespace Support.Tests.Aws.Publishing;

internal sealed class MetricSetsTests
{
    [Test]
    public void A_step_gives_what_it_measured_at_its_own_end()
    {
        var step = SampleReports.LimitFound().Steps[5];
        var set = MetricSets.OfStep(step)!;
        var result = step.Result!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.At, Is.EqualTo(result.StartedAt.AddSeconds(1.47)));
            Assert.That(set.Sessions, Is.EqualTo(500));
            Assert.That(Of(set, "Attempted"), Is.EqualTo(("Count", 500)));
            Assert.That(Of(set, "Held"), Is.EqualTo(("Count", 350)));
            Assert.That(Of(set, "SuccessRate"), Is.EqualTo(("Percent", 70)));
            Assert.That(Of(set, "ConnectLatencyP95"), Is.EqualTo(("Milliseconds", result.ConnectMilliseconds!.P95)));
            Assert.That(Of(set, "ClientCpu"), Is.EqualTo(("Percent", result.Resources.Client!.BusyShare * 100)));
            Assert.That(Of(set, "ClientMemory"), Is.EqualTo(
                ("Bytes", result.Resources.Suite!.ResidentBytesHeld + result.Resources.Workers!.ResidentBytesHeld)));
            Assert.That(Of(set, "ClientDescriptors"), Is.EqualTo(("Count", 180 + 80 + 350)));
            Assert.That(Of(set, "TargetMemory"), Is.EqualTo(("Bytes", result.Resources.Server!.ResidentBytes)));
            Assert.That(set.Values.Select(value => value.Name), Is.Unique);
        }
    }

    [Test]
    public void What_is_not_known_is_absent_and_never_zero()
    {
        var set = MetricSets.OfStep(Given.Step(100, 0))!;
        Assert.That(
            set.Values.Select(value => value.Name),
            Is.EqualTo(new[] { "Attempted", "Held", "SuccessRate" }),
            "of a step that nothing was read beside; that it held 0 is measured");
    }

    [Test]
    public void Where_a_worker_died_the_clients_sum_is_not_known()
    {
        var step = SampleReports.LimitFound().Steps[0];
        var set = MetricSets.OfStep(step with
        {
            Result = step.Result! with { Resources = step.Result.Resources with { Workers = null, WorkerCount = 2 } },
        })!;
        Assert.That(
            set.Values.Select(value => value.Name),
            Does.Not.Contain("ClientMemory").And.Not.Contain("ClientCpuSeconds").And.Contain("TargetMemory"));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_value_that_CloudWatch_would_refuse_is_absent(double value)
    {
        var set = MetricSets.OfStep(Given.Step(10, 10)
            .But(result => result with { ConnectMilliseconds = new LatencySummary(1, value, 2, 3) }))!;
        Assert.That(
            set.Values.Select(known => known.Name),
            Does.Not.Contain("ConnectLatencyP95").And.Contain("ConnectLatencyP50"));
    }

    [Test]
    public void A_step_that_was_not_run_or_was_interrupted_has_no_metrics()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MetricSets.OfStep(Given.Skipped(10, "not attempted")), Is.Null);
            Assert.That(MetricSets.OfStep(Given.Interrupted(10, 5)), Is.Null);
        }
    }

    [Test]
    public void A_verdict_gives_its_numbers_at_the_end_of_the_run()
    {
        var report = SampleReports.LimitFound();
        var set = MetricSets.OfVerdict(report)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.At, Is.EqualTo(report.Run.StartedAt.AddSeconds(report.Run.Seconds)));
            Assert.That(set.Sessions, Is.Null);
            Assert.That(set.Values.Select(value => (value.Name, value.Value)), Is.EqualTo(
                new[] { ("SafeLimit", 280.0), ("MaxReliable", 350.0), ("HeldAtOnce", 350.0), ("ExactLimit", 351.0) }));
        }
    }

    [Test]
    public void A_lower_bound_is_no_exact_limit()
    {
        var report = SampleReports.Passed();
        var set = MetricSets.OfVerdict(
            report with { Verdict = report.Verdict with { Exact = new ExactLimit(1000, null) } })!;
        Assert.That(set.Values.Select(value => value.Name), Does.Not.Contain("ExactLimit").And.Contain("SafeLimit"));
    }

    [Test]
    public void A_run_without_numbers_of_its_own_has_no_verdict_to_publish()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MetricSets.OfVerdict(SampleReports.Broken()), Is.Null);
            Assert.That(MetricSets.OfVerdict(SampleReports.NothingAttempted()), Is.Null);
            Assert.That(MetricSets.OfVerdict(SampleReports.All["Rebuilt"]), Is.Null);
        }
    }

    private static (string Unit, double Value) Of(MetricSet set, string name) =>
        set.Values.Where(value => value.Name == name).Select(value => (value.Unit, value.Value)).Single();
}
