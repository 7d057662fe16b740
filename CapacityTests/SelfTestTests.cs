using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Run;

namespace CapacityTests;

/// <summary>
/// Does the suite count right? It counts servers that misbehave in a known way before the one under test.
/// </summary>
[TestFixture]
[Order(2)]
[AllureNUnit]
[AllureParentSuite("2 Self-test")]
[AllureSeverity(SeverityLevel.blocker)]
public sealed class SelfTestTests
{
    /// <summary>One reading of the self-test; all are made by the first that asks.</summary>
    [TestCase(0, TestName = "Self-test 01: A hidden cap is counted")]
    [TestCase(1, TestName = "Self-test 02: Dropped connections are counted")]
    public async Task Is_true(int reading)
    {
        Shown.Name();
        var (result, whyNot) = await Suite.Run.SelfTest.RunAsync();
        if (result is null)
            Assert.Ignore($"self-test not run: {whyNot}");
        var read = result!.Readings[reading];
        Shown.Measured("truth", read.Truth);
        Shown.Measured("read", read.Read);
        Shown.Output($"{SelfTest.Row(read)}; {SelfTest.Duration(result)}");
        if (!read.IsTrue)
            Shown.Fail(SelfTest.Failure(read));
    }
}
