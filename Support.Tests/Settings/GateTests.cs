using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

/// <summary>What the settings of the gate need of each other.</summary>
internal sealed class GateTests
{
    [TestCase("Target.Command", "Target.Url is embedded", "Target.Command=node server.js")]
    [TestCase("Target.Url", "must be 127.0.0.1, [::1] or localhost", "Target.Command=node server.js",
        "Target.Url=ws://example.com/")]
    [TestCase("Gate.Sizes", "the suite has to start the server at that size: set Target.Command", "Gate.Sizes=256/512",
        "Target.Url=ws://127.0.0.1:8080/")]
    [TestCase("Gate.TaskDefinition", "the suite has to start the server at that size", "Gate.TaskDefinition=a.json",
        "Target.Url=wss://example.com/")]
    [TestCase(
        "Gate.TaskDefinitionBefore",
        "there is nothing to compare it with: set Gate.TaskDefinition",
        "Gate.TaskDefinitionBefore=origin/main")]
    [TestCase("Gate.Accept", "no size is measured", "Gate.Accept=true")]
    public void What_does_not_go_together_is_one_problem(string name, string reason, params string[] given)
    {
        var problem = SettingsSetup.FromParameters([.. given.Select(Pair)]).Problems;
        Assert.That(problem.Select(one => one.Name), Is.EqualTo([name]));
        Assert.That(problem[0].Reason, Does.Contain(reason));
    }

    [TestCase("Target.Command=node server.js", "Target.Url=ws://127.0.0.1:8080/")]
    [TestCase(
        "Target.Command=node server.js", "Target.Url=ws://localhost:8080/", "Gate.Sizes=256/512", "Gate.Accept=true")]
    [TestCase("Gate.Sizes=all")]
    [TestCase("Gate.TaskDefinition=a.json", "Gate.TaskDefinitionBefore=HEAD~1", "Gate.Container=web")]
    public void What_goes_together_is_taken(params string[] given) =>
        SettingsSetup.Usable(SettingsSetup.FromParameters([.. given.Select(Pair)]));

    [Test]
    public void The_table_of_the_seed_is_what_is_expected() => Assert.That(
        SettingsSetup.Usable(SettingsSetup.FromParameters()).Gate.Expected, Is.EqualTo(new ExpectedCapacity[]
        {
            new(new(256, 512), 200, 500), new(new(512, 1024), 500, 1_000), new(new(1024, 2048), 1_000, 2_000),
            new(new(2048, 4096), 2_000, 5_000),
        }));

    [Test]
    public void A_definition_that_cannot_be_read_is_a_problem() => Assert.That(
        SettingsSetup.Read(
            SettingsSetup.Pairs(("Gate.TaskDefinition", "a.json")),
            SettingsSetup.Pairs(),
            new FakeDisk { File = "there is no such file" })
            .Problems.Select(problem => (problem.Name, problem.Reason)),
        Is.EqualTo([("Gate.TaskDefinition", "there is no such file")]));

    private static (string Name, string Value) Pair(string text) =>
        (text[..text.IndexOf(
            '=', StringComparison.Ordinal)], text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]);
}
