using NUnit.Framework;
using Support.Reports;
using Support.Verdict;

namespace CapacityTests;

/// <summary>Surrounds the run: Allure's folder and the signals before it, the end of the embedded target after it. Judges and measures nothing.</summary>
[SetUpFixture]
public sealed class SuiteSetUp
{
    private readonly StopSignals stops = new();

    /// <summary>Before the first test.</summary>
    [OneTimeSetUp]
    public void Begin()
    {
        AllureFolder.Prepare();
        stops.Watch();
        TaskSession.Begin();
    }

    /// <summary>After the last test.</summary>
    [OneTimeTearDown]
    public async Task End()
    {
        await Meter.EndAsync();
        await CapacityRun.Target.DisposeAsync();
        if (!FinishedRun.IsWritten)
            Conclude();
        FinishedRun.WriteWhatIsKnown();
        TaskSession.End();
        stops.Dispose();
    }

    // A filter left the verdict out: without this the reports of an earlier run would stand beside the steps of this one, a missed gate
    // would be green, and so would a run of the environment checks alone.
    private static void Conclude()
    {
        var report = FinishedRun.Report();
        var written = FinishedRun.Write(report);
        foreach (var line in ConsoleRows.Closing(report, CapacityRun.Reports.Directory))
            Screen.Show(line);
        Assert.That(written.Problems, Is.Empty);
        if (report.Verdict.Outcome != RunOutcome.Passed)
            Assert.Fail(VerdictLine.Of(report));
    }
}
