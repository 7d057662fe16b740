using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Tests.Ecs.Definitions;

/// <summary>
/// A file's own variables and entry point say whether it is the suite's definition; the settings of the run that checks
/// it do not.
/// </summary>
[TestFixture]
internal sealed class OwnDefinitionTests
{
    private const string Foreign = "[{ \"name\": \"AWS_REGION\", \"value\": \"eu-west-1\" }]";

    [Test]
    public async Task The_suite_s_own_definition_is_checked_by_every_rule_though_nobody_says_that_it_is()
    {
        var text = Change(Definitions.Good, ("stopTimeout", null), ("entryPoint", "[\"sh\", \"-c\", \"dotnet test\"]"),
            ("mountPoints", null));
        text = Definitions.With(
            Definitions.With(text, "taskRoleArn", null),
            $"{Definitions.Container}.logConfiguration.options.mode",
            "\"non-blocking\"");
        text = Definitions.With(text, $"{Definitions.Container}.environment[1].value", "\"many\"");

        using (Assert.EnterMultipleScope())
        {
            foreach (var rule in new[]
            {
                "StopTimeout",
                "EntryPoint",
                "RootFilesystem",
                "Roles",
                "LogMode",
                "Variables",
            })
                Assert.That(
                    (await FindAsync("TaskDefinition", rule, text)).Outcome, Is.EqualTo(CheckOutcome.Warning), rule);
            Assert.That(
                (await FindAsync("TaskDefinition", "LogMode", text)).Actual, Does.Contain("metrics among them"));
        }
    }

    [TestCase(Foreign, "[\"/app/deploy/entrypoint.sh\"]", null, null, true)]
    [TestCase(Foreign, null, "[\"sh\", \"-c\", \"exec deploy/entrypoint.sh\"]", null, true)]
    [TestCase(Foreign, null, null, "[{ \"name\": \"CAPACITY_TARGET_HEADERS\", \"valueFrom\": \"x\" }]", true)]
    [TestCase("[{ \"name\": \"NUM_SESSIONS\", \"value\": \"100\" }]", null, null, null, true)]
    [TestCase(Foreign, "[\"docker-entrypoint.sh\"]", "[\"node\"]", null, false)]
    public async Task What_runs_in_a_container_is_seen_by_its_variables_and_its_entry_point(
        string environment, string? entryPoint, string? command, string? secrets, bool suite)
    {
        var text = Change(Definitions.Good, ("environment", environment), ("entryPoint", entryPoint ?? "[]"),
            ("command", command ?? "[]"), ("secrets", secrets ?? "[]"));

        Assert.That(
            (await FindAsync("TaskDefinition", "EntryPoint", text)).Outcome == CheckOutcome.NotApplicable,
            Is.Not.EqualTo(suite));
    }

    [TestCase("off", null, false, false)]
    [TestCase("auto", null, true, false)]
    [TestCase("emf", null, true, false)]
    [TestCase("api", null, false, true)]
    [TestCase("off", "CAPACITY_AWS_SERVICE", false, true)]
    [TestCase("off", "CAPACITY_AWS_REPORTSBUCKET", false, true)]
    public void What_the_suite_needs_follows_from_its_variables(
        string publish, string? name, bool metricsInLog, bool callsAws)
    {
        var other = name is null ? "" : $", {{ \"name\": \"{name}\", \"value\": \"my-name\" }}";
        var text = Change(
            Definitions.Good,
            ("environment", $"[{{ \"name\": \"CAPACITY_AWS_PUBLISH\", \"value\": \"{publish}\" }}{other}]"));
        var needs = SuiteNeeds.Of(TaskDefinitionParser.Parse(text).Definition!, Definitions.Server);

        Assert.That(
            (needs.RunsTheSuite, needs.MetricsInLog, needs.CallsAws), Is.EqualTo((true, metricsInLog, callsAws)));
    }

    [Test]
    public async Task What_is_deployed_is_what_the_caller_says()
    {
        var service = await FindAsync("Service", "EntryPoint", Definitions.Good);
        var task = await FindAsync("Task", "Variables", Definitions.Good);
        var file = await FindAsync("TaskDefinition", "Variables", Definitions.Good);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Outcome, Is.EqualTo(CheckOutcome.NotApplicable));
            Assert.That(task.Actual, Does.EndWith("; overrides of run-task are not part of it"));
            Assert.That(file.Actual, Does.Contain("NUM_SESSIONS='1000'").And.Not.Contain("overrides"));
        }
    }

    private static string Change(string text, params (string Name, string? Json)[] changes) =>
        changes.Aggregate(
            text,
            (changed, change) => Definitions.With(changed, $"{Definitions.Container}.{change.Name}", change.Json));

    private static Task<Finding> FindAsync(string scope, string rule, string text) =>
        DefinitionChecks.For(scope, _ => Task.FromResult(TaskDefinitionParser.Parse(text)), Definitions.Server)
            .Single(check => check.Id == $"{scope}.{rule}").RunAsync(CancellationToken.None);
}
