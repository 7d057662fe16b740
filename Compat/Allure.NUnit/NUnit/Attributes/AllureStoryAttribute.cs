using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>The story, or several.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureStoryAttribute(params string[] story) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.labels.AddRange(story.Select(Label.Story));
    }
}
