using Allure.Net.Commons;
using Allure.NUnit;
using Allure.NUnit.Attributes;
using NUnit.Framework;
using Support.Reports.Files;
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
    /// <summary>
    /// Starts the server in a control group of the size, climbs, searches the limit, and leaves nothing of it.
    /// </summary>
    [TestCaseSource(nameof(Cases))]
    public async Task Holds(SizeCase? size, int run)
    {
        Shown.Name();
        if (size is null)
            Assert.Ignore("not measured: the check 'Gate: the task sizes can be measured here' says why");
        Shown.Parameter("size", size!.Label);
        Shown.Parameter("run", run);
        var (measured, whyNot) = await AllureApi.Step(
            $"measure {size.Label}, run {run}", () => Suite.Run.Sizes.MeasureAsync(size, run));
        if (measured is null)
            Assert.Ignore(whyNot!);
        Shown.Attachment("run.json", "application/json", StepsLog.LineOf(measured!));
        Shown.Measured("holds", measured!.Verdict.Exact?.Holds);
        if (measured.Fault is { } fault)
            Shown.Fail($"not measured: {fault}");
        if (measured.NotStarted is { } refused)
            Assert.Ignore($"limit found: the server does not start at {size.Label}: {refused}");
    }

    private static async Task<IEnumerable<TestCaseData>> Cases()
    {
        if (!Suite.Run.Sizes.IsOn)
            return [];
        var repeats = Suite.Run.Sizes.Repeats;
        var cases = (await Suite.Run.Sizes.PlanAsync()).Cases
            .SelectMany(size => Enumerable.Range(1, repeats).Select(run => (size, run)))
            .Select((one, index) => new TestCaseData(one.size, one.run)
                .SetName(FormattableString.Invariant(
                    $"Size {index + 1:00}: {one.size.Label}, run {one.run} of {repeats}")));
        // One placeholder where nothing can be planned, so that it is seen; the check of the plan says why.
        return cases.DefaultIfEmpty(new TestCaseData(null, 1).SetName("Size 00: no size can be measured"));
    }
}
