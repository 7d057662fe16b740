using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>The owner.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureOwnerAttribute(string owner) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.labels.Add(Label.Owner(owner));
    }
}
