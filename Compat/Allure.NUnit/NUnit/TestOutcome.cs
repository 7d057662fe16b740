using System.Text;
using Allure.Net.Commons;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using TestResult = Allure.Net.Commons.TestResult;

namespace Allure.NUnit;

/// <summary>What is known of a test once it ran.</summary>
internal static class TestOutcome
{
    /// <summary>
    /// Completes the running result with NUnit's properties, suites, console output, status and message.
    /// </summary>
    public static void Apply(ITest test)
    {
        if (AllureLifecycle.Instance.Context.Test is not { } result)
            return;

        AllureLifecycle.Instance.Update(result, running =>
        {
            AddProperties(running, test);
            TestDescription.AddDefaultSuites(running, test);
        });
        AttachOutput();
        var outcome = TestContext.CurrentContext.Result;
        AllureLifecycle.Instance.Update(result, running =>
        {
            running.status = StatusOf(outcome);
            running.statusDetails = DetailsOf(outcome);
        });
    }

    private static Status StatusOf(TestContext.ResultAdapter outcome) => outcome.Outcome.Status switch
    {
        TestStatus.Passed => Status.passed,
        TestStatus.Skipped => Status.skipped,
        TestStatus.Inconclusive or TestStatus.Warning => Status.broken,
        TestStatus.Failed => IsAssertion(outcome) ? Status.failed : Status.broken,
        _ => Status.none,
    };

    private static bool IsAssertion(TestContext.ResultAdapter outcome) =>
        outcome.Assertions.Any() && outcome.Assertions.All(assertion => assertion.Status != AssertionStatus.Error);

    private static StatusDetails? DetailsOf(TestContext.ResultAdapter outcome)
    {
        var hasMessage = !string.IsNullOrWhiteSpace(outcome.Message);
        if (!hasMessage && string.IsNullOrWhiteSpace(outcome.StackTrace))
            return null;

        return new StatusDetails
        {
            message = hasMessage ? outcome.Message : $"Test {outcome.Outcome.Status}",
            trace = outcome.StackTrace,
        };
    }

    private static void AddProperties(TestResult result, ITest test)
    {
        foreach (var description in Values(test, PropertyNames.Description))
            result.description += $"{description}\n";
        result.labels.AddRange(Values(test, PropertyNames.Author).Select(Label.Owner));
        result.labels.AddRange(Values(test, PropertyNames.Category).Select(Label.Tag));
    }

    // Those of the case, of the method, of the class; suites above the class say nothing about the test.
    private static IEnumerable<string> Values(ITest test, string property) => UpToTheClass(test)
        .SelectMany(level => level.Properties[property].Cast<object>().Select(value => value.ToString()!));

    private static IEnumerable<ITest> UpToTheClass(ITest test)
    {
        for (ITest? level = test; level is not null; level = level is TestFixture ? null : level.Parent)
            yield return level;
    }

    private static void AttachOutput()
    {
        var output = TestExecutionContext.CurrentContext.CurrentResult.Output;
        if (!string.IsNullOrWhiteSpace(output))
            AllureApi.AddAttachment("Console Output", "text/plain", Encoding.UTF8.GetBytes(output), ".txt");
    }
}
