using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Reports.Files;

namespace Support.Tests.Reports;

internal sealed class AllureExtrasTests
{
    private static readonly Dictionary<string, string> GitHub = new()
    {
        ["GITHUB_ACTIONS"] = "true", ["GITHUB_RUN_NUMBER"] = "17", ["GITHUB_RUN_ID"] = "998877",
        ["GITHUB_WORKFLOW"] = "capacity", ["GITHUB_SERVER_URL"] = "https://github.com",
        ["GITHUB_REPOSITORY"] = "owner/chat",
    };

    private static readonly Dictionary<string, string> GitLab = new()
    {
        ["GITLAB_CI"] = "true", ["CI_PIPELINE_IID"] = "42", ["CI_JOB_NAME"] = "capacity",
        ["CI_JOB_URL"] = "https://gitlab.example/owner/chat/-/jobs/5",
    };

    [Test]
    public void A_job_is_named_with_its_number_and_address()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Executor(GitHub),
                Is.EqualTo("GitHub Actions|github|capacity #17|https://github.com/owner/chat/actions/runs/998877|17"));
            Assert.That(
                Executor(GitLab),
                Is.EqualTo("GitLab CI|gitlab|capacity #42|https://gitlab.example/owner/chat/-/jobs/5|42"));
            Assert.That(AllureExtras.Executor(new Dictionary<string, string>()), Is.Null);
        }
    }

    /// <summary>Allure takes the first category that matches the whole message and the status.</summary>
    [TestCase("skipped", "limit found: 350 of 500 held (70.0 %), threshold 75 %", "Limit found")]
    [TestCase("failed", "350 of 500 held", "Gate missed")]
    [TestCase("broken", "IOException: the disk is full\nat line 2", "The suite could not measure")]
    [TestCase("failed", "Environment.FileDescriptors: critical\nexpected 1,200", "Environment")]
    [TestCase("skipped", "not attempted: no case was selected", "")]
    [TestCase("passed", "", "")]
    public void A_result_falls_into_the_category_of_its_cause(string status, string message, string category)
    {
        using var categories = JsonDocument.Parse(AllureExtras.Categories());
        var first = categories.RootElement.EnumerateArray().FirstOrDefault(one =>
            one.GetProperty("matchedStatuses").EnumerateArray().Any(matched => matched.GetString() == status)
            && (!one.TryGetProperty("messageRegex", out var regex)
                || Regex.IsMatch(message, $"^(?:{regex.GetString()})$")));

        Assert.That(
            first.ValueKind == JsonValueKind.Undefined ? "" : first.GetProperty("name").GetString(),
            Is.EqualTo(category));
    }

    [Test]
    public void Properties_are_one_line_each_and_escaped_for_java()
    {
        var lines = AllureExtras.Properties(SampleReports.Hostile()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Is.All.Contains(" = "));
            Assert.That(lines.SelectMany(line => line).Where(character => character is < ' ' or > '~'), Is.Empty);
            Assert.That(AllureExtras.Properties(SampleReports.LimitFound()), Does.Contain(
                "Target = ws://127.0.0.1:41873/ (embedded)\n").And.Contain("Setting.Ladder.Threshold = 75%\n"));
        }
    }

    [Test]
    public void Warnings_and_the_meter_are_properties_and_the_search_can_be_attached()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AllureExtras.Properties(SampleLimits.ClientLimit()), Does.Contain(
                "\nWarning.Counts.Server = Client and server do not count the same: ")
                .And.Contain("\nMax.connections = at least 12,000\n").And.Contain("\nSelf-test = Passed: 2 servers"));
            Assert.That(
                AllureExtras.SearchText(SampleReports.LimitFound()),
                Does.StartWith("## Search for the limit\n").And.Contain("| ✗ 2 | 354 | 350 | 350 | 98.8 % |"));
            Assert.That(AllureExtras.SearchText(SampleReports.EverythingNull()), Is.Null);
        }
    }

    [Test]
    public void The_files_are_written_beside_the_results()
    {
        using var temporary = new TemporaryFolder();
        AllureExtras.Write(temporary.Folder.Below("allure-results"), SampleReports.LimitFound(), GitHub);

        Assert.That(
            Directory.EnumerateFiles(Path.Combine(temporary.Folder.Directory, "allure-results"))
                .Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "environment.properties", "categories.json", "executor.json" }));
    }

    private static string Executor(Dictionary<string, string> environment)
    {
        using var json = JsonDocument.Parse(AllureExtras.Executor(environment)!);
        return string.Join('|', new[] { "name", "type", "buildName", "buildUrl", "buildOrder" }
            .Select(key => json.RootElement.GetProperty(key).ToString()));
    }
}
