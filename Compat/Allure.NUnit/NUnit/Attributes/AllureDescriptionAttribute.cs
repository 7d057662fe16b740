using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>A description in Markdown, or in HTML.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class AllureDescriptionAttribute(string description, bool html = false) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        if (html)
            testResult.descriptionHtml += description;
        else
            testResult.description += description;
    }
}
