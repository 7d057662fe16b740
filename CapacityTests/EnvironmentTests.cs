using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Run;

namespace CapacityTests;

/// <summary>Whether the run can be trusted before it starts: one case a check.</summary>
[TestFixture]
[Order(1)]
[AllureNUnit]
[AllureParentSuite("1 Environment")]
[AllureSeverity(SeverityLevel.critical)]
public sealed class EnvironmentTests
{
    /// <summary>
    /// One check: of the settings, of this machine, of the target, of the task that the suite runs in or that is named.
    /// </summary>
    [TestCaseSource(nameof(Checks))]
    [CancelAfter(60_000)]
    public async Task Covers_the_run(RunCheck check, CancellationToken cancellationToken)
    {
        Shown.Name();
        var (finding, whyNot) = await Suite.Run.Checks.RunAsync(check, cancellationToken);
        if (finding is null)
            Assert.Ignore(whyNot!);
        Shown.Finding(finding!);
    }

    private static IEnumerable<TestCaseData> Checks() =>
        Suite.Run.Checks.Before.Select((check, index) => new TestCaseData(check)
        .SetName(FormattableString.Invariant($"Environment {index:00}: {check.Title}")).SetProperty("Id", check.Id));
}
