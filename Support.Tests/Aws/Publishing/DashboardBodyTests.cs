using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Aws.Dashboard;
using Support.Aws.Metrics;
using Support.Tests.Reports;

namespace Support.Tests.Aws.Publishing;

internal sealed class DashboardBodyTests
{
    private static readonly string[] Cultures = ["", "de-DE", "ar-SA"];

    private static readonly DashboardScope Scope = new("eu-west-1", MetricSources.Of("WebSocketCapacity"))
    {
        Cluster = "prod",
        Service = "chat",
        LoadBalancer = "app/my-alb/50dc6c495c0c9188",
    };

    [Test]
    public async Task The_body_is_the_text_on_record_in_every_culture()
    {
        var texts = Cultures.Select(culture => Culture.In(culture, () => DashboardBody.Of(Scope))).ToArray();
        Assert.That(texts, Is.All.EqualTo(texts[0]), "a culture changed the text");
        await Verifier.Verify(texts[0].TrimEnd('\n'), "json")
            .UseDirectory("Snapshots").UseFileName("dashboard").DisableDiff();
    }

    [Test]
    public void It_shows_every_metric_of_the_suite_and_none_that_a_double_would_change()
    {
        var report = SampleReports.LimitFound();
        string[] published =
        [
            .. report.Steps.Select(MetricSets.OfStep).Append(MetricSets.OfVerdict(report))
            .OfType<MetricSet>().SelectMany(set => set.Values).Select(value => value.Name).Distinct(),
        ];
        using var body = JsonDocument.Parse(DashboardBody.Of(Scope));
        var lines = body.RootElement.GetProperty("widgets").EnumerateArray().SelectMany(
            widget => widget.GetProperty("properties").GetProperty("metrics").EnumerateArray())
            .Where(line => line[0].ValueKind == JsonValueKind.String && line[0].GetString() == "WebSocketCapacity")
            .ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Select(line => line[1].GetString()), Is.EquivalentTo(published));
            Assert.That(
                lines.Select(line => line[line.GetArrayLength() - 1].GetProperty("stat").GetString()),
                Is.All.Matches("^(Average|Minimum|Maximum)$"));
        }
    }

    [Test]
    public void What_is_not_named_is_left_out()
    {
        var body = DashboardBody.Of(new("eu-west-1", MetricSources.Of()));
        Assert.That(body, Does.Not.Contain("AWS/ECS").And.Not.Contain("AWS/ApplicationELB"));
    }

    [Test]
    public async Task CloudWatch_takes_the_body_and_has_no_message_about_it()
    {
        var moto = await SharedMoto.GetAsync();
        const string Api = "GraniteServiceVersion20100801.";
        var answer = JsonNode.Parse(await moto.CallAsync("monitoring", Api + "PutDashboard", new JsonObject
        {
            ["DashboardName"] = "capacity", ["DashboardBody"] = DashboardBody.Of(Scope),
        }.ToJsonString()))!;
        var kept = JsonNode.Parse(
            await moto.CallAsync("monitoring", Api + "GetDashboard", """{"DashboardName":"capacity"}"""))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer["DashboardValidationMessages"]?.AsArray() ?? [], Is.Empty);
            Assert.That(
                kept["DashboardBody"]!.GetValue<string>().TrimEnd(), Is.EqualTo(DashboardBody.Of(Scope).TrimEnd()));
        }
    }
}
