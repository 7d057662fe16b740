using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Aws.Dashboard;
using Support.Aws.Metrics;
using Support.Aws.Storage;
using Support.Plan.Scaling;
using Support.Pool;
using Support.Reports.Files;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Docs;

/// <summary>README.md is short, and the tables of the pages say what the code says.</summary>
internal sealed partial class ReadmeTests
{
    [Test]
    public void The_readme_is_short() =>
        Assert.That(Documents.Text("README.md").Split('\n'), Has.Length.LessThanOrEqualTo(150));

    [Test]
    public void The_most_used_settings_have_the_defaults_that_are_shown()
    {
        var shown = Settings().Matches(Documents.Text("README.md")).Select(row => (
            row.Groups["name"].Value, row.Groups["variable"].Value, row.Groups["default"].Value
                .Replace(",000", "000", StringComparison.Ordinal))).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown, Has.Length.EqualTo(10));
            foreach (var (name, variable, value) in shown.Where(row => row.Item1 != "NUM_SESSIONS"))
            {
                var setting = SettingCatalog.All.SingleOrDefault(one => one.Name == name);
                Assert.That(setting?.EnvironmentName, Is.EqualTo(variable), name);
                Assert.That(Examples(), Does.Contain($"name=\"{name}\" value=\"{value}\""));
            }
        }
    }

    [Test]
    public void The_table_of_failure_classes_is_that_of_the_code()
    {
        var table = "| class | whose limit | what it says |\n| --- | --- | --- |\n"
            + string.Concat(
                FailureExplanations.All.Select(row => $"| `{row.Classes}` | {Word(row.Side)} | {row.Cause} |\n"));
        Documents.AssertWrittenBetween("docs/results.md", "failures", table);
    }

    [TestCaseSource(nameof(Kinds))]
    public void Every_failure_that_the_pool_can_count_is_explained(FailureKind kind) => Assert.That(
        FailureExplanations.All.Any(row => row.Kind == kind), Is.True, $"FailureExplanations has no row for {kind}.");

    [Test]
    public void The_table_of_files_names_every_file_that_a_run_writes()
    {
        var named = FileNames()
            .Matches(Documents.Between("docs/reports.md", "files")).Select(match => match.Groups["name"].Value);
        string[] written = [.. ReportWriter.Formats.Select(format => format.FileName), "capacity.trx",
            StepsLog.FileName, "allure-results/", EmfLog.FileName, DashboardBody.FileName, $"{ScalingScope.Folder}/"];
        Assert.That(named, Is.EquivalentTo(written));
        Assert.That(
            ReportsUploader.Known, Is.SupersetOf(written.Where(name => !name.EndsWith('/'))),
            "and the upload takes it");
    }

    [Test]
    public void The_words_for_a_verdict_are_those_of_capacity_json()
    {
        var page = Documents.Text("docs/results.md");
        using (Assert.EnterMultipleScope())
        {
            foreach (var outcome in Enum.GetValues<RunOutcome>())
                Assert.That(page, Does.Contain($"| `{Word(outcome)}` |"), $"The table of outcomes lacks {outcome}.");
            foreach (var side in Enum.GetValues<BottleneckSide>())
                Assert.That(
                    page, Does.Contain($"`{Word(side)}` ("), $"The sentence on whose limit it was lacks {side}.");
        }
    }

    private static FailureKind[] Kinds() =>
        [.. Enum.GetValues<FailureKind>().Where(kind => kind != FailureKind.Unknown)];

    private static string Examples() => Documents.Text(".runsettings");

    private static string Word<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    [GeneratedRegex(
        @"^\| `(?<name>[^`]+)`[^|]*\| `(?<variable>(?:CAPACITY|NUM)_[A-Z_]+)` \| (?<default>[^|]+) \|$",
        RegexOptions.Multiline)]
    private static partial Regex Settings();

    [GeneratedRegex(@"^\| `(?<name>[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex FileNames();
}
