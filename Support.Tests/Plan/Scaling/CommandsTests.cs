using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

/// <summary>commands.sh as a user runs it: a shell, the AWS CLI, an emulator of AWS.</summary>
[CancelAfter(300_000)]
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
internal sealed class CommandsTests
{
    private static readonly string[] Options =
        ["--response-time", "--echo", "--set-desired", "--container-insights", "--force"];

    private ScalingEmulator emulator = null!;

    [OneTimeSetUp]
    public async Task Start() => emulator = await ScalingEmulator.StartAsync();

    [OneTimeTearDown]
    public async Task End()
    {
        if (emulator is not null)
            await emulator.DisposeAsync();
    }

    [Test]
    public async Task It_applies_the_plan_and_reads_back_and_a_second_time_changes_nothing(
        CancellationToken cancellationToken)
    {
        await FillAsync();
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken);
        Assert.That(code, Is.Zero, error);
        var again = await emulator.RunCommandsAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await BoundsAsync(), Is.EqualTo((3, 10)));
            Assert.That(
                Names(await emulator.PoliciesAsync(), "PolicyName"),
                Is.EquivalentTo(["websocket-connections-per-task"]));
            Assert.That(Names(await emulator.AlarmsAsync(), "AlarmName"), Is.EquivalentTo(
                [
                    "websocket-connections/main/chat",
                    "websocket-response-time/main/chat",
                    "websocket-rejected/main/chat",
                    "websocket-at-maximum/main/chat",
                ]));
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("enabled", 2)));
            Assert.That(output, Does.StartWith("{"));
            Assert.That(
                output,
                Does.Contain("\"TargetValue\": 1333").And.Contain("\"AlarmName\": \"websocket-at-maximum/main/chat\""));
            Assert.That((again.Code, again.Output.Split('\n')[0]), Is.EqualTo((0, "{")));
        }
    }

    [Test]
    public async Task A_live_service_that_is_greater_than_the_plan_keeps_its_bounds_and_tasks_unless_it_is_forced(
        CancellationToken cancellationToken)
    {
        await FillAsync();
        await emulator.AskAsync(
            "ecs", "update-service", "--cluster", "main", "--service", "chat", "--desired-count", "40");
        await emulator.Moto.AwsAsync(
            "application-autoscaling", "register-scalable-target", "--service-namespace", "ecs", "--resource-id",
            "service/main/chat",
            "--scalable-dimension", "ecs:service:DesiredCount", "--min-capacity", "5", "--max-capacity", "100");
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken, "--set-desired");
        Assert.That(code, Is.Zero, error);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                output,
                Does.StartWith("kept: minimum 5 (plan: 3)\nkept: maximum 100 (plan: 10)\nkept: tasks 40 (plan: 8)\n"));
            Assert.That(await BoundsAsync(), Is.EqualTo((5, 100)));
            Assert.That((await emulator.EcsAsync()).Desired, Is.EqualTo(40));
            Assert.That((await emulator.AlarmsAsync())
                .Single(alarm => alarm!["AlarmName"]!.GetValue<string>().Contains("at-maximum"))!["Threshold"]!
                .GetValue<double>(), Is.EqualTo(100));
        }

        (code, output, error) = await emulator.RunCommandsAsync(cancellationToken, "--force", "--set-desired");
        Assert.That(code, Is.Zero, error);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.StartWith("{"));
            Assert.That(await BoundsAsync(), Is.EqualTo((3, 10)));
            Assert.That((await emulator.EcsAsync()).Desired, Is.EqualTo(8));
        }
    }

    [Test]
    public async Task One_command_switches_from_one_time_to_the_other_and_richer_insights_stay(
        CancellationToken cancellationToken)
    {
        await FillAsync("enhanced");
        foreach (var (option, time) in new[] { ("--response-time", "response-time"), ("--echo", "echo-time") })
        {
            var (code, _, error) = await emulator.RunCommandsAsync(cancellationToken, option, "--set-desired");
            Assert.That(code, Is.Zero, error);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    Names(await emulator.PoliciesAsync(), "PolicyName"),
                    Is.EquivalentTo(["websocket-connections-per-task", $"websocket-{time}"]));
                Assert.That(
                    Names(await emulator.AlarmsAsync(), "AlarmName").Where(name => name.Contains("time")),
                    Is.EqualTo([$"websocket-{time}/main/chat"]));
                Assert.That(await emulator.EcsAsync(), Is.EqualTo(("enhanced", 8)));
                Assert.That(await BoundsAsync(), Is.EqualTo((3, 10)));
            }
        }
    }

    [Test]
    public async Task Container_Insights_are_switched_on_only_where_that_is_asked_for(
        CancellationToken cancellationToken)
    {
        await emulator.FillAsync(ScalingSamples.Scope);
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, output), Is.EqualTo((3, "")));
            Assert.That(
                error, Does.Contain("Container Insights is off in cluster 'main'").And.Contain("--container-insights"));
            Assert.That(await emulator.TargetsAsync(), Is.Empty);
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("disabled", 2)));
        }

        Assert.That((await emulator.RunCommandsAsync(cancellationToken, "--container-insights")).Code, Is.Zero);
        Assert.That(await emulator.EcsAsync(), Is.EqualTo(("enabled", 2)));
    }

    [Test]
    public async Task Help_says_what_each_option_does(CancellationToken cancellationToken)
    {
        await emulator.FillAsync(new());
        var (code, output, _) = await emulator.RunCommandsAsync(cancellationToken, "--help");
        Assert.That(code, Is.Zero);
        foreach (var option in Options)
            Assert.That(output, Does.Contain($"sh commands.sh {option} "));
    }

    [Test]
    public async Task With_a_placeholder_left_it_names_it_ends_with_2_and_has_applied_nothing(
        CancellationToken cancellationToken)
    {
        await emulator.FillAsync(ScalingSamples.Scope with { LoadBalancer = null });
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, output), Is.EqualTo((2, "")));
            Assert.That(error, Is.EqualTo("commands.sh: nothing was applied: fill in the names first, as README.md "
                + "says.\nmissing: app/YOUR_LOAD_BALANCER/ID\n"));
            Assert.That(await emulator.TargetsAsync(), Is.Empty);
            Assert.That(await emulator.PoliciesAsync(), Is.Empty);
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("disabled", 2)));
        }
    }

    [Test]
    public async Task An_unknown_option_ends_it_with_2(CancellationToken cancellationToken)
    {
        await emulator.FillAsync(ScalingSamples.Scope);
        var (code, _, error) = await emulator.RunCommandsAsync(cancellationToken, "--all");
        Assert.That(
            (code, error.Trim()),
            Is.EqualTo((2, $"commands.sh: unknown option '--all'; allowed: {string.Join(", ", Options)}, --help")));
    }

    [Test]
    public async Task A_service_that_is_none_ends_it_before_anything_is_applied(CancellationToken cancellationToken)
    {
        await emulator.FillAsync(ScalingSamples.Scope with { Service = "other" });
        var (code, _, error) = await emulator.RunCommandsAsync(cancellationToken, "--container-insights");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.Contain("no active service/main/other"));
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("disabled", 2)));
        }
    }

    private async Task FillAsync(string insights = "enabled")
    {
        await emulator.FillAsync(ScalingSamples.Scope);
        await emulator.AskAsync(
            "ecs", "update-cluster", "--cluster", "main", "--settings", $"name=containerInsights,value={insights}");
    }

    private async Task<(int Minimum, int Maximum)> BoundsAsync()
    {
        var target = (await emulator.TargetsAsync())[0]!;
        return (target["MinCapacity"]!.GetValue<int>(), target["MaxCapacity"]!.GetValue<int>());
    }

    private static IEnumerable<string> Names(
        JsonArray answer, string key) => answer.Select(item => item![key]!.GetValue<string>());
}
