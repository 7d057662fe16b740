using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>The epic.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureEpicAttribute(string epic) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.labels.Add(Label.Epic(epic));
    }
}
