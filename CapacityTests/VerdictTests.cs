using Allure.Net.Commons;
using Allure.NUnit;
using Allure.NUnit.Attributes;
using NUnit.Framework;
using Support.Reports;
using Support.Verdict;

namespace CapacityTests;

/// <summary>What the run says: the evidence is on disk before anything can fail it.</summary>
[TestFixture]
[Order(4)]
[AllureNUnit]
[AllureParentSuite("4 Verdict")]
[AllureSeverity(SeverityLevel.blocker)]
public sealed class VerdictTests
{
    private static CapacityReport? report;

    /// <summary>Every report is written, whatever was measured.</summary>
    [TestCase(TestName = "Verdict 01: Reports are written")]
    [Order(1)]
    public void Evidence_is_written()
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        report = FinishedRun.Report();
        var written = FinishedRun.Write(report);
        // Once for the screen and the TRX, and no line end after the last: the screen adds one.
        TestContext.Out.Write(string.Join('\n', [.. ConsoleRows.Closing(report, CapacityRun.Reports.Directory), VerdictLine.Of(report)]));
        foreach (var file in written.Files.Where(file => Path.GetFileName(file) is "capacity.html" or "capacity.md"))
            Attachments.Add(file);
        if (AllureExtras.SearchText(report) is { } search)
            Attachments.Add("exact-limit.md", "text/markdown", search, ".md");
        Assert.That(written.Problems, Is.Empty);
    }

    /// <summary>The run passes its gates, and has measured at all.</summary>
    [TestCase(TestName = "Verdict 02: Gates are met")]
    [Order(2)]
    public void Gates_are_met()
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        var verdict = (report ??= FinishedRun.Report()).Verdict;
        Attachments.Add("verdict.txt", "text/plain", VerdictLine.Of(report), ".txt");
        if (verdict.Outcome != RunOutcome.Passed)
            Assert.Fail($"{VerdictLine.Of(report)}\n  {string.Join("\n  ", verdict.Reasons)}");
    }
}
