using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Host;

namespace Support.Tests.HouseRules;

/// <summary>Checks and cases are named once, for good, and in the words of facts.</summary>
internal sealed partial class NameTests
{
    // Pipelines and dashboards of other people hang on these: an entry may be added, and none renamed.
    private static readonly string[] Ids =
    [
        "Environment.Platform", "Environment.CpuLimit", "Environment.MemoryLimit", "Environment.FileDescriptors",
        "Environment.EphemeralPorts", "Environment.ListenBacklog", "Environment.ConnectionTracking",
        "Environment.SocketMemory", "Environment.TargetName", "Environment.TargetTrust", "Environment.TargetHandshake",
    ];

    [Test]
    public void The_ids_of_the_checks_are_unique_and_stay()
    {
        var ids = EnvironmentCheck.All.Select(check => check.Id).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Is.Unique);
            Assert.That(Ids, Is.SubsetOf(ids));
            Assert.That(ids, Has.All.Match(@"^Environment\.[A-Z][A-Za-z]+$"));
        }
    }

    [Test]
    public void Titles_are_short_unique_and_state_the_fact()
    {
        var titles = EnvironmentCheck.All.Select(check => check.Title).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(titles, Is.Unique);
            Assert.That(titles.Where(title => title.Length is 0 or > 70), Is.Empty);
            Assert.That(titles.Where(title => Wishes().IsMatch(title)), Is.Empty);
        }
    }

    [Test]
    public void The_cases_of_CapacityTests_have_names_of_their_own()
    {
        var given = Sources.CodeIn("CapacityTests")
            .SelectMany(source => Names().Matches(source.Text)).Select(match => match.Groups["name"].Value).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(given, Has.Length.GreaterThan(3));
            Assert.That(given.Select(Numbered), Is.Unique);
            Assert.That(
                given,
                Has.All.Match(@"^(Environment|Self-test|Ladder|Size|Scaling|Verdict) [\d{]"),
                "The area and a number make each name unique and keep the order.");
            Assert.That(given.Where(name => Wishes().IsMatch(name)), Is.Empty);
        }
    }

    [Test]
    public void Every_case_of_CapacityTests_is_given_a_name() => Assert.That(
        Sources.CodeIn("CapacityTests").SelectMany(
            source => Cases().Matches(source.Code).Select(match => $"{source.Path}: {match.Value}")), Is.Empty);

    // A template stands for all of its numbers from 1 on; 00 is for what comes before them.
    private static string Numbered(string name) => name.Split(':')[0];

    [GeneratedRegex(@"\b(should|verify|verifies|test that|tests that|make sure|must)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Wishes();

    [GeneratedRegex("""(?:TestName = |SetName\((?:FormattableString\.Invariant\()?\$?)"(?<name>[^"]+)""")]
    private static partial Regex Names();

    // [Test] takes the method's name, which no reader of a report wants.
    [GeneratedRegex(@"\[Test(?:\]|\()")]
    private static partial Regex Cases();
}
