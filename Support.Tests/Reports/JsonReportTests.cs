using System.Text.Json;
using NUnit.Framework;
using Support.Reports.Data;

namespace Support.Tests.Reports;

internal sealed class JsonReportTests
{
    /// <summary>The keys of the contract, as paths; a number stands for a place in a list.</summary>
    private static readonly string[] Keys =
    [
        "schemaVersion", "complete", "interrupted", "run.id", "run.startedAt", "run.seconds", "run.profile",
        "run.version", "target.url", "target.embedded", "settings", "environment.ecs", "environment.checks", "rebuilt",
        "calibration", "steps", "search", "memory", "memoryPredictions", "plan.atMost", "verdict.findings",
        "verdict.outcome", "verdict.maxReliable", "verdict.heldAtOnce", "verdict.safeLimit", "verdict.exact",
        "verdict.bottleneck.side", "verdict.bottleneck.cause", "verdict.bottleneck.evidence", "verdict.bottleneck.next",
        "plan.targetConnections", "plan.connectionsPerTask", "plan.buffer", "plan.tasksNeeded",
    ];

    private static readonly string[] ListKeys =
    [
        "environment.checks.0.id",
        "environment.checks.0.title", "environment.checks.0.outcome", "environment.checks.0.expected",
        "environment.checks.0.actual", "environment.checks.0.next", "environment.ceilings.0.resource",
        "steps.0.sessions", "steps.0.attempted",
        "steps.0.opened", "steps.0.held", "steps.0.dropped", "steps.0.successRate", "steps.0.seconds",
        "steps.0.outcome",
        "steps.0.reason", "steps.0.failures", "steps.0.connectMilliseconds.p50", "steps.0.connectMilliseconds.p95",
        "steps.0.connectMilliseconds.p99",
        "steps.0.connectMilliseconds.max", "steps.0.resources.suite.residentBytesHeld",
        "steps.0.resources.target.cpuSeconds", "steps.0.resources.timeWaitAfter", "verdict.exact.holds",
        "verdict.exact.breaks", "verdict.exact.held", "steps.0.resources.kernelEstablished",
        "steps.0.resources.targetOpen", "steps.0.resources.workerCount",
        "steps.0.resources.client.longestLagMilliseconds", "steps.0.resources.server.descriptors", "steps.0.losses",
        "steps.0.addresses", "steps.0.targetAnswer", "search.ended", "search.seconds", "search.tries.0.number",
        "search.tries.0.kind", "search.tries.0.sessions", "search.tries.0.attempted", "search.tries.0.opened",
        "search.tries.0.held", "search.tries.0.holds", "search.tries.0.seconds", "search.tries.0.failures",
        "search.holds", "search.breaks", "search.paced", "calibration.readings.0.truth", "calibration.readings.0.read",
        "calibration.readings.0.problem", "memory.0.low", "memory.0.high", "memoryPredictions.0.predictedBytes",
        "memoryPredictions.0.actualBytes",
    ];

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void Every_key_of_the_contract_is_there_whatever_is_known(string report)
    {
        using var json = Render(report);

        Assert.That(Keys.Where(key => Find(json.RootElement, key) is null), Is.Empty);
    }

    [Test]
    public void Lists_hold_every_key_of_the_contract()
    {
        using var json = Render("LimitFound");

        Assert.That(ListKeys.Where(key => Find(json.RootElement, key) is null), Is.Empty);
    }

    [Test]
    public void Values_are_those_of_the_run()
    {
        using var json = Render("LimitFound");
        var (root, unreliable, skipped) =
            (json.RootElement, json.RootElement.GetProperty("steps")[5], json.RootElement.GetProperty("steps")[6]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unreliable.GetProperty("outcome").GetString(), Is.EqualTo("unreliable"));
            Assert.That(unreliable.GetProperty("successRate").GetDouble(), Is.EqualTo(0.7));
            Assert.That(
                unreliable.GetProperty("failures").GetProperty("HandshakeRejected(503)").GetInt32(), Is.EqualTo(150));
            Assert.That(skipped.GetProperty("outcome").GetString(), Is.EqualTo("notAttempted"));
            Assert.That(
                skipped.GetProperty("held").ValueKind, Is.EqualTo(JsonValueKind.Null), "nothing was counted, so not 0");
            Assert.That(root.GetProperty("verdict").GetProperty("outcome").GetString(), Is.EqualTo("passed"));
            Assert.That(
                root.GetProperty("verdict").GetProperty("bottleneck").GetProperty("side").GetString(),
                Is.EqualTo("server"));
            Assert.That(
                root.GetProperty("settings").GetProperty("Target.Headers").GetString(),
                Is.EqualTo("Authorization: (secret)"));
            Assert.That(root.GetProperty("environment").GetProperty("ecs").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Find(root, "environment.ceilings.2.bindsFirst")!.Value.GetBoolean(), Is.True);
        }
    }

    [Test]
    public void A_bound_that_the_client_set_is_marked_as_one()
    {
        using var client = Render("ClientLimit");
        using var server = Render("LimitFound");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(client.RootElement, "plan.atMost")!.Value.GetBoolean(), Is.True);
            Assert.That(Find(server.RootElement, "plan.atMost")!.Value.GetBoolean(), Is.False);
            Assert.That(
                Find(client.RootElement, "verdict.findings.0.actual")!.Value.GetString(),
                Is.EqualTo("in the step of 20,000 the server counts 11,990 open"));
            Assert.That(
                Find(server.RootElement, "verdict.exact.held")!.Value.GetInt32(),
                Is.EqualTo(350),
                "351 is what was wanted");
        }
    }

    [Test]
    public void What_is_not_known_is_null_and_never_zero()
    {
        using var json = Render("EverythingNull");
        string[] unknown = ["verdict.maxReliable",
            "verdict.heldAtOnce", "verdict.safeLimit", "verdict.exact", "plan.tasksNeeded", "environment.ceilings"];

        Assert.That(
            unknown.Select(key => Find(json.RootElement, key)!.Value.ValueKind), Is.All.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void A_number_without_a_json_form_is_null_and_hostile_text_comes_back_as_it_was()
    {
        using var json = Render("Hostile");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(json.RootElement, "steps.0.seconds")!.Value.ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(
                json.RootElement.GetProperty("run").GetProperty("id").GetString(),
                Does.Contain("</script> | `code`").And.Contain("\u001b[31m\r\nline two"));
        }
    }

    private static JsonDocument Render(string report) =>
        JsonDocument.Parse(DataJson.Render(SampleReports.All[report]));

    private static JsonElement? Find(JsonElement root, string path)
    {
        JsonElement? at = root;
        string[] names = path.StartsWith("settings.", StringComparison.Ordinal) ? [path] : path.Split('.');
        foreach (var name in names)
        {
            at = at switch
            {
                { ValueKind: JsonValueKind.Array } list
                    when int.TryParse(name, out var index) && index < list.GetArrayLength() => list[index],
                { ValueKind: JsonValueKind.Object } item when item.TryGetProperty(name, out var value) => value,
                _ => null,
            };
        }

        return at;
    }
}
