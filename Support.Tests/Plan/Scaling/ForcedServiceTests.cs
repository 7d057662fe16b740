using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

/// <summary>commands.sh with its options on such a service, as in <see cref="CommandsTests"/>.</summary>
[CancelAfter(900_000), Order(1), Parallelizable(ParallelScope.Self)]
internal sealed class ForcedServiceTests
{
    private static readonly ScalingScope Scope = ScalingSamples.Scope with { Region = "us-east-1" };

    [Test]
    public async Task It_becomes_what_the_plan_says_and_one_command_switches_from_one_time_to_the_other(
        CancellationToken cancellationToken)
    {
        using var emulator = await ScalingEmulator.StartAsync(Scope, "enhanced", desired: 40);
        await emulator.BoundAsync(5, 100);
        await SwitchesAsync(
            emulator, "response-time", cancellationToken, "--force", "--set-desired", "--response-time");
        await SwitchesAsync(emulator, "echo-time", cancellationToken, "--echo");
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
            AssertAre(await emulator.TargetsAsync(), "ResourceId", ScalingFileNames.Target);
            AssertAre(
                await emulator.PoliciesAsync(),
                "PolicyName",
                ScalingFileNames.ConnectionsPolicy,
                $"{time}-policy.json");
            AssertAre(
                await emulator.AlarmsAsync(),
                "AlarmName",
                ScalingFileNames.ConnectionsAlarm,
                ScalingFileNames.RejectedAlarm,
                ScalingFileNames.AtMaximumAlarm,
                $"alarm-{time}.json");
        }
    }

    private static void AssertAre(JsonArray found, string key, params string[] files)
    {
        Assert.That(found, Has.Count.EqualTo(files.Length));
        foreach (var written in files.Select(file => ScalingSamples.Json(file, Scope)))
        {
            var one = found.Single(one => JsonNode.DeepEquals(one![key], written[key]))!;
            foreach (var (name, value) in written)
                Assert.That(
                    JsonNode.DeepEquals(one[name], value),
                    Is.True,
                    $"{written[key]} {name}: {one[name]?.ToJsonString()} is not {value?.ToJsonString()}");
        }
    }
}
