using System.Xml.Linq;
using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

/// <summary>What a reader is told about the settings is what the code does.</summary>
public class ReadmeTests
{
    private const string Start = "<!-- settings -->\n";
    private const string End = "<!-- /settings -->";

    [Test]
    public void The_readme_shows_every_setting_as_the_code_has_it()
    {
        var readme = Text("README.md");
        var start = readme.IndexOf(Start, StringComparison.Ordinal);
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        Assert.That(start >= 0 && end > start, Is.True, $"README.md has no lines {Start.Trim()} and {End} around its table of settings.");
        var table = SettingCatalog.MarkdownTable();
        Assert.That(readme[(start + Start.Length)..end], Is.EqualTo(table),
            $"The table differs from SettingCatalog. In README.md, put this between {Start.Trim()} and {End}:\n\n{table}\n");
    }

    [Test]
    public void The_run_settings_hold_an_example_of_every_setting()
    {
        var examples = string.Concat(Text(".runsettings").Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("<Parameter ", StringComparison.Ordinal)).Select(line => line + "\n"));
        var expected = SettingCatalog.RunSettingsExamples();
        Assert.That(examples, Is.EqualTo(expected),
            $"The examples differ from SettingCatalog. In .runsettings, put this into the comment inside TestRunParameters:\n\n{expected}\n");
    }

    [Test]
    public void The_run_settings_set_nothing_and_refuse_an_empty_run()
    {
        var runSettings = XDocument.Parse(Text(".runsettings")).Root!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(runSettings.Element("TestRunParameters")!.Elements(), Is.Empty);
            Assert.That((bool?)runSettings.Element("RunConfiguration")!.Element("TreatNoTestsAsError"), Is.True);
        }
    }

    [Test]
    public void The_examples_can_be_used_as_they_are()
    {
        var parameters = XElement.Parse($"<x>{SettingCatalog.RunSettingsExamples()}</x>").Elements()
            .ToDictionary(example => (string)example.Attribute("name")!, example => (string)example.Attribute("value")!);
        var settings = SettingsSetup.Usable(SettingsSetup.Read(parameters, SettingsSetup.Pairs()));
        var defaults = SettingsSetup.Usable(SettingsSetup.FromParameters());
        Assert.That(settings.Redacted.Select(setting => setting.Value), Is.EqualTo(defaults.Redacted.Select(setting => setting.Value)));
    }

    private static string Text(string name)
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tests.sln"))) folder = folder.Parent;
        Assert.That(folder, Is.Not.Null, "There is no Tests.sln above the test assembly.");
        return File.ReadAllText(Path.Combine(folder!.FullName, name)).ReplaceLineEndings("\n");
    }
}
