using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Docs;

/// <summary>What a reader is told to type and to open is there.</summary>
internal sealed partial class CommandTests
{
    private static readonly string[] Written =
    [
        "README.md", "CONTRIBUTING.md", "deploy/README.md", "reports/README.md",
        .. Directory.EnumerateFiles(Path.Combine(Documents.Root, "docs"), "*.md")
        .Order(StringComparer.Ordinal).Select(file => $"docs/{Path.GetFileName(file)}"),
    ];

    private static readonly string[] WithCommands =
        ["README.md", "CONTRIBUTING.md", "docs/internals.md", "docs/reports.md", "docs/task-size-gate.md"];
    private static readonly string[] RunByCi = ["dotnet test", "dotnet test Support.Tests"];

    [Test]
    public void Ci_runs_the_main_job_first_and_the_suites_own_tests_as_the_readme_writes_them()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Documents.CommandsThatCiRuns("README.md"), Is.EqualTo(RunByCi));
            Assert.That(
                Documents.Text(".ci/run"),
                Does.Contain("readme-commands.mjs"),
                ".ci/run takes its commands from the README.");
        }
    }

    // In the repository of the server, which the README's gate is pasted into.
    private static readonly string[] OfTheReader = ["server.js", ".capacity"];

    [TestCaseSource(nameof(Written))]
    public void Every_linked_file_exists(string document)
    {
        var missing = Documents.LinkedFiles(document)
            .Where(file => !Exists(Path.Combine(Path.GetDirectoryName(document)!, file)));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_page_is_linked_from_the_readme_or_a_page_that_it_links()
    {
        string[] linked = [.. Written.SelectMany(document => Documents.LinkedFiles(document).Select(file =>
            Path.GetRelativePath(
                Documents.Root,
                Path.GetFullPath(Path.Combine(Documents.Root, Path.GetDirectoryName(document)!, file)))))];
        Assert.That(Written.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).Except(linked), Is.Empty);
    }

    [TestCaseSource(nameof(Written))]
    public void No_line_of_a_code_block_has_more_than_120_columns(string document) => Assert.That(
        Blocks().Matches(Documents.Text(document)).SelectMany(block => block.Value.Split('\n'))
            .Where(line => line.Length > 120), Is.Empty);

    // Those that .ci/checks/examples.mjs and gate.mjs run and compare.
    [Test]
    public void Every_page_with_an_example_output_is_one_whose_command_ci_runs() => Assert.That(
        Written.Where(page => Documents.Text(page).Contains("```text\n", StringComparison.Ordinal)),
        Is.EqualTo(["README.md", "docs/scaling-plan.md", "docs/task-size-gate.md"]));

    [TestCaseSource(nameof(WithCommands))]
    public void Every_project_script_and_folder_that_a_command_names_exists(string document)
    {
        var named = Documents.Commands(document)
            .SelectMany(command => Paths().Matches(command).Select(match => match.Groups["path"].Value)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(named, Is.Not.Empty);
            Assert.That(named.Except(OfTheReader).Where(path => !Exists(path)), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Written))]
    public void Every_variable_and_setting_that_is_named_is_one_of_the_catalogue(string document)
    {
        var known = SettingCatalog.All.Select(setting => setting.EnvironmentName).ToHashSet();
        var named = Variables().Matches(Documents.Text(document)).Select(match => match.Value).Distinct();
        Assert.That(named.Where(variable => !known.Contains(variable)), Is.Empty);
    }

    [Test]
    public void Every_folder_of_the_layout_exists()
    {
        var text = Documents.Text("docs/internals.md");
        var layout = text[text.IndexOf("## Layout", StringComparison.Ordinal)..];
        var paths = Cells().Matches(layout).Select(match => match.Groups["path"].Value).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(paths, Is.Not.Empty);
            Assert.That(paths.Where(path => !Exists(path)), Is.Empty);
        }
    }

    [Test]
    public void The_picture_is_small_enough_to_be_checked_in() =>
        Assert.That(new FileInfo(Path.Combine(Documents.Root, "docs", "capacity.png")).Length, Is.InRange(1, 200_000));

    private static bool Exists(string path) =>
        File.Exists(Path.Combine(Documents.Root, path)) || Directory.Exists(Path.Combine(Documents.Root, path));

    // Projects after `dotnet test` and `--project`, scripts after `node` and `bash`, folders after `npm ci --prefix`;
    // what a run makes is left out.
    [GeneratedRegex(@"(?:dotnet test|--project|node|bash|npm ci --prefix) (?<path>[A-Za-z.][\w./-]*)")]
    private static partial Regex Paths();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"CAPACITY_[A-Z_]+[A-Z]")]
    private static partial Regex Variables();

    [GeneratedRegex(@"^\| `(?<path>[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Cells();
}
