using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Aws.Dashboard;
using Support.Aws.Metrics;
using Support.Host;
using Support.Plan.Scaling;
using Support.Pool;
using Support.Reports;
using Support.Verdict;

namespace Support.Tests.Docs;

/// <summary>The tables of README.md say what the code says. That of the settings has its test in Settings.</summary>
public sealed partial class ReadmeTests
{
    [Test]
    public void The_table_of_checks_is_that_of_the_code()
    {
        var table = "| id | what is checked |\n| --- | --- |\n"
            + string.Concat(EnvironmentCheck.All.Select(check => $"| `{check.Id}` | {check.Title} |\n"));
        Same("checks", table);
    }

    [Test]
    public void The_table_of_failure_classes_is_that_of_the_code()
    {
        var table = "| class | whose limit | what it says |\n| --- | --- | --- |\n"
            + string.Concat(FailureExplanations.All.Select(row => $"| `{Class(row.Prefix)}` | {Word(row.Side)} | {row.Cause} |\n"));
        Same("failures", table);
    }

    [TestCaseSource(nameof(Kinds))]
    public void Every_failure_that_the_pool_can_count_is_explained(FailureKind kind) => Assert.That(
        FailureExplanations.All.Any(row => row.Prefix.Split('(')[0] == kind.ToString()), Is.True, $"FailureExplanations has no row for {kind}.");

    [Test]
    public void The_table_of_files_names_every_file_that_a_run_writes()
    {
        var named = FileNames().Matches(Documents.Between("README.md", "files")).Select(match => match.Groups["name"].Value);
        string[] written = [.. ReportWriter.Formats.Select(format => format.FileName), "capacity.trx", StepsLog.FileName, "allure-results/", EmfLog.FileName, DashboardBody.FileName, $"{ScalingScope.Folder}/"];
        Assert.That(named, Is.EquivalentTo(written));
    }

    [Test]
    public void The_words_for_a_verdict_are_those_of_capacity_json()
    {
        var readme = Documents.Text("README.md");
        using (Assert.EnterMultipleScope())
        {
            foreach (var outcome in Enum.GetValues<RunOutcome>())
                Assert.That(readme, Does.Contain($"| `{Word(outcome)}` |"), $"The table of outcomes lacks {outcome}.");
            foreach (var side in Enum.GetValues<BottleneckSide>())
                Assert.That(readme, Does.Contain($"`{Word(side)}` ("), $"The sentence on whose limit it was lacks {side}.");
        }
    }

    private static FailureKind[] Kinds() => Enum.GetValues<FailureKind>();

    private static void Same(string name, string table) => Assert.That(
        Documents.Between("README.md", name), Is.EqualTo(table), $"In README.md, put this between <!-- {name} --> and <!-- /{name} -->:\n\n{table}\n");

    // The row HandshakeRejected(5 is that of all statuses from 500 on.
    private static string Class(string prefix) => prefix.Contains('(') && !prefix.EndsWith(')') ? $"{prefix}xx)" : prefix;

    private static string Word<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    [GeneratedRegex(@"^\| `(?<name>[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex FileNames();
}
