using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>A tag, or several.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureTagAttribute(params string[] tags) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.labels.AddRange(tags.Select(Label.Tag));
    }
}
