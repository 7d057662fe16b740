using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>The outermost suite.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureParentSuiteAttribute(string parentSuite) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.labels.Add(Label.ParentSuite(parentSuite));
    }
}
