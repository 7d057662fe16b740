using System.Globalization;
using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Reports;
using Support.Reports.Content;
using Support.Sizes;

namespace CapacityTests;

/// <summary>What the server holds at each task size, in place of the ladder: one case a size and repeat.</summary>
[TestFixture]
[Order(3)]
[AllureNUnit]
[AllureParentSuite("3 Sizes")]
[AllureSeverity(SeverityLevel.blocker)]
public sealed class SizeTests
{
    /// <summary>Starts the server in a control group of the size, climbs, searches the limit, and leaves nothing of it.</summary>
    [TestCaseSource(nameof(Cases))]
    public async Task Holds(SizeCase? size, int run)
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        if (size is null)
            Assert.Ignore("not measured: the check 'Gate: the task sizes can be measured here' says why");
        AllureApi.AddTestParameter("size", size!.Label);
        AllureApi.AddTestParameter("run", run);
        if (await SizeSession.WhyNotAsync(size) is { } reason)
            Assert.Ignore(reason);
        var measured = await MeasureOrFaultAsync(size, run);
        // What the server said on its standard error may hold secrets, and what a test says ends in the TRX.
        var told = SizeReports.Publishable(measured);
        Attachments.Add("run.json", "application/json", StepsLog.LineOf(told), ".json");
        AllureApi.AddTestParameter("holds", measured.Verdict.Exact?.Holds.ToString(CultureInfo.InvariantCulture) ?? "none");
        TestContext.Out.Write(ScreenRows.Run(told, SizeSession.Repeats));
        if (told.Fault is { } fault)
            Assert.Fail($"not measured: {fault}");
        if (told.NotStarted is { } refused)
            Assert.Ignore($"limit found: the server does not start at {size.Label}: {refused}");
    }

    // The runner throws for nothing that a server or a path does: what comes here is the suite's own fault, and the verdict has to know.
    private static async Task<SizeRun> MeasureOrFaultAsync(SizeCase size, int run)
    {
        try
        {
            var measured = await AllureApi.Step($"measure {size.Label}, run {run}", () => SizeSession.MeasureAsync(size, run));
            CapacityRun.Record.Add(measured);
            return measured;
        }
        catch (Exception e)
        {
            CapacityRun.Record.AddFault($"the size {size.Label} could not be measured: {e.GetType().Name}: {e.Message}");
            throw;
        }
    }

    private static IEnumerable<TestCaseData> Cases()
    {
        if (!SizeSession.IsOn)
            yield break;
        var number = 0;
        foreach (var size in SizeSession.Plan.Cases)
        {
            for (var run = 1; run <= SizeSession.Repeats; run++)
                yield return new TestCaseData(size, run).SetName(FormattableString.Invariant($"Size {++number:00}: {size.Label}, run {run} of {SizeSession.Repeats}"));
        }

        // One placeholder where nothing can be planned, so that it is seen; the check of the plan says why.
        if (number == 0)
            yield return new TestCaseData(null, 1).SetName("Size 00: no size can be measured");
    }
}
