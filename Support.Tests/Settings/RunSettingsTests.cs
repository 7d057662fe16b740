using System.Xml.Linq;
using NUnit.Framework;
using Support.Settings;
using Support.Tests.Docs;

namespace Support.Tests.Settings;

/// <summary>.runsettings shows every setting, and sets none.</summary>
internal sealed class RunSettingsTests
{
    private static string Examples => string.Concat(SettingCatalog.All.Select(setting =>
        $"<Parameter name=\"{setting.Name}\" value=\"{setting.Show(new CapacitySettings())}\" />\n"));

    [Test]
    public void They_hold_an_example_of_every_setting()
    {
        var shown = string.Concat(Documents.Text(".runsettings").Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("<Parameter ", StringComparison.Ordinal)).Select(line => line + "\n"));
        Assert.That(shown, Is.EqualTo(Examples),
            $"In .runsettings, put this into the comment inside TestRunParameters:\n\n{Examples}\n");
    }

    [Test]
    public void They_set_nothing_and_refuse_an_empty_run()
    {
        var runSettings = XDocument.Parse(Documents.Text(".runsettings")).Root!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(runSettings.Element("TestRunParameters")!.Elements(), Is.Empty);
            Assert.That((bool?)runSettings.Element("RunConfiguration")!.Element("TreatNoTestsAsError"), Is.True);
        }
    }

    [Test]
    public void The_examples_can_be_used_as_they_are()
    {
        var parameters = XElement.Parse($"<x>{Examples}</x>").Elements()
            .ToDictionary(
                example => (string)example.Attribute("name")!, example => (string)example.Attribute("value")!);
        var settings = SettingsSetup.Usable(SettingsSetup.Read(parameters, SettingsSetup.Pairs()));
        var defaults = SettingsSetup.Usable(SettingsSetup.FromParameters());
        Assert.That(
            settings.Redacted.Select(setting => setting.Value),
            Is.EqualTo(defaults.Redacted.Select(setting => setting.Value)));
    }
}
