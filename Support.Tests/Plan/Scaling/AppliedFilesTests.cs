using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

/// <summary>The real AWS CLI takes every file, and an emulator of AWS gives back what is in it.</summary>
[CancelAfter(180_000)]
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
internal sealed class AppliedFilesTests
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

    [SetUp]
    public Task Fill() => emulator.FillAsync(ScalingSamples.Scope);

    [Test]
    public async Task The_scalable_target_is_read_back_as_it_was_written()
    {
        await emulator.Moto.AwsAsync("application-autoscaling", "register-scalable-target", "--cli-input-json",
            emulator.Url(ScalingFileNames.Target));
        AssertHolds(await emulator.TargetsAsync(), ScalingFileNames.Target);
    }

    [TestCase(ScalingFileNames.ConnectionsPolicy)]
    [TestCase(ScalingFileNames.ResponseTimePolicy)]
    [TestCase(ScalingFileNames.EchoTimePolicy)]
    public async Task A_policy_is_read_back_as_it_was_written(string name)
    {
        await emulator.Moto.AwsAsync(
            "application-autoscaling", "put-scaling-policy", "--cli-input-json", emulator.Url(name));
        AssertHolds(await emulator.PoliciesAsync(), name);
    }

    [TestCase(ScalingFileNames.ConnectionsAlarm)]
    [TestCase(ScalingFileNames.ResponseTimeAlarm)]
    [TestCase(ScalingFileNames.EchoTimeAlarm)]
    [TestCase(ScalingFileNames.RejectedAlarm)]
    [TestCase(ScalingFileNames.AtMaximumAlarm)]
    public async Task An_alarm_is_read_back_as_it_was_written(string name)
    {
        await emulator.Moto.AwsAsync("cloudwatch", "put-metric-alarm", "--cli-input-json", emulator.Url(name));
        AssertHolds(await emulator.AlarmsAsync(), name);
    }

    // The emulator asks cfn-lint, which knows AWS's schema of every resource; it can't make a stack of these types.
    [Test]
    public async Task CloudFormation_takes_the_template()
    {
        var answer = await emulator.AskAsync(
            "cloudformation", "validate-template", "--template-body", emulator.Url(ScalingFileNames.Template));
        Assert.That(
            answer["Description"]!.GetValue<string>(),
            Is.EqualTo(ScalingSamples.Json(ScalingFileNames.Template)["Description"]!.GetValue<string>()));
    }

    [Test]
    public void CloudFormation_refuses_a_template_with_a_property_that_is_none()
    {
        var broken = ScalingSamples.Json(ScalingFileNames.Template);
        broken["Resources"]!["ScalableTarget"]!["Properties"]!["MaxCapacities"] = 3;
        Assert.That(
            async () => await emulator.Moto.AwsAsync(
                "cloudformation", "validate-template", "--template-body", broken.ToJsonString()),
            Throws.TypeOf<AssertionException>().With.Message.Contains("MaxCapacities"));
    }

    private static void AssertHolds(JsonArray answer, string name)
    {
        Assert.That(answer, Has.Exactly(1).Items);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (key, value) in ScalingSamples.Json(name))
                Assert.That(
                    JsonNode.DeepEquals(answer[0]![key], value),
                    Is.True,
                    $"{key}: {answer[0]![key]?.ToJsonString()} is not {value?.ToJsonString()}");
        }
    }
}
