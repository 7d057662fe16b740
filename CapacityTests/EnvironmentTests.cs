using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Host;

namespace CapacityTests;

/// <summary>Whether the run can be trusted before it starts: one case a check.</summary>
[TestFixture]
[Order(1)]
[AllureNUnit]
[AllureParentSuite("1 Environment")]
[AllureSeverity(SeverityLevel.critical)]
public sealed class EnvironmentTests
{
    /// <summary>One check of the environment.</summary>
    [TestCaseSource(nameof(Checks))]
    [Order(2)]
    [CancelAfter(60_000)]
    public async Task Covers_the_ladder(EnvironmentCheck check, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        if (!CapacityRun.Settings.IsUsable)
            Assert.Ignore("not checked: the settings cannot be used");
        var finding = await Findings.UnlessStoppedAsync(token => FindAsync(check, token), "checked", cancellationToken);
        // The machine has been read by now: what the servers take changes no finding, and they are there when the meter is tried.
        Meter.Prepare();
        CapacityRun.Record.Add(finding);
        Findings.Show(finding);
        Findings.Require(finding);
    }

    /// <summary>One check of the task that the suite runs in, of the service under test or of a task definition.</summary>
    [TestCaseSource(nameof(TaskChecks))]
    [Order(3)]
    [CancelAfter(60_000)]
    public async Task Covers_the_task(DeferredCheck check, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        var finding = await Findings.UnlessStoppedAsync(check.RunAsync, "checked", cancellationToken);
        CapacityRun.Record.Add(finding);
        Findings.Show(finding);
        Findings.Require(finding);
    }

    /// <summary>The settings as a whole; all problems at once.</summary>
    [TestCase(TestName = "Environment 00: Settings can be used")]
    [Order(1)]
    public void Accepts_the_settings()
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        var finding = Findings.OfSettings(CapacityRun.Settings);
        CapacityRun.Record.Add(finding);
        Findings.Show(finding);
        Findings.Require(finding);
    }

    private static async Task<Finding> FindAsync(EnvironmentCheck check, CancellationToken cancellationToken) =>
        await CapacityRun.Target.TryContextAsync(cancellationToken) is { } context
            ? await CapacityRun.Target.WithEndOfServerAsync(await check.RunAsync(context, cancellationToken))
            : new(check.Id, check.Title, CheckOutcome.Critical, "a server that starts", CapacityRun.Target.StartFault!, CapacityRun.Command is null
                ? "Build the solution (dotnet build), or name a server with Target.Url."
                : "Run Target.Command by hand, in this suite's folder, and see what it says.");

    private static IEnumerable<TestCaseData> Checks() => EnvironmentCheck.All.Select((check, index) =>
        new TestCaseData(check).SetName(FormattableString.Invariant($"Environment {index + 1:00}: {check.Title}")).SetProperty("Id", check.Id));

    // The estimate alone outside of ECS where neither a task definition nor a service is named.
    private static IEnumerable<TestCaseData> TaskChecks() => TaskSession.Checks.Select((check, index) =>
        new TestCaseData(check).SetName(FormattableString.Invariant($"Environment {EnvironmentCheck.All.Length + index + 1:00}: {check.Title}")).SetProperty("Id", check.Id));
}
