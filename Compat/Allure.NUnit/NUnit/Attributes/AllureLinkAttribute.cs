using Allure.Net.Commons;

namespace Allure.NUnit.Attributes;

/// <summary>A link, with or without a text.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureLinkAttribute(string name, string url) : AllureTestCaseAttribute
{
    /// <summary>A link whose text is its address.</summary>
    public AllureLinkAttribute(string url)
        : this(url, url)
    {
    }

    /// <inheritdoc/>
    public override void UpdateTestResult(TestResult testResult)
    {
        ArgumentNullException.ThrowIfNull(testResult);
        testResult.links.Add(new Link { name = name, url = url, type = "link" });
    }
}
