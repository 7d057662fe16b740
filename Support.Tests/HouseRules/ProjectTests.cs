using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Support.Tests.HouseRules;

/// <summary>
/// One place for versions, no warning that is let through, nothing of the machine that it was written on.
/// </summary>
internal sealed partial class ProjectTests
{
    private static IEnumerable<Source> Projects =>
        Sources.All.Where(source => source.Path.EndsWith(".csproj", StringComparison.Ordinal));

    [Test]
    public void There_are_projects_to_look_at() => Assert.That(Projects.Count(), Is.GreaterThanOrEqualTo(5));

    [Test]
    public void No_project_names_a_version() => Sources.AssertNone(Projects, Versions());

    [Test]
    public void No_project_lets_warnings_through() => Sources.AssertNone(Projects, Leniency());

    // The stand-ins keep the shapes of the packages that they stand in for, whatever an analyzer thinks of those.
    [Test]
    public void Only_the_stand_ins_switch_a_rule_off() =>
        Sources.AssertNone(Projects.Where(source => source.Project != "Compat"), Exceptions());

    [Test]
    public void Warnings_are_errors_for_every_project() => Assert.That(
        Sources.All.Single(source => source.Path == "Directory.Build.props").Text,
        Does.Contain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>"));

    [Test]
    public void No_file_names_a_folder_of_the_machine_that_it_was_written_on() =>
        Sources.AssertNone(Sources.All, Folders());

    [Test]
    public void No_file_names_the_host_of_a_package_registry() => Sources.AssertNone(Sources.All, Registries());

    [Test]
    public void The_rules_see_what_they_forbid()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Folders().IsMatch("in " + "/wo" + "rk/wt/x") && Folders().IsMatch("\"/ro" + "ot/.nuget\""), Is.True);
            Assert.That(
                Folders().IsMatch("https://example.com/wo" + "rk/x") || Folders().IsMatch("src/wo" + "rk/x"), Is.False);
            Assert.That(Registries().IsMatch("https://api.nu" + "get.org/v3")
                && Registries().IsMatch("registry.np" + "mjs.org"), Is.True);
            Assert.That(Versions().IsMatch("<PackageReference Include=\"A\" Version=\"1\" />"), Is.True);
            Assert.That(Leniency().IsMatch("<TreatWarningsAsErrors>false</TreatWarningsAsErrors>"), Is.True);
        }
    }

    [GeneratedRegex(@"PackageReference.*\bVersion(Override)?=|<Version(Override)?>")]
    private static partial Regex Versions();

    [GeneratedRegex(
        @"TreatWarningsAsErrors|WarningsNotAsErrors|<WarningLevel|CodeAnalysisTreatWarningsAsErrors|<Nullable>disable")]
    private static partial Regex Leniency();

    [GeneratedRegex("NoWarn")]
    private static partial Regex Exceptions();

    [GeneratedRegex(@"(?<![\w.~:/-])/(?:work|root)/")]
    private static partial Regex Folders();

    // In two halves, so that this file obeys its own rule.
    [GeneratedRegex(@"\bnu" + @"get\.org|\bnp" + @"mjs\.(?:org|com)|\byar" + @"npkg\.com|\bpy"
        + @"pi\.org|\bcra" + @"tes\.io|\bjf" + @"rog\b|\bartifac" + @"tory\b", RegexOptions.IgnoreCase)]
    private static partial Regex Registries();
}
