using Allure.Net.Commons;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Allure.NUnit.Attributes;

/// <summary>
/// Writes a skipped result for every test of the class that never ran because of [Ignore]. Without it they leave no
/// trace.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public class AllureDisplayIgnoredAttribute : NUnitAttribute, ITestAction
{
    /// <summary>The class.</summary>
    public ActionTargets Targets => ActionTargets.Suite;

    /// <summary>Nothing: what is ignored is written at the end.</summary>
    public void BeforeTest(ITest test)
    {
    }

    /// <summary>Writes the results of the ignored tests.</summary>
    public void AfterTest(ITest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        var lifecycle = AllureLifecycle.Instance;
        foreach (var ignored in IgnoredBelow(test, isIgnored: false))
        {
            var result = TestDescription.Of(ignored);
            result.status = Status.skipped;
            result.statusDetails = new StatusDetails { message = ignored.Name };
            lifecycle.StartTest(result);
            lifecycle.StopTest();
        }
    }

    private static IEnumerable<ITest> IgnoredBelow(ITest suite, bool isIgnored) => suite.Tests.SelectMany(test =>
    {
        var ignored = isIgnored || test.RunState is RunState.Ignored or RunState.Skipped;
        if (test.IsSuite)
            return IgnoredBelow(test, ignored);
        return ignored ? [test] : [];
    });
}
