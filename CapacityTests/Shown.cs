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

    /// <summary>What a case is of, as a parameter in Allure: with another value it is another test.</summary>
    public static void Parameter(string name, object? value) => AllureApi.AddTestParameter(name, Text(value));

    /// <summary>What a case found, as a parameter in Allure: whatever the value, its history goes on.</summary>
    public static void Measured(string name, object? value) =>
        AllureApi.AddTestParameter(name, Text(value), excluded: true);

    /// <summary>
    /// A check in Allure. It fails on a critical finding; not applicable is an answer, so it is skipped with its
    /// reason.
    /// </summary>
    public static void Finding(Finding finding)
    {
        Measured("expected", finding.Expected);
        Measured("actual", finding.Actual);
        Measured("next", finding.Next);
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

    /// <summary>What a test leaves as its output, for the TRX; Allure attaches it when the test ends.</summary>
    public static void Output(string text) =>
        Attempt("output", () => text.Length, () => TestContext.Out.Write(text));

    /// <summary>A text in Allure's report.</summary>
    public static void Attachment(string name, string type, string text) => Attempt(
        name, () => text.Length,
        () => AllureApi.AddAttachment(name, type, Encoding.UTF8.GetBytes(text), Path.GetExtension(name)));

    /// <summary>A file in Allure's report.</summary>
    public static void Attachment(string file, string type) => Attempt(
        file, () => new FileInfo(file).Length, () => AllureApi.AddAttachment(Path.GetFileName(file), type, file));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "none";

    // A full disk must not take what the test itself has to say, and Allure would end the process.
    private static void Attempt(string name, Func<long> length, Action attach)
    {
        try
        {
            AllureFolder.Results.RequireRoom(length());
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
