using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Run;

namespace CapacityTests;

/// <summary>
/// Is the meter true? It reads servers that misbehave in a known way before it reads the one under test.
/// </summary>
[TestFixture]
[Order(2)]
[AllureNUnit]
[AllureParentSuite("2 Calibration")]
[AllureSeverity(SeverityLevel.blocker)]
public sealed class SelfTestTests
{
    /// <summary>One reading of the calibration; all are made by the first that asks.</summary>
    [TestCase(0, TestName = "Calibration 01: A hidden cap is read")]
    [TestCase(1, TestName = "Calibration 02: Dropped connections are read")]
    public async Task Is_true(int reading)
    {
        Shown.Name();
        var (calibration, whyNot) = await Suite.Run.SelfTest.RunAsync();
        if (calibration is null)
            Assert.Ignore($"not calibrated: {whyNot}");
        var read = calibration!.Readings[reading];
        Shown.Parameter("truth", read.Truth);
        Shown.Parameter("read", read.Read);
        TestContext.Out.Write(FormattableString.Invariant(
            $"{SelfTest.Row(read)}; the calibration took {calibration.Seconds:0.00} s in all"));
        if (!read.IsTrue)
            Shown.Fail($"The suite does not count {read.Name} right: no number can be trusted. {SelfTest.Row(read)}");
    }
}
