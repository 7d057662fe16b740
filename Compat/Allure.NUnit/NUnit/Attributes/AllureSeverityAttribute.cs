using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>How much a failure matters.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public class AllureSeverityAttribute(SeverityLevel severity = SeverityLevel.normal) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.labels.Add(Label.Severity(severity));
    }
}
