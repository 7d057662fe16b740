using System.Text;
using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Docs;

/// <summary><c>docs/settings.md</c>: every setting, area by area.</summary>
internal sealed class SettingsPage
{
    private const string Columns =
        "| setting | environment variable | default | allowed | meaning |\n| --- | --- | --- | --- | --- |\n";

    private const string Head = """
        # Settings

        A setting has one name in three places. The environment beats the command line, and the command line beats the file:

        - environment: `CAPACITY_LADDER_STEPS=10,50 dotnet test` (`CAPACITY_`, upper case, dots to underscores)
        - command line: `dotnet test -- 'TestRunParameters.Parameter(name="Ladder.Steps", value="10,50")'`
        - file: `<Parameter name="Ladder.Steps" value="10,50" />` in `.runsettings`, where every setting stands with its default

        An unknown name or a bad value stops the run before it opens a connection. The message lists all problems at once, each
        with the name, the value, what is allowed, and the nearest known name.

        A duration is written `90s`, `5m`, `250ms` or `1h`, a share `0.75` or `75%`. Numbers have a decimal point, never a comma.
        Relative paths start at the folder of `Tests.sln`.

        This page is generated from the code.

        """;

    // In the order of the catalogue.
    private static readonly Dictionary<string, string> Titles = new()
    {
        ["Target"] = "Target: the server under test",
        ["Ladder"] = "Ladder: the steps",
        ["Search"] = "Search: the exact limit",
        ["Pool"] = "Pool: how connections are opened",
        ["Gate"] = "Gate: what must be reached, and at which task sizes",
        ["Price"] = "Price: what a task costs",
        ["Plan"] = "Plan: estimate and scaling plan",
        ["Reports"] = "Reports",
        ["Aws"] = "Aws: service, metrics, storage",
    };

    [Test]
    public void The_page_of_settings_is_that_of_the_code() => Documents.AssertWritten("docs/settings.md", Render());

    internal static string Render()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var area in SettingCatalog.All.GroupBy(setting => setting.Area))
        {
            page.Append("\n## ").Append(Titles[area.Key]).Append("\n\n").Append(Columns);
            page.AppendJoin("", area.Select(setting => Row(setting) + "\n"));
        }

        return page.ToString();
    }

    private static string Row(SettingDefinition setting)
    {
        string[] cells =
            [$"`{setting.Name}`", $"`{setting.EnvironmentName}`", setting.Default, setting.Allowed, setting.Meaning];
        return $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
    }
}
