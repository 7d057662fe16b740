using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

internal sealed class ScalingTemplateTests
{
    [TestCase("ScalableTarget", ScalingFileNames.Target)]
    [TestCase("ConnectionsPolicy", ScalingFileNames.ConnectionsPolicy)]
    [TestCase("ResponseTimePolicy", ScalingFileNames.ResponseTimePolicy)]
    [TestCase("EchoTimePolicy", ScalingFileNames.EchoTimePolicy)]
    [TestCase("ConnectionsAlarm", ScalingFileNames.ConnectionsAlarm)]
    [TestCase("ResponseTimeAlarm", ScalingFileNames.ResponseTimeAlarm)]
    [TestCase("EchoTimeAlarm", ScalingFileNames.EchoTimeAlarm)]
    [TestCase("RejectedAlarm", ScalingFileNames.RejectedAlarm)]
    [TestCase("AtMaximumAlarm", ScalingFileNames.AtMaximumAlarm)]
    public void A_resource_is_its_file_once_the_parameters_have_their_defaults(string resource, string file)
    {
        AssertIsFile(resource, file, ScalingSamples.Scope);
        AssertIsFile(resource, file, ScalingSamples.Scope with { MoreLoadBalancers = ["app/second/1", "app/third/2"] });
    }

    private static void AssertIsFile(string resource, string file, ScalingScope scope)
    {
        var template = ScalingSamples.Json(ScalingFileNames.Template, scope);
        var values = template["Parameters"]!.AsObject()
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value!["Default"]!.GetValue<string>());
        var resolved = Resolved(template["Resources"]![resource]!["Properties"]!, values)!;
        Assert.That(JsonNode.DeepEquals(resolved, ScalingSamples.Json(file, scope)), Is.True, resolved.ToString());
    }

    [Test]
    public void There_is_a_resource_for_every_file() => Assert.That(
        ScalingSamples.Json(ScalingFileNames.Template)["Resources"]!.AsObject().Select(resource => resource.Key),
        Has.Exactly(9).Items);

    [Test]
    public void One_of_the_two_times_is_chosen()
    {
        var resources = ScalingSamples.Json(ScalingFileNames.Template)["Resources"]!.AsObject();
        var chosen = resources.Where(resource => resource.Value!["Condition"] is not null)
            .Select(resource => $"{resource.Key}: {resource.Value!["Condition"]}");
        Assert.That(chosen, Is.EqualTo(
            [
                "ResponseTimePolicy: TargetResponseTime",
                $"EchoTimePolicy: {EchoMetric.Name}",
                "ResponseTimeAlarm: WithoutEchoTime",
                $"EchoTimeAlarm: {EchoMetric.Name}",
            ]));
    }

    private static JsonNode? Resolved(JsonNode? node, Dictionary<string, string> values) => node switch
    {
        JsonObject json when json["Ref"] is { } name => values[name.GetValue<string>()],
        JsonObject json when json["Fn::Sub"] is { } text =>
            values.Aggregate(
                text.GetValue<string>(),
                (result, value) => result.Replace($"${{{value.Key}}}", value.Value, StringComparison.Ordinal)),
        JsonObject json =>
            new JsonObject(json.Select(member => KeyValuePair.Create(member.Key, Resolved(member.Value, values)))),
        JsonArray array => new JsonArray([.. array.Select(item => Resolved(item, values))]),
        _ => node?.DeepClone(),
    };
}
