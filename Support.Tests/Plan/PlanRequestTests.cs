using System.Collections.Immutable;
using NUnit.Framework;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Plan;

/// <summary>When a plan is asked for.</summary>
internal sealed class PlanRequestTests
{
    [TestCase("Plan.Zones", "3", true, TestName = "A setting of the plan asks for it, even with its default value")]
    [TestCase("Aws.Service", "chat", true, TestName = "So does one of AWS")]
    [TestCase("Gate.Sizes", "512/1024", true, TestName = "So does a task size")]
    [TestCase("Price.VcpuHour", "1", false, TestName = "A price does not")]
    [TestCase("Gate.RequiredConnections", "10", false, TestName = "Nor does what is required")]
    public void A_setting_asks_for_the_plan(string name, string value, bool isAsked) =>
        Assert.That(ScalingPlan.IsAskedForBy(Read(name, value)), Is.EqualTo(isAsked));

    [Test]
    public void Defaults_do_not_ask_for_it() => Assert.That(ScalingPlan.IsAskedForBy(Read()), Is.False);

    [TestCase(true)]
    [TestCase(false)]
    public void A_plan_says_whether_it_was_asked_for(bool isAsked) => Assert.That(
        ScalingPlanner.Plan(new() { Verdict = PlanSamples.Verdict(2_000), IsAskedFor = isAsked }).IsAskedFor,
        Is.EqualTo(isAsked));

    private static CapacitySettings Read(string? name = null, string? value = null) => SettingsReader.Read(
        name is null
            ? ImmutableDictionary<string, string>.Empty
            : ImmutableDictionary<string, string>.Empty.Add(name, value!),
        new Dictionary<string, string>
        {
            ["CAPACITY_TARGET_COMMAND"] = "exec server",
            ["CAPACITY_TARGET_URL"] = "ws://127.0.0.1:8080/",
        },
        "/suite").Settings!;
}
