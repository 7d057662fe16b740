using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

/// <summary>
/// commands.sh as a user runs it: a shell, the AWS CLI, an emulator of AWS; each test in a region of its own.
/// </summary>
// One after the other, for so the first starts with the fixture.
[CancelAfter(900_000), Order(1), Parallelizable(ParallelScope.Self)]
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
            Assert.That(await emulator.BoundsAsync(), Is.EqualTo((3, 10)));
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

    private static ScalingScope In(string region) => ScalingSamples.Scope with { Region = region };

    private static IEnumerable<string> Names(
        JsonArray answer, string key) => answer.Select(item => item![key]!.GetValue<string>());
}
