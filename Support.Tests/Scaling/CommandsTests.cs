using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Scaling;

namespace Support.Tests.Scaling;

/// <summary>commands.sh as a user runs it: a shell, the AWS CLI, an emulator of AWS.</summary>
[CancelAfter(300_000)]
public sealed class CommandsTests
{
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
    public async Task It_applies_the_plan_leaves_the_number_of_tasks_to_scaling_and_reads_back(CancellationToken cancellationToken)
    {
        await emulator.FillAsync(ScalingSamples.Scope);
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken);
        Assert.That(code, Is.Zero, error);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await emulator.TargetsAsync())[0]!["MaxCapacity"]!.GetValue<int>(), Is.EqualTo(10));
            Assert.That(Names(await emulator.PoliciesAsync(), "PolicyName"), Is.EquivalentTo(["websocket-connections-per-task", "websocket-response-time"]));
            Assert.That(Names(await emulator.AlarmsAsync(), "AlarmName"), Is.EquivalentTo(
                ["websocket-connections/main/chat", "websocket-response-time/main/chat", "websocket-rejected/main/chat", "websocket-at-maximum/main/chat"]));
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("enabled", 2)));
            Assert.That(output, Does.Contain("\"TargetValue\": 1333").And.Contain("\"MinCapacity\": 3").And.Contain("\"AlarmName\": \"websocket-at-maximum/main/chat\""));
        }
    }

    [Test]
    public async Task It_takes_the_echo_time_sets_the_number_of_tasks_and_keeps_richer_insights_where_it_is_told_to(CancellationToken cancellationToken)
    {
        await emulator.FillAsync(ScalingSamples.Scope);
        await emulator.AskAsync("ecs", "update-cluster", "--cluster", "main", "--settings", "name=containerInsights,value=enhanced");
        var (code, _, error) = await emulator.RunCommandsAsync(cancellationToken, "--echo", "--set-desired");
        Assert.That(code, Is.Zero, error);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(await emulator.PoliciesAsync(), "PolicyName"), Is.EquivalentTo(["websocket-connections-per-task", "websocket-echo-time"]));
            Assert.That(Names(await emulator.AlarmsAsync(), "AlarmName"), Does.Contain("websocket-echo-time/main/chat").And.Not.Contain("websocket-response-time/main/chat"));
            Assert.That(await emulator.EcsAsync(), Is.EqualTo(("enhanced", 8)));
        }
    }

    [Test]
    public async Task With_a_placeholder_left_it_names_it_ends_with_2_and_has_applied_nothing(CancellationToken cancellationToken)
    {
        await emulator.FillAsync(ScalingSamples.Scope with { LoadBalancer = null });
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, output), Is.EqualTo((2, "")));
            Assert.That(error, Does.Contain("connections-policy.json:").And.Contain("app/YOUR_LOAD_BALANCER/ID").And.Contain("nothing was applied"));
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
        Assert.That((code, error.Trim()), Is.EqualTo((2, "commands.sh: unknown option '--all'; allowed: --echo, --set-desired")));
    }

    [Test]
    public async Task A_service_that_is_none_ends_it_with_the_words_of_AWS(CancellationToken cancellationToken)
    {
        await emulator.FillAsync(ScalingSamples.Scope with { Service = "other" });
        var (code, _, error) = await emulator.RunCommandsAsync(cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Not.Zero.And.Not.EqualTo(2));
            Assert.That(error, Does.Contain("service/main/other"));
            Assert.That(await emulator.PoliciesAsync(), Is.Empty, "it stopped at the first failure");
        }
    }

    private static IEnumerable<string> Names(JsonArray answer, string key) => answer.Select(item => item![key]!.GetValue<string>());
}
