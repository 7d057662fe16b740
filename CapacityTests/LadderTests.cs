using Allure.Net.Commons;
using Allure.NUnit;
using Allure.NUnit.Attributes;
using NUnit.Framework;
using Support.Measuring;
using Support.Reports.Files;
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
    /// <summary>Opens, holds, pings, counts, closes.</summary>
    [TestCaseSource(nameof(Steps))]
    [Order(1)]
    public async Task Holds(CapacityStep? step)
    {
        Shown.Name();
        if (step is null)
            Assert.Ignore("not attempted: the settings cannot be used");
        Shown.Parameter("sessions", step!.Sessions);
        var judged = await AllureApi.Step(
            $"a step of {step.Sessions} connections", () => Suite.Run.Ladder.StepAsync(step));
        Shown.Measured("outcome", judged.Outcome);
        if (judged.Result is not null)
            Shown.Attachment("step.json", "application/json", StepsLog.LineOf(judged));
        if (judged.Outcome == StepOutcome.Reliable)
            return;
        if (judged.Outcome == StepOutcome.Unreliable
            && judged.Sessions <= Suite.Run.Settings.Settings!.Gate.RequiredConnections)
            Shown.Fail(judged.Reason!);
        Assert.Ignore(judged.Reason!);
    }

    /// <summary>The limit itself, between the highest step that held 99 % and the first that did not.</summary>
    [TestCaseSource(nameof(SearchAfterTheSteps))]
    [Order(2)]
    public async Task Finds_the_limit(int steps)
    {
        Shown.Name();
        if (Suite.Run.Ladder.WhyNoSearch() is { } reason)
            Assert.Ignore(reason);
        Shown.Parameter("after steps", steps);
        var found = await AllureApi.Step("search the limit between two counts", Suite.Run.Ladder.SearchAsync);
        Shown.Measured("probes", found.Probes.Length);
        Shown.Measured("holds", found.Limit?.Holds);
        Shown.Measured("breaks", found.Limit?.Breaks);
        if (Suite.Run.Ladder.WhyNotFound(found) is { } why)
            Assert.Ignore(why);
        Shown.Output($"exact limit: {found.Ended}");
    }

    /// <summary>Memory of a server that was started anew, where the settings say how it is started.</summary>
    [TestCaseSource(nameof(MemoryAfterTheSearch))]
    [Order(3)]
    public async Task Measures_memory(int steps)
    {
        Shown.Name();
        Shown.Parameter("after steps", steps);
        var (stages, whyNot) = await AllureApi.Step("start the server anew and add connections",
            Suite.Run.Memory.MeasureAsync);
        Shown.Measured("connections", stages.LastOrDefault()?.Held);
        if (whyNot is not null)
            Assert.Ignore(whyNot);
    }

    // One placeholder where the settings can't be used, so that the list of tests can still be read; none where sizes
    // are measured instead.
    private static IEnumerable<TestCaseData> Steps()
    {
        if (Suite.Run.Sizes.IsOn)
            return [];
        var steps = Suite.Run.Ladder.Steps.Select(step => new TestCaseData(step)
            .SetName(FormattableString.Invariant($"Ladder {step.Number:00}: {step.Sessions} sessions are held")));
        return steps.DefaultIfEmpty(
            new TestCaseData([null]).SetName("Ladder 00: no step, the settings cannot be used"));
    }

    private static IEnumerable<TestCaseData> SearchAfterTheSteps()
    {
        var steps = Suite.Run.Ladder.Steps.Length;
        if (!Suite.Run.Sizes.IsOn)
            yield return new TestCaseData(steps)
                .SetName(FormattableString.Invariant($"Ladder {steps + 1:00}: The exact limit is found"));
    }

    private static IEnumerable<TestCaseData> MemoryAfterTheSearch()
    {
        var steps = Suite.Run.Ladder.Steps.Length;
        if (Suite.Run.Memory.IsOn)
            yield return new TestCaseData(steps).SetName(
                FormattableString.Invariant($"Ladder {steps + 2:00}: Memory per connection is measured"));
    }
}
