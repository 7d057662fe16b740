using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Plan;
using Support.Plan.Scaling;
using Support.Tests.Reports;

namespace Support.Tests.Plan.Scaling;

internal sealed class ScalingFilesTests
{
    private static readonly string[] Cultures = ["", "de-DE", "ar-SA"];

    private static IEnumerable<string> Names =>
        ScalingFiles.Of(ScalingSamples.Plan, ScalingSamples.Scope).Select(file => file.Name);

    [TestCaseSource(nameof(Names))]
    public async Task A_file_is_the_text_on_record_in_every_culture(string name)
    {
        var texts = Cultures.Select(culture => Culture.In(culture, () => ScalingSamples.Text(name))).ToArray();
        Assert.That(texts, Is.All.EqualTo(texts[0]), "a culture changed the text");
        Assert.That(texts[0], Does.EndWith("\n").And.Not.EndWith("\n\n").And.Not.Contain("\r"));
        await Verifier.Verify(texts[0].TrimEnd('\n'), Path.GetExtension(name).TrimStart('.'))
            .UseDirectory("Snapshots").UseFileName(Path.GetFileNameWithoutExtension(name)).DisableDiff();
    }

    // On record is what differs from the files above.
    [Test]
    public async Task Placeholders_stand_in_for_names_that_are_not_known()
    {
        List<string> differences = [];
        foreach (var (name, text) in ScalingFiles.Of(ScalingSamples.Plan, new()))
        {
            Assert.That(
                () => name.EndsWith(".json", StringComparison.Ordinal) ? JsonNode.Parse(text) : null, Throws.Nothing);
            string[] named = ScalingSamples.Text(name).Split('\n'), unnamed = text.Split('\n');
            differences.AddRange(
                [name, .. named.Except(unnamed)
                    .Select(line => $"- {line}"), .. unnamed.Except(named).Select(line => $"+ {line}")]);
        }

        await Verifier.Verify(string.Join('\n', differences))
            .UseDirectory("Snapshots").UseFileName("unnamed").DisableDiff();
    }

    [Test]
    public void A_plan_that_nobody_asked_for_in_doubt_or_without_a_number_of_tasks_makes_no_file()
    {
        var plan = ScalingSamples.Plan;
        ScalingPlan[] none = [plan with { IsAskedFor = false },
            plan with { Doubt = "doubt" }, plan with { Needs = [] }, plan with { TargetPerTask = null }];
        Assert.That(none.SelectMany(one => ScalingFiles.Of(one, ScalingSamples.Scope)), Is.Empty);
    }

    [Test]
    public void The_numbers_are_the_plans()
    {
        var policy = Configuration(ScalingFileNames.ConnectionsPolicy);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ScalingSamples.Json(ScalingFileNames.ConnectionsPolicy)["PolicyName"]!.GetValue<string>(),
                Is.EqualTo(ScalingTemplate.ConnectionsPolicyName));
            Assert.That(Number(ScalingSamples.Json(ScalingFileNames.Target), "MinCapacity"), Is.EqualTo(3));
            Assert.That(Number(ScalingSamples.Json(ScalingFileNames.Target), "MaxCapacity"), Is.EqualTo(10));
            Assert.That(Number(policy, "TargetValue"), Is.EqualTo(1333));
            Assert.That(
                Number(Configuration(ScalingFileNames.ResponseTimePolicy), "TargetValue"), Is.EqualTo(0.5), "seconds");
            Assert.That(
                Number(Configuration(ScalingFileNames.EchoTimePolicy), "TargetValue"), Is.EqualTo(500), "milliseconds");
            Assert.That(Number(ScalingSamples.Json(ScalingFileNames.ConnectionsAlarm), "Threshold"), Is.EqualTo(2000));
            Assert.That(Number(ScalingSamples.Json(ScalingFileNames.AtMaximumAlarm), "Threshold"), Is.EqualTo(10));
            Assert.That(
                ScalingSamples.Text(ScalingFileNames.Commands), Does.Contain("up to 8\n").And.Contain("tasks=8\n"));
        }
    }

    [Test]
    public void Only_the_connections_scale_in()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Configuration(ScalingFileNames.ConnectionsPolicy)["DisableScaleIn"]!.GetValue<bool>(), Is.False);
            Assert.That(
                Configuration(ScalingFileNames.ResponseTimePolicy)["DisableScaleIn"]!.GetValue<bool>(), Is.True);
            Assert.That(Configuration(ScalingFileNames.EchoTimePolicy)["DisableScaleIn"]!.GetValue<bool>(), Is.True);
        }
    }

    [Test]
    public void Both_sides_of_a_connection_are_one_and_a_late_minute_is_no_idle_one() => Assert.That(
        Configuration(
            ScalingFileNames.ConnectionsPolicy)["CustomizedMetricSpecification"]!["Metrics"]![2]!["Expression"]!
            .GetValue<string>(),
        Is.EqualTo("FILL(connections, REPEAT) / 2 / tasks"));

    [Test]
    public void Several_load_balancers_are_summed_up_and_an_alarm_of_each_kind_looks_at_all()
    {
        var scope = ScalingSamples.Scope with { MoreLoadBalancers = ["app/second/1"] };
        using (Assert.EnterMultipleScope())
        {
            foreach (var name in new[] { ScalingFileNames.ConnectionsPolicy, ScalingFileNames.ConnectionsAlarm })
                Assert.That(
                    ScalingSamples.Text(name, scope),
                    Does.Contain("\"(FILL(connections, REPEAT) + FILL(connections2, REPEAT)) / 2 / tasks\"").And
                        .Contain("app/second/1"));
            Assert.That(
                ScalingSamples.Text(ScalingFileNames.RejectedAlarm, scope),
                Does.Contain("\"FILL(rejected, 0) + FILL(rejected2, 0)\"").And.Contain("app/second/1"));
        }
    }

    [Test]
    public void A_load_balancer_of_another_kind_is_not_used()
    {
        var scope = ScalingSamples.Scope with { LoadBalancer = "net/flows/1" };
        var texts = ScalingFiles.Of(ScalingSamples.Plan, scope);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Has.None.Matches<ScalingFile>(file => file.Text.Contains(
                "net/", StringComparison.Ordinal) || file.Text.Contains(scope.TargetGroup!, StringComparison.Ordinal)));
            Assert.That(
                ScalingSamples.Text(ScalingFileNames.ConnectionsPolicy, scope),
                Does.Contain("app/YOUR_LOAD_BALANCER/ID"));
            Assert.That(ScalingSamples.Text(ScalingFileNames.Readme, scope), Does.Contain("ActiveFlowCount"));
            Assert.That(
                ScalingSamples.Text(
                    ScalingFileNames.ConnectionsPolicy, scope with { MoreLoadBalancers = ["app/second/1"] }),
                Does.Contain("app/second/1").And
                    .Contain("FILL(connections, REPEAT) / 2 / tasks").And.Not.Contain("YOUR_"));
        }
    }

    [Test]
    public void Long_names_make_alarm_names_that_CloudWatch_takes_and_that_differ()
    {
        var scopes = new[] { "a", "b" }
            .Select(end => ScalingSamples.Scope with { Cluster = new('c', 255), Service = new string('s', 254) + end })
            .ToArray();
        var names = scopes.Select(scope => ScalingSamples.Json(ScalingFileNames.ResponseTimeAlarm, scope)["AlarmName"]!
            .GetValue<string>()).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Is.Unique.And.All.Length.LessThanOrEqualTo(255));
            Assert.That(
                ScalingSamples.Text(ScalingFileNames.Commands, scopes[0]),
                Does.Contain($"alarms='{names[0]["websocket-response-time/".Length..]}'\n"));
            Assert.That(
                ScalingSamples.Text(ScalingFileNames.Template, scopes[0]),
                Does.Not.Contain("AlarmName"),
                "CloudFormation makes one");
        }
    }

    [Test]
    public void Numbers_of_tasks_fit_into_32_bits()
    {
        var many =
            ScalingSamples.Plan with { Needs = [new(PlanNeedKind.Buffer, int.MaxValue, "")], Maximum = 3_000_000_000 };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ScalingFiles.Of(many, ScalingSamples.Scope)[0].Text, Does.Contain("\"MaxCapacity\": 2147483647"));
            Assert.That(ScalingFiles.Of(
                many with { Needs = [new(PlanNeedKind.Buffer, 1L + int.MaxValue, "")] },
                ScalingSamples.Scope), Is.Empty);
        }
    }

    [Test]
    public void The_stack_has_the_service_in_its_name() => Assert.That(
        ScalingSamples.Text(ScalingFileNames.Readme, ScalingSamples.Scope with { Service = "chat_1" }),
        Does.Contain("--stack-name websocket-scaling-chat-1 --template-file cloudformation.json`"));

    [Test]
    public void A_policys_metric_has_no_period_and_an_alarms_has_one()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ScalingSamples.Text(ScalingFileNames.ConnectionsPolicy), Does.Not.Contain("Period"));
            Assert.That(
                Number(ScalingSamples.Json(ScalingFileNames.ConnectionsAlarm)["Metrics"]![0]!["MetricStat"]!, "Period"),
                Is.EqualTo(60));
        }
    }

    [Test]
    public void A_name_with_quotes_stays_one_word_for_shell_and_JSON()
    {
        var scope = ScalingSamples.Scope with { Service = "it's \"$HOME\"" };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ScalingSamples.Text(ScalingFileNames.Commands, scope),
                Does.Contain("""service='it'\''s "$HOME"'""" + "\n"));
            Assert.That(
                ScalingSamples.Json(ScalingFileNames.Target, scope)["ResourceId"]!.GetValue<string>(),
                Is.EqualTo("service/main/it's \"$HOME\""));
        }
    }

    private static JsonNode Configuration(string name) =>
        ScalingSamples.Json(name)["TargetTrackingScalingPolicyConfiguration"]!;

    private static double Number(JsonNode json, string name) => json[name]!.GetValue<double>();
}
