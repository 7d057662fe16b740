using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>The feature, or several.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureFeatureAttribute(params string[] feature) : AllureTestCaseAttribute
{
    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.labels.AddRange(feature.Select(Label.Feature));
    }
}
