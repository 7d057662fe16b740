using Allure.Net.Commons;
using Allure.NUnit;
using Allure.NUnit.Attributes;
using NUnit.Framework;
using Support.Reports;
using Support.Reports.Content;
using Support.Reports.Files;
using Support.Run;
using Support.Verdict;

namespace CapacityTests;

/// <summary>
/// What the run says: the evidence is on disk before anything can fail it, and leaves the machine last.
/// </summary>
[TestFixture]
[Order(5)]
[AllureNUnit]
[AllureParentSuite("5 Verdict")]
[AllureSeverity(SeverityLevel.blocker)]
public sealed class VerdictTests
{
    /// <summary>Every report is written, whatever was measured.</summary>
    [TestCaseSource(nameof(Case), new object[] { VerdictCase.Reports, "Reports are written" })]
    [Order(1)]
    public async Task Evidence_is_written(int number)
    {
        Shown.Name();
        Shown.Parameter("case", number);
        var written = await Suite.Run.Conclusion.WriteAsync();
        Shown.Output(VerdictLine.Of(written.Report));
        foreach (var file in written.Files)
        {
            if (TypeOf(Path.GetFileName(file)) is { } type)
                Shown.Attachment(file, type);
        }

        if (AllureExtras.SearchText(written.Report) is { } search)
            Shown.Attachment("exact-limit.md", "text/markdown", search);
        Shown.Problems(written.Problems);
    }

    /// <summary>The service stayed under its thresholds while it was measured, as far as CloudWatch knows.</summary>
    [TestCaseSource(nameof(Case), new object[] { VerdictCase.Service, "Service metrics are read" })]
    [Order(2)]
    public async Task Service_stays_under_its_thresholds(int number)
    {
        Shown.Name();
        Shown.Parameter("case", number);
        if (await Suite.Run.Conclusion.ReadServiceAsync() is not var (service, written))
        {
            Assert.Ignore("not read: nothing was attempted, or the run was stopped");
            return;
        }

        Shown.Problems(written.Problems);
        if (ServiceJudge.Exceeded(service) is { IsEmpty: false } exceeded)
            Shown.Fail(string.Join('\n', exceeded));
        var warnings = written.Report.Verdict.Findings
            .Where(finding => finding.Id.StartsWith("Service.", StringComparison.Ordinal)).ToList();
        if (warnings is not [var first, .. var rest])
            return;
        var more = rest.Count > 0 ? $" ({rest.Count} more in the report)" : "";
        Assert.Pass($"warning: {first.Title}: {first.Actual.TrimEnd('.')}. {first.Next}{more}");
    }

    /// <summary>The run passes its gates, and has measured at all.</summary>
    [TestCaseSource(nameof(Case), new object[] { VerdictCase.Gates, "Gates are met" })]
    [Order(3)]
    public void Gates_are_met(int number)
    {
        Shown.Name();
        Shown.Parameter("case", number);
        var report = Suite.Run.Conclusion.Judge();
        Shown.Attachment("verdict.txt", "text/plain", VerdictLine.Of(report));
        if (report.Verdict.Outcome != RunOutcome.Passed)
            Shown.Fail($"{VerdictLine.Of(report)}\n  {string.Join("\n  ", report.Verdict.Reasons)}");
    }

    /// <summary>The metrics have left; where they have not, the run was measured all the same.</summary>
    [TestCaseSource(nameof(Case), new object[] { VerdictCase.Metrics, "Metrics are published" })]
    [Order(4)]
    public async Task Metrics_are_published(int number)
    {
        Shown.Name();
        Shown.Parameter("case", number);
        if (!Suite.Run.Conclusion.HasMeasured)
            Assert.Ignore("nothing was measured, so there is nothing to publish");
        Require(await Suite.Run.Conclusion.PublishAsync());
    }

    /// <summary>
    /// The reports are in S3. What the test runner writes after the last test goes there from the container's entry
    /// point.
    /// </summary>
    [TestCaseSource(nameof(Case), new object[] { VerdictCase.Upload, "Reports are in the bucket" })]
    [Order(5)]
    public async Task Reports_are_uploaded(int number)
    {
        Shown.Name();
        Shown.Parameter("case", number);
        Require(await Suite.Run.Conclusion.UploadAsync());
    }

    // What is attached. Allure itself does not know the type of every extension.
    private static string? TypeOf(string name) => name switch
    {
        "capacity.html" => "text/html",
        "capacity.md" => "text/markdown",
        _ => null,
    };

    private static void Require((Publication Publication, WrittenRun Run) done)
    {
        Shown.Problems(done.Run.Problems);
        if (done.Publication is { Outcome: PublicationOutcome.NotPublished } missing)
            Shown.Fail($"measured, not published: {missing.Where}: {missing.Detail}\n  next: {missing.Next}");
    }

    // What the settings don't ask for is not listed.
    private static IEnumerable<TestCaseData> Case(VerdictCase one, string title)
    {
        var number = Suite.Run.Conclusion.Cases.IndexOf(one) + 1;
        if (number > 0)
            yield return new TestCaseData(number).SetName(FormattableString.Invariant($"Verdict {number:00}: {title}"));
    }
}
