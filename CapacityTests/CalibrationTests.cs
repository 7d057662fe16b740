using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Host;

namespace CapacityTests;

/// <summary>Is the meter true? It reads servers that misbehave in a known way before it reads the one under test.</summary>
[TestFixture]
[Order(2)]
[AllureNUnit]
[AllureParentSuite("2 Calibration")]
[AllureSeverity(SeverityLevel.blocker)]
public sealed class CalibrationTests
{
    /// <summary>One reading of the calibration; all are made by the first that asks.</summary>
    [TestCase(0, TestName = "Calibration 01: A hidden cap is read")]
    [TestCase(1, TestName = "Calibration 02: Dropped connections are read")]
    public async Task Is_true(int reading)
    {
        AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);
        if (!CapacityRun.Settings.IsUsable)
            Assert.Ignore("not calibrated: the settings cannot be used");
        if (CapacityRun.Record.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Critical) is { } critical)
            Assert.Ignore($"not calibrated: {critical.Title}: {critical.Actual}");
        if (await Meter.CalibrateAsync() is not { } calibration)
        {
            Assert.Ignore($"not calibrated: the run was stopped by {CapacityRun.Record.InterruptedBy}");
            return;
        }

        var read = calibration.Readings[reading];
        AllureApi.AddTestParameter("truth", read.Truth);
        AllureApi.AddTestParameter("read", read.Read);
        TestContext.Out.Write(FormattableString.Invariant($"{Meter.Row(read)}; the calibration took {calibration.Seconds:0.00} s in all"));
        Assert.That(read.Problem, Is.Null, $"The meter does not read {read.Name}: nothing that it measures can be trusted. {Meter.Row(read)}");
    }
}
