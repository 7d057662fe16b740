using Allure.Net.Commons;
using NUnit.Framework;

namespace Allure.NUnit.Attributes;

/// <summary>The base of everything that adds to a result before its test runs.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public abstract class AllureTestCaseAttribute : NUnitAttribute
{
    /// <summary>Adds to the result.</summary>
    public abstract void UpdateTestResult(TestResult testResult);
}
