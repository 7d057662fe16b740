using System.Globalization;
using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Reports;
using Support.Reports.Content;
using Support.Verdict;

namespace CapacityTests;

/// <summary>The climb: one case a step, in order, until a limit is met; then the search for the limit itself.</summary>
[TestFixture]
[Order(3)]
[AllureNUnit]
[AllureParentSuite("3 Ladder")]
[AllureSeverity(SeverityLevel.blocker)]
public sealed class LadderTests
{
    /// <summary>Opens, holds, proves, counts, closes.</summary>
    [TestCaseSource(nameof(Steps))]
    [Order(1)]
    public async Task Holds(CapacityStep? step)
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        if (step is null)
            Assert.Ignore("not attempted: the settings cannot be used");
        AllureApi.AddTestParameter("sessions", step!.Sessions);
        var judged = await JudgeOrFaultAsync(step);
        CapacityRun.Record.Add(judged);
        Publishing.Emit(judged);
        Attach(judged);
        Require(judged);
    }

    /// <summary>The limit itself, between the highest step that held 99 % and the first that did not.</summary>
    [TestCaseSource(nameof(SearchAfterTheSteps))]
    [Order(2)]
    public async Task Finds_the_limit(int steps)
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        if (LadderStops.WhyNoSearch() is { } reason)
            Assert.Ignore(reason);
        AllureApi.AddTestParameter("after steps", steps);
        var found = await SearchOrFaultAsync();
        AllureApi.AddTestParameter("tries", found.Tries.Length);
        AllureApi.AddTestParameter("holds", found.Limit?.Holds.ToString(CultureInfo.InvariantCulture) ?? "none");
        AllureApi.AddTestParameter("breaks", found.Limit?.Breaks?.ToString(CultureInfo.InvariantCulture) ?? "none");
        // A target that died was no target to search: its limit is not known, and the verdict says so.
        if (LadderStops.ByDeath() is { } death)
            Assert.Ignore($"not found: {death}");
        if (!ExactSearch.IsAnswered(found))
            Assert.Ignore($"not found: {found.Ended}");
        TestContext.Out.Write($"exact limit: {found.Ended}");
    }

    private static async Task<SearchResult> SearchOrFaultAsync()
    {
        try
        {
            return await AllureApi.Step("search the limit between two counts", ExactSearch.RunAsync);
        }
        catch (Exception e)
        {
            CapacityRun.Record.AddFault($"the exact limit could not be searched: {e.GetType().Name}: {e.Message}");
            throw;
        }
    }

    // The runner throws for nothing that a target or a path does: what comes here is the suite's own fault, and the verdict has to know.
    private static async Task<JudgedStep> JudgeOrFaultAsync(CapacityStep step)
    {
        try
        {
            return await JudgeAsync(step);
        }
        catch (Exception e)
        {
            var fault = $"the step of {step.Sessions} could not be measured: {e.GetType().Name}: {e.Message}";
            CapacityRun.Record.AddFault(fault);
            CapacityRun.Record.Add(StepJudge.NotAttempted(step, fault));
            throw;
        }
    }

    private static async Task<JudgedStep> JudgeAsync(CapacityStep step)
    {
        if (await LadderStops.WhyNotAsync(step) is { } reason)
            return StepJudge.NotAttempted(step, reason);
        if (CapacityRun.Record.Steps.Length > 0)
            await LadderPause.WaitAsync(step.Sessions);
        // The pause is where a signal most likely comes.
        if (LadderStops.ByInterruption() is { } stopped)
            return StepJudge.NotAttempted(step, stopped);
        var runner = await CapacityRun.Target.RunnerAsync(new Screen(), CapacityRun.Interrupted);
        var result = await AllureApi.Step($"open, hold, prove, count and close {step.Sessions} connections", () => runner.RunAsync(step, CapacityRun.Interrupted));
        if (LadderStops.ByDeath() is { } death)
            return new(step.Sessions, StepOutcome.NotAttempted, $"not judged: {death}", result);
        return StepJudge.Judge(result, CapacityRun.Settings.Settings!.Ladder.Threshold);
    }

    private static void Attach(JudgedStep judged)
    {
        AllureApi.AddTestParameter("outcome", judged.Outcome.ToString());
        if (judged.Result is not null)
            Attachments.Add("step.json", "application/json", StepsLog.LineOf(judged), ".json");
    }

    private static void Require(JudgedStep judged)
    {
        // On the screen as the test ends, and in the TRX; shown as progress it would stand on the screen twice.
        TestContext.Out.Write(ScreenRows.Step(judged));
        if (judged.Outcome == StepOutcome.Reliable)
            return;
        var required = CapacityRun.Settings.Settings!.Gate.RequiredConnections;
        if (judged.Outcome == StepOutcome.Unreliable && judged.Sessions <= required)
            Assert.Fail(judged.Reason!);
        Assert.Ignore(judged.Reason!);
    }

    // One placeholder where the settings can't be used, so that the list of tests can still be read; none where sizes are measured instead.
    private static IEnumerable<TestCaseData> Steps() => SizeSession.IsOn ? [] : CapacityRun.Ladder is { } ladder
        ? ladder.Steps.Select(step => new TestCaseData(step)
            .SetName(FormattableString.Invariant($"Ladder {step.Number:00}: {step.Sessions} sessions are held")))
        : [new TestCaseData([null]).SetName("Ladder 00: no step, the settings cannot be used")];

    private static IEnumerable<TestCaseData> SearchAfterTheSteps()
    {
        if (SizeSession.IsOn)
            yield break;
        var steps = CapacityRun.Ladder?.Steps.Length ?? 0;
        yield return new TestCaseData(steps).SetName(FormattableString.Invariant($"Ladder {steps + 1:00}: The exact limit is found"));
    }
}
