using NUnit.Framework;
using Support.Plan.Scaling;
using Support.Tests.Aws;

namespace Support.Tests.Plan.Scaling;

/// <summary>
/// The emulator asks cfn-lint, which knows AWS's schema of every resource; it can't make a stack of these types. Nobody
/// else asks this one meanwhile: cfn-lint is busy for seconds.
/// </summary>
[CancelAfter(180_000)]
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
internal sealed class CloudFormationTests
{
    private MotoServer moto = null!;

    [OneTimeSetUp]
    public async Task Start() => moto = await MotoServer.StartAsync();

    [OneTimeTearDown]
    public async Task End()
    {
        if (moto is not null)
            await moto.DisposeAsync();
    }

    [Test]
    public async Task It_takes_the_template() => Assert.That(
        await ValidateAsync(ScalingSamples.Text(ScalingFileNames.Template)),
        Is.EqualTo(ScalingSamples.Json(ScalingFileNames.Template)["Description"]!.GetValue<string>()));

    [Test]
    public void It_refuses_a_template_with_a_property_that_is_none()
    {
        var broken = ScalingSamples.Json(ScalingFileNames.Template);
        broken["Resources"]!["ScalableTarget"]!["Properties"]!["MaxCapacities"] = 3;
        Assert.That(
            () => ValidateAsync(broken.ToJsonString()),
            Throws.TypeOf<AssertionException>().With.Message.Contains("MaxCapacities"));
    }

    private async Task<string> ValidateAsync(string template)
    {
        var answer = await moto.QueryAsync(
            "cloudformation", ("Action", "ValidateTemplate"), ("Version", "2010-05-15"), ("TemplateBody", template));
        return answer.Element("ValidateTemplateResult")!.Element("Description")!.Value;
    }
}
