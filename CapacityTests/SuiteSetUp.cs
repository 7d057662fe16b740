using NUnit.Framework;
using Support.Reports;
using Support.Reports.Content;
using Support.Run;
using Support.Verdict;

namespace CapacityTests;

/// <summary>
/// Surrounds the run: signals and Allure's folder before it, the last reports and the end of every process after it.
/// </summary>
[SetUpFixture]
public sealed class SuiteSetUp
{
    private StopSignals? signals;
    private string? refusal;

    /// <summary>Before the first test.</summary>
    [OneTimeSetUp]
    public async Task Begin()
    {
        refusal = Suite.Run.TakeFolder();
        if (refusal is not null)
            Assert.Ignore(refusal);
        signals = new(Suite.Run);
        _ = AllureFolder.Results;
        await Suite.Run.BeginAsync();
    }

    /// <summary>After the last test. The reports come first: a target that does not end keeps none of them.</summary>
    [OneTimeTearDown]
    public async Task End()
    {
        // No file of the other run's is touched, not even to say so.
        if (refusal is not null)
            Shown.Fail(refusal);
        try
        {
            var (run, problems) = Suite.Run.Conclusion.Finish();
            Shown.Problems([.. problems, .. AllureFolder.Results.End()]);
            if (run is { Report: { Verdict.Outcome: not RunOutcome.Passed } report })
                Shown.Fail(VerdictLine.Of(report));
        }
        finally
        {
            await Suite.Run.DisposeAsync();
            signals?.Dispose();
        }
    }
}
