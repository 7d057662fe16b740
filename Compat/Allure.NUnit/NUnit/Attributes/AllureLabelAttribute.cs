using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>A label of any name.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureLabelAttribute(string name, string value) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.labels.Add(new Label { name = name, value = value });
    }
}
