using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>The name of the result, in place of the method's.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class AllureNameAttribute(string name) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.name = name;
    }
}
