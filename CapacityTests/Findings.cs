using Allure.Net.Commons;
using NUnit.Framework;
using Support.Host;
using Support.Settings;

namespace CapacityTests;

/// <summary>The one place where a finding becomes what a test runner knows: passed, skipped, failed.</summary>
internal static class Findings
{
    /// <summary>The settings as a finding, so that a report on bad settings has the same form as any other.</summary>
    public static Finding OfSettings(SettingsResult settings)
    {
        const string id = "Settings.Usable";
        const string title = "Settings can be used";
        return settings.IsUsable
            ? new(id, title, CheckOutcome.Passed, "every setting is known and in its bounds", "all are", "")
            : new(id, title, CheckOutcome.Critical, "every setting is known and in its bounds", Problems(settings), SettingsProblems.Next);
    }

    /// <summary>What is wrong with the settings in a few words: which ones.</summary>
    public static string Names(SettingsResult settings) => string.Join(", ", settings.Problems.Select(problem => problem.Name).Distinct());

    private static string Problems(SettingsResult settings) => string.Join('\n', settings.Problems);

    /// <summary>Writes the finding on the screen and into the test's output.</summary>
    public static void Show(Finding finding)
    {
        var mark = finding.Outcome switch { CheckOutcome.Passed => "✓", CheckOutcome.Warning => "!", _ => "✗" };
        // The runner shows the reason of a skipped test itself.
        if (finding.Outcome != CheckOutcome.NotApplicable)
            Screen.Show($"{mark} {finding.Title}: {finding.Actual}");
        if (finding is { Outcome: CheckOutcome.Warning or CheckOutcome.Critical, Next.Length: > 0 })
            Screen.Show($"  next: {finding.Next}");
        AllureApi.AddTestParameter("expected", finding.Expected);
        AllureApi.AddTestParameter("actual", finding.Actual);
        AllureApi.AddTestParameter("next", finding.Next);
    }

    /// <summary>What a check finds; ignored where the run is stopped meanwhile, for a stopped task has little time, and a question to AWS may take 20 s.</summary>
    /// <param name="find">Runs the check.</param>
    /// <param name="done">What it is not then, as in <c>checked</c>.</param>
    /// <param name="cancellationToken">The test's own end.</param>
    public static async Task<Finding> UnlessStoppedAsync(Func<CancellationToken, Task<Finding>> find, string done, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, CapacityRun.Interrupted);
        try
        {
            return await find(either.Token);
        }
        catch (OperationCanceledException) when (CapacityRun.Interrupted.IsCancellationRequested)
        {
            Assert.Ignore($"not {done}: the run was stopped by {CapacityRun.Record.InterruptedBy}");
            throw;
        }
    }

    /// <summary>Fails on a critical finding; not applicable is an answer, so it is skipped with its reason.</summary>
    public static void Require(Finding finding)
    {
        switch (finding.Outcome)
        {
            case CheckOutcome.Critical:
                Assert.Fail($"{finding.Id}: {finding.Title}\n  expected: {finding.Expected}\n  actual:   {finding.Actual}\n  next:     {finding.Next}");
                break;
            case CheckOutcome.NotApplicable:
                Assert.Ignore($"not applicable: {finding.Actual}");
                break;
            case CheckOutcome.Warning:
                Assert.Pass($"warning: {finding.Actual.TrimEnd('.')}. {finding.Next}");
                break;
            default:
                break;
        }
    }
}
