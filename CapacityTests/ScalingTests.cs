using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Run;

namespace CapacityTests;

/// <summary>
/// Whether what is deployed agrees with what was measured: one case a check. Without a service to read there is none.
/// </summary>
[TestFixture]
[Order(4)]
[AllureNUnit]
[AllureParentSuite("4 Scaling")]
[AllureSeverity(SeverityLevel.critical)]
public sealed class ScalingTests
{
    /// <summary>One check of the service's scaling.</summary>
    [TestCaseSource(nameof(Checks))]
    [CancelAfter(60_000)]
    public async Task Agrees_with_the_plan(RunCheck check, CancellationToken cancellationToken)
    {
        Shown.Name();
        var (finding, whyNot) = await Suite.Run.Checks.CompareAsync(check, cancellationToken);
        if (finding is null)
            Assert.Ignore(whyNot!);
        Shown.Finding(finding!);
    }

    private static IEnumerable<TestCaseData> Checks() =>
        Suite.Run.Checks.After.Select((check, index) => new TestCaseData(check)
        .SetName(FormattableString.Invariant($"Scaling {index + 1:00}: {check.Title}")).SetProperty("Id", check.Id));
}
