using NUnit.Framework;
using Support.Aws.Metrics;
using Support.Reports;
using Support.Tests.Reports;

namespace Support.Tests.Aws.Publishing;

internal sealed class EmfLogTests
{
    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make() => temporary = new TemporaryFolder();

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    public void Each_step_is_on_disk_as_it_ends_and_the_verdict_last()
    {
        var report = SampleReports.LimitFound();
        var log = new EmfLog(temporary.Folder, MetricSources.Of(), FilePath);
        var counts = new List<int>();
        foreach (var step in report.Steps)
        {
            log.Append(step);
            counts.Add(Lines().Length);
        }

        log.Append(report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts, Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6, 6 }), "the last step was not attempted");
            Assert.That(Lines(), Has.Length.EqualTo(7));
            Assert.That(Lines()[^1], Does.Contain("\"SafeLimit\":280"));
            Assert.That(log.Publication.Outcome, Is.EqualTo(PublicationOutcome.HandedOn));
            Assert.That(log.Publication.Detail, Does.StartWith("7 lines in metrics.emf.jsonl"));
        }
    }

    [Test]
    public void The_lines_of_an_earlier_run_are_not_delivered_again()
    {
        new EmfLog(temporary.Folder, MetricSources.Of(), FilePath).Append(SampleReports.LimitFound());
        new EmfLog(temporary.Folder, MetricSources.Of("Second"), FilePath).Append(SampleReports.LimitFound());
        Assert.That(Lines().Single(), Does.Contain("Second"));
    }

    [Test]
    public void A_disk_that_takes_nothing_costs_the_metrics_and_not_the_step()
    {
        File.WriteAllText(Path.Combine(temporary.Root, "latest"), "a file in the way");
        var log = new EmfLog(temporary.Folder, MetricSources.Of(), null);
        log.Append(SampleReports.LimitFound().Steps[0]);
        log.Append(SampleReports.LimitFound());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Publication.Outcome, Is.EqualTo(PublicationOutcome.NotPublished));
            Assert.That(
                log.Publication.Detail, Does.StartWith("measured, not published: 2 of 2 lines could not be written: "));
            Assert.That(log.Publication.Next, Is.Not.Empty);
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("/elsewhere/metrics.emf.jsonl")]
    public void Lines_that_nobody_relays_are_not_published(string? relayedFrom)
    {
        var log = new EmfLog(temporary.Folder, MetricSources.Of(), relayedFrom);
        log.Append(SampleReports.LimitFound());
        using (Assert.EnterMultipleScope())
        {
            Assert.That((log.Publication.Outcome, log.Publication.Detail), Is.EqualTo(
                (PublicationOutcome.NotPublished, "1 lines in metrics.emf.jsonl, and nothing puts them on the "
                    + "container's output")));
            Assert.That(log.Publication.Next, Does.Contain("deploy/entrypoint.sh"));
        }
    }

    private string FilePath => Path.Combine(temporary.Folder.Directory, EmfLog.FileName);

    private string[] Lines() => File.ReadAllLines(FilePath);
}
