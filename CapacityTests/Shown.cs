using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Host;

namespace CapacityTests;

/// <summary>The one place where what the run says becomes what a test runner and Allure know.</summary>
internal static class Shown
{
    /// <summary>A test's name in Allure, which would take the method's.</summary>
    public static void Name() => AllureApi.SetTestName(TestContext.CurrentContext.Test.Name);

    /// <summary>A parameter in Allure.</summary>
    public static void Parameter(string name, object? value) =>
        AllureApi.AddTestParameter(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "none");

    /// <summary>
    /// A check in Allure. It fails on a critical finding; not applicable is an answer, so it is skipped with its
    /// reason.
    /// </summary>
    public static void Finding(Finding finding)
    {
        Parameter("expected", finding.Expected);
        Parameter("actual", finding.Actual);
        Parameter("next", finding.Next);
        switch (finding.Outcome)
        {
            case CheckOutcome.Critical:
                Fail(
                    $"{finding.Id}: {finding.Title}\n  expected: {finding.Expected}\n"
                    + $"  actual:   {finding.Actual}\n  next:     {finding.Next}");
                break;
            case CheckOutcome.NotApplicable:
                Assert.Ignore($"not applicable: {finding.Actual}");
                break;
            case CheckOutcome.Warning:
                Assert.Pass($"warning: {finding.Actual.TrimEnd('.')}. {finding.Next}");
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// A failure that the run itself tells of: its name is enough on the screen, and its place in the code says
    /// nothing.
    /// </summary>
    public static void Fail(string message) => throw new ToldFailure(message);

    /// <summary>What could not be written, a line each; it fails the test, as evidence is missing.</summary>
    public static void Problems(ImmutableArray<string> problems)
    {
        foreach (var problem in problems)
            TestContext.Error.WriteLine($"✗ {problem}");
        if (!problems.IsEmpty)
            Fail(string.Join('\n', problems));
    }

    /// <summary>A text in Allure's report. A full disk must not take what the test itself has to say.</summary>
    public static void Attachment(string name, string type, string text) =>
        Attempt(name, () => AllureApi.AddAttachment(name, type, Encoding.UTF8.GetBytes(text), Path.GetExtension(name)));

    /// <summary>A file in Allure's report, likewise.</summary>
    public static void Attachment(string file) => Attempt(file, () => AllureApi.AddAttachment(file));

    private static void Attempt(string name, Action attach)
    {
        try
        {
            attach();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            TestContext.Error.WriteLine($"{name} could not be attached for Allure: {problem.Message}");
        }
    }

    private sealed class ToldFailure(string message) : AssertionException(message)
    {
        public override string? StackTrace => null;
    }
}
