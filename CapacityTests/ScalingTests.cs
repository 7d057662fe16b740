using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Host;

namespace CapacityTests;

/// <summary>Whether what is deployed agrees with what was measured: one case a check. Without a service to read there is none.</summary>
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
    public async Task Agrees_with_the_plan(DeferredCheck check, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        if (CapacityRun.Record.InterruptedBy is { } signal)
            Assert.Ignore($"not compared: the run was stopped by {signal}");
        var finding = await Findings.UnlessStoppedAsync(check.RunAsync, "compared", cancellationToken);
        CapacityRun.Record.AddDeployed(finding);
        Findings.Show(finding);
        Findings.Require(finding);
    }

    private static IEnumerable<TestCaseData> Checks() => ScalingSession.Checks.Select((check, index) =>
        new TestCaseData(check).SetName(FormattableString.Invariant($"Scaling {index + 1:00}: {check.Title}")).SetProperty("Id", check.Id));
}
