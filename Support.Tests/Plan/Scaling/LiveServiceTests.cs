using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

/// <summary>commands.sh on a service that runs already, as in <see cref="CommandsTests"/>.</summary>
[CancelAfter(900_000), Order(1), Parallelizable(ParallelScope.Self)]
internal sealed class LiveServiceTests
{
    private static readonly ScalingScope Scope = ScalingSamples.Scope with { Region = "us-east-2" };

    [Test]
    public async Task What_is_greater_than_the_plan_stays(
        CancellationToken cancellationToken)
    {
        using var emulator = await ScalingEmulator.StartAsync(Scope, "enhanced", desired: 40);
        await emulator.BoundAsync(5, 100);
        var (code, output, error) = await emulator.RunCommandsAsync(cancellationToken, "--set-desired");
        Assert.That(code, Is.Zero, error);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                output,
                Does.StartWith("kept: minimum 5 (plan: 3)\nkept: maximum 100 (plan: 10)\nkept: tasks 40 (plan: 8)\n"));
            Assert.That(await emulator.BoundsAsync(), Is.EqualTo((5, 100)));
            Assert.That((await emulator.EcsAsync()).Desired, Is.EqualTo(40));
            Assert.That((await emulator.AlarmsAsync())
                .Single(alarm => alarm!["AlarmName"]!.GetValue<string>().Contains("at-maximum"))!["Threshold"]!
                .GetValue<double>(), Is.EqualTo(100));
        }
    }
}
