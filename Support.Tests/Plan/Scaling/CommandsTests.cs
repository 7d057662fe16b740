using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

/// <summary>
/// commands.sh as a user runs it: a shell, the AWS CLI, an emulator of AWS; each test in a region of its own.
/// </summary>
[CancelAfter(300_000)]
internal sealed class CommandsTests
{
    private static readonly string[] Options =
        ["--response-time", "--echo", "--set-desired", "--container-insights", "--force"];

    [Test]
    public async Task Once_Container_Insights_are_on_it_applies_the_plan_and_a_second_time_changes_nothing(
        CancellationToken cancellationToken)
    {
        using var emulator = await ScalingEmulator.StartAsync(In("eu-central-1"));
        var refused = await emulator.RunCommandsAsync(cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.Code, refused.Output), Is.EqualTo((3, "")));
            Assert.That(refused.Error, Does.Contain("--container-insights"));
            Assert.That(await emulator.TargetsAsync(), Is.Empty);
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("disabled", 2)));
        }

        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken, "--container-insights");
        Assert.That(code, Is.Zero, error);
        var again = await emulator.RunCommandsAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await BoundsAsync(emulator), Is.EqualTo((3, 10)));
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
    public async Task A_greater_live_service_stays_unless_it_is_forced_and_one_command_switches_the_times(
        CancellationToken cancellationToken)
    {
        using var emulator = await ScalingEmulator.StartAsync(In("us-east-2"), "enhanced", desired: 40);
        await emulator.BoundAsync(5, 100);
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken, "--set-desired");
        Assert.That(code, Is.Zero, error);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                output,
                Does.StartWith("kept: minimum 5 (plan: 3)\nkept: maximum 100 (plan: 10)\nkept: tasks 40 (plan: 8)\n"));
            Assert.That(await BoundsAsync(emulator), Is.EqualTo((5, 100)));
            Assert.That((await emulator.EcsAsync()).Desired, Is.EqualTo(40));
            Assert.That((await emulator.AlarmsAsync())
                .Single(alarm => alarm!["AlarmName"]!.GetValue<string>().Contains("at-maximum"))!["Threshold"]!
                .GetValue<double>(), Is.EqualTo(100));
        }

        await SwitchesAsync(
            emulator, "response-time", cancellationToken, "--force", "--set-desired", "--response-time");
        await SwitchesAsync(emulator, "echo-time", cancellationToken, "--echo");
    }

    [Test]
    public async Task Help_says_what_each_option_does(CancellationToken cancellationToken)
    {
        using var emulator = await ScalingEmulator.StartAsync(new() { Region = "us-west-1" });
        var (code, output, _) = await emulator.RunCommandsAsync(cancellationToken, "--help");
        Assert.That(code, Is.Zero);
        foreach (var option in Options)
            Assert.That(output, Does.Contain($"sh commands.sh {option} "));
    }

    [Test]
    public async Task With_a_placeholder_left_it_names_it_ends_with_2_and_has_applied_nothing(
        CancellationToken cancellationToken)
    {
        using var emulator = await ScalingEmulator.StartAsync(In("us-west-2") with { LoadBalancer = null });
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, output), Is.EqualTo((2, "")));
            Assert.That(error, Does.EndWith("missing: app/YOUR_LOAD_BALANCER/ID\n"));
            Assert.That(await emulator.TargetsAsync(), Is.Empty);
            Assert.That(await emulator.PoliciesAsync(), Is.Empty);
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("disabled", 2)));
        }
    }

    [Test]
    public async Task An_unknown_option_ends_it_with_2(CancellationToken cancellationToken)
    {
        using var emulator = await ScalingEmulator.StartAsync(In("eu-west-2"));
        var (code, _, error) = await emulator.RunCommandsAsync(cancellationToken, "--all");
        Assert.That(
            (code, error.Trim()),
            Is.EqualTo((2, $"commands.sh: unknown option '--all'; allowed: {string.Join(", ", Options)}, --help")));
    }

    [Test]
    public async Task A_service_that_is_none_ends_it_before_anything_is_applied(CancellationToken cancellationToken)
    {
        using var emulator = await ScalingEmulator.StartAsync(In("eu-west-3") with { Service = "other" });
        var (code, _, error) = await emulator.RunCommandsAsync(cancellationToken, "--container-insights");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.Contain("service/main/other"));
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("disabled", 2)));
        }
    }

    // What is there then is what the files say, member for member.
    private static async Task SwitchesAsync(
        ScalingEmulator emulator, string time, CancellationToken cancellationToken, params string[] options)
    {
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken, options);
        Assert.That(code, Is.Zero, error);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.StartWith("{"));
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("enhanced", 8)));
            AssertAre(await emulator.TargetsAsync(), "ResourceId", "us-east-2", ScalingFileNames.Target);
            AssertAre(
                await emulator.PoliciesAsync(),
                "PolicyName",
                "us-east-2",
                ScalingFileNames.ConnectionsPolicy,
                $"{time}-policy.json");
            AssertAre(
                await emulator.AlarmsAsync(),
                "AlarmName",
                "us-east-2",
                ScalingFileNames.ConnectionsAlarm,
                ScalingFileNames.RejectedAlarm,
                ScalingFileNames.AtMaximumAlarm,
                $"alarm-{time}.json");
        }
    }

    private static void AssertAre(JsonArray found, string key, string region, params string[] files)
    {
        Assert.That(found, Has.Count.EqualTo(files.Length));
        foreach (var written in files.Select(file => ScalingSamples.Json(file, In(region))))
        {
            var one = found.Single(one => JsonNode.DeepEquals(one![key], written[key]))!;
            foreach (var (name, value) in written)
                Assert.That(
                    JsonNode.DeepEquals(one[name], value),
                    Is.True,
                    $"{written[key]} {name}: {one[name]?.ToJsonString()} is not {value?.ToJsonString()}");
        }
    }

    private static ScalingScope In(string region) => ScalingSamples.Scope with { Region = region };

    private static async Task<(int Minimum, int Maximum)> BoundsAsync(ScalingEmulator emulator)
    {
        var target = (await emulator.TargetsAsync())[0]!;
        return (target["MinCapacity"]!.GetValue<int>(), target["MaxCapacity"]!.GetValue<int>());
    }

    private static IEnumerable<string> Names(
        JsonArray answer, string key) => answer.Select(item => item![key]!.GetValue<string>());
}
