using NUnit.Framework;
using Support.Reports.Content;
using Support.Verdict;

namespace CapacityTests;

/// <summary>Surrounds the run: Allure's folder and the signals before it, the end of the embedded target after it. Judges and measures nothing.</summary>
[SetUpFixture]
public sealed class SuiteSetUp
{
    private readonly StopSignals stops = new();

    /// <summary>Before the first test: what the task uses is known as it was before the servers and the first connection.</summary>
    [OneTimeSetUp]
    public async Task Begin()
    {
        AllureFolder.Prepare();
        stops.Watch();
        await TaskSession.MetadataAsync(CancellationToken.None);
    }

    /// <summary>After the last test. The reports come first: a target that does not end keeps none of them.</summary>
    [OneTimeTearDown]
    public async Task End()
    {
        try
        {
            if (!FinishedRun.IsJudged)
                Conclude();
            Assert.That(FinishedRun.WriteWhatIsKnown(), Is.Empty);
        }
        finally
        {
            await Meter.EndAsync();
            await CapacityRun.Target.DisposeAsync();
            TaskSession.End();
            stops.Dispose();
        }
    }

    // A filter left the verdict out: without this the reports of an earlier run would stand beside the steps of this one, a missed gate
    // would be green, and so would a run of the environment checks alone.
    private static void Conclude()
    {
        var report = FinishedRun.Report();
        var written = FinishedRun.Write(report);
        foreach (var line in ScreenRows.Summary(report, CapacityRun.Reports.Directory))
            Screen.Show(line);
        Assert.That(SizeSession.Accept() is { } problem ? [.. written.Problems, problem] : written.Problems, Is.Empty);
        if (report.Verdict.Outcome != RunOutcome.Passed)
            Assert.Fail(VerdictLine.Of(report));
    }
}
