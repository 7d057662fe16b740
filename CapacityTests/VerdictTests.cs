using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Reports;
using Support.Reports.Content;
using Support.Verdict;

namespace CapacityTests;

/// <summary>What the run says: the evidence is on disk before anything can fail it, and leaves the machine last.</summary>
[TestFixture]
[Order(5)]
[AllureNUnit]
[AllureParentSuite("5 Verdict")]
[AllureSeverity(SeverityLevel.blocker)]
public sealed class VerdictTests
{
    /// <summary>Every report is written, whatever was measured.</summary>
    [TestCase(TestName = "Verdict 01: Reports are written")]
    [Order(1)]
    public async Task Evidence_is_written()
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        var report = FinishedRun.Report(isBeforeTheService: Publishing.IsServiceAwaited);
        var written = FinishedRun.Write(report, number: 1);
        string?[] more = [await Publishing.WriteDashboardAsync(), SizeSession.Accept()];
        // What the service did can still turn a pass into a failure: then the gates say how the run ended.
        if (Publishing.Service.IsEmpty)
            Close(report);
        foreach (var file in written.Files.Where(file => Path.GetFileName(file) is "capacity.html" or "capacity.md"))
            Attachments.Add(file);
        if (AllureExtras.SearchText(report) is { } search)
            Attachments.Add("exact-limit.md", "text/markdown", search, ".md");
        Assert.That(written.Problems.Concat(more.OfType<string>()), Is.Empty);
    }

    /// <summary>The service stayed under its thresholds while it was measured, as far as CloudWatch knows.</summary>
    [TestCaseSource(typeof(VerdictCases), nameof(VerdictCases.Service))]
    [Order(2)]
    public async Task Service_stays_under_its_thresholds(int number)
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        if (await Publishing.ServiceAsync() is not { } service)
        {
            Assert.Ignore("not read: nothing was attempted, or the run was stopped");
            return;
        }

        CapacityRun.Record.Add(service);
        var report = FinishedRun.Report();
        var written = FinishedRun.Write(report, number);
        TestContext.Out.Write(string.Join('\n', ScreenRows.Service(service)));
        Assert.That(written.Problems, Is.Empty);
        var exceeded = ServiceJudge.Exceeded(service);
        Assert.That(exceeded, Is.Empty, string.Join("\n  ", exceeded));
        if (report.Verdict.Findings.Where(finding => finding.Id.StartsWith("Service.", StringComparison.Ordinal)).ToList() is [var finding, ..] findings)
            Assert.Pass($"warning: {finding.Title}: {finding.Actual.TrimEnd('.')}. {finding.Next}{(findings.Count > 1 ? $" ({findings.Count - 1} more in the report)" : "")}");
    }

    /// <summary>The run passes its gates, and has measured at all.</summary>
    [TestCaseSource(typeof(VerdictCases), nameof(VerdictCases.GatesMet))]
    [Order(3)]
    public void Gates_are_met(int number)
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        AllureApi.AddTestParameter("case", number);
        var report = FinishedRun.Judge();
        if (!Publishing.Service.IsEmpty)
            Close(report);
        Attachments.Add("verdict.txt", "text/plain", VerdictLine.Of(report), ".txt");
        if (report.Verdict.Outcome != RunOutcome.Passed)
            Assert.Fail($"{VerdictLine.Of(report)}\n  {string.Join("\n  ", report.Verdict.Reasons)}");
    }

    /// <summary>The metrics have left; where they have not, the run was measured all the same.</summary>
    [TestCaseSource(typeof(VerdictCases), nameof(VerdictCases.Metrics))]
    [Order(4)]
    public async Task Metrics_are_published(int number)
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        if (!CapacityRun.Record.HasMeasured)
            Assert.Ignore("nothing was measured, so there is nothing to publish");
        await PublishAsync(number, Publishing.MetricsAsync);
    }

    /// <summary>The reports are in S3. What the test runner writes after the last test goes there from the container's entry point.</summary>
    [TestCaseSource(typeof(VerdictCases), nameof(VerdictCases.Reports))]
    [Order(5)]
    public async Task Reports_are_uploaded(int number)
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        await PublishAsync(number, Publishing.ReportsAsync);
    }

    // Once for the screen and the TRX, and no line end after the last: the screen adds one.
    private static void Close(CapacityReport report) =>
        TestContext.Out.Write(string.Join('\n', [.. ScreenRows.Summary(report, CapacityRun.Reports.Directory), VerdictLine.Of(report)]));

    private static async Task PublishAsync(int number, Func<CapacityReport, Task<Publication>> publish)
    {
        var publication = await publish(FinishedRun.Report());
        CapacityRun.Record.Add(publication);
        var written = FinishedRun.Write(FinishedRun.Report(), number);
        TestContext.Out.Write(ScreenRows.Published(publication));
        Assert.That(written.Problems, Is.Empty);
        if (publication.Outcome == PublicationOutcome.NotPublished)
            Assert.Fail($"measured, not published: {publication.Where}: {publication.Detail}\n  next: {publication.Next}");
    }
}
