using System.Globalization;
using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Tests.Ecs.Definitions;

[TestFixture]
internal sealed class RuleTests
{
    private const string Ec2 = "[\"EC2\"]";

    [TestCaseSource(typeof(RuleRows), nameof(RuleRows.All))]
    public async Task One_change_is_found_by_its_rule_with_what_mends_it(RuleRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var found = await Definitions.FindAsync(
            row.Rule, Definitions.With(row.Path, row.Json), row.OfServer ? Definitions.Server : Definitions.Suite);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Outcome, Is.EqualTo(row.Outcome), found.Actual);
            Assert.That(found.Actual, Does.Contain(row.Actual));
            Assert.That(found.Next, row.Next.Length == 0 ? Is.Empty : Does.Contain(row.Next));
        }
    }

    [Test]
    public void Every_rule_has_a_row_for_each_outcome_that_it_claims()
    {
        var claims = DefinitionRules.All.SelectMany(rule => new[]
        {
            (rule.Name, CheckOutcome.Critical, rule.Critical),
            (rule.Name, CheckOutcome.Warning, rule.Warning),
        });

        Assert.That(
            claims.Where(claim =>
                claim.Item3.Length > 0 != RuleRows.All.Any(row => row.Rule == claim.Name && row.Outcome == claim.Item2)
                    && claim != ("Containers", CheckOutcome.Warning, "the measured container is not in it")
                    && claim != ("NetworkMode", CheckOutcome.Warning, "bridge")),
            Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_template_breaks_no_rule_once_it_is_filled_in(bool suite)
    {
        var found = await Definitions.FindAllAsync(Definitions.Good, suite ? Definitions.Suite : Definitions.Server);

        Assert.That(found.Where(finding => finding.Outcome > CheckOutcome.Passed || finding.Next.Length > 0)
            .Select(finding => $"{finding.Id}: {finding.Actual} {finding.Next}"), Is.Empty);
    }

    [Test]
    public async Task The_template_itself_is_critical_for_its_placeholders()
    {
        var found = await Definitions.FindAsync("Placeholders", Definitions.Template);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Outcome, Is.EqualTo(CheckOutcome.Critical));
            foreach (var name in new[]
            {
                "YOUR_ACCOUNT_ID",
                "YOUR_ECR_IMAGE_URI",
                "YOUR_REGION",
                "'CAPACITY_TARGET_URL'",
                "'CAPACITY_AWS_REPORTSBUCKET'",
                "'AWS_REGION'",
            })
                Assert.That(found.Actual, Does.Contain(name));
        }
    }

    [TestCase("bridge", CheckOutcome.Warning, "tracking table")]
    [TestCase("host", CheckOutcome.Passed, "one such task per instance")]
    [TestCase("awsvpc", CheckOutcome.Passed, "limit how many tasks it takes, not what each holds")]
    [TestCase("none", CheckOutcome.Critical, "no connection is possible")]
    public async Task On_EC2_each_network_mode_is_told_what_it_means_for_density(
        string mode, CheckOutcome outcome, string said)
    {
        var found = await Definitions.FindAsync("NetworkMode", Definitions.With(OnEc2(), "networkMode", $"\"{mode}\""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Outcome, Is.EqualTo(outcome), found.Actual);
            Assert.That(found.Actual, Does.Contain(said));
        }
    }

    [TestCase("Size", "cpu", "\"127\"", CheckOutcome.Critical)]
    [TestCase("Size", "cpu", "\"196609\"", CheckOutcome.Critical)]
    [TestCase("Size", "cpu", "\"196608\"", CheckOutcome.Passed)]
    [TestCase("Size", "memory", "\"5\"", CheckOutcome.Critical)]
    [TestCase("Size", "memory", null, CheckOutcome.Passed)]
    [TestCase("StopTimeout", "containerDefinitions[0].stopTimeout", "600", CheckOutcome.Passed)]
    [TestCase("LogDriver", "containerDefinitions[0].logConfiguration.logDriver", "\"json-file\"", CheckOutcome.Passed)]
    [TestCase("LogDriver", "containerDefinitions[0].logConfiguration.options.awslogs-stream-prefix", null,
        CheckOutcome.Passed)]
    [TestCase(
        "Roles", "executionRoleArn", null, CheckOutcome.Passed, Description = "the instance's role writes the log")]
    [TestCase("Nofile", "containerDefinitions[0].ulimits", null, CheckOutcome.Warning)]
    [TestCase("Containers", "containerDefinitions[0].privileged", "true", CheckOutcome.Passed)]
    public async Task On_EC2_the_rules_of_EC2_apply(string rule, string path, string? json, CheckOutcome outcome)
    {
        var found = await Definitions.FindAsync(rule, Definitions.With(OnEc2(), path, json));

        Assert.That(found.Outcome, Is.EqualTo(outcome), found.Actual);
    }

    [Test]
    public async Task On_EC2_a_memory_setting_is_somewhere()
    {
        var text = Definitions.With(Definitions.With(OnEc2(), "memory", null), "containerDefinitions[0].memory", null);

        Assert.That(
            (await Definitions.FindAsync("ContainerSizes", text)).Actual,
            Is.EqualTo("neither the task nor container 'capacity' has a memory setting"));
    }

    [Test]
    public async Task Under_host_the_network_is_the_instance_s_to_set()
    {
        var found = await Definitions.FindAsync("KernelSettings", Definitions.With(OnEc2(), "networkMode", "\"host\""));

        Assert.That(found.Outcome, Is.EqualTo(CheckOutcome.Critical), found.Actual);
    }

    [TestCase("[]", "[\"EC2\", \"FARGATE\"]", CheckOutcome.Critical)]
    [TestCase("[\"EC2\"]", "[\"EC2\", \"FARGATE\"]", CheckOutcome.Passed)]
    [TestCase("[]", "[\"EC2\"]", CheckOutcome.Passed)]
    public async Task Where_nothing_is_required_what_ECS_found_it_good_for_decides(
        string required, string compatible, CheckOutcome outcome)
    {
        var text = Definitions.With(
            Definitions.With(Definitions.With("requiresCompatibilities", required), "compatibilities", compatible),
            "cpu",
            "\"333\"");
        text = Definitions.With(text, "containerDefinitions[0].cpu", "10");

        Assert.That((await Definitions.FindAsync("Size", text)).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public async Task Containers_that_wait_in_a_circle_are_found()
    {
        const string wait = "[{ \"containerName\": \"second\", \"condition\": \"START\" }]";
        const string second = "{ \"name\": \"second\", \"image\": \"x\", \"dependsOn\": [{ \"containerName\": "
            + "\"capacity\", \"condition\": \"START\" }] }";
        var text = Definitions.With(
            Definitions.With("containerDefinitions[0].dependsOn", wait), "containerDefinitions[1]", second);

        Assert.That(
            (await Definitions.FindAsync("StartOrder", text)).Actual,
            Is.EqualTo("container 'capacity' waits for itself by way of others"));
    }

    [TestCase(65_345, CheckOutcome.Passed)]
    [TestCase(65_346, CheckOutcome.Warning)]
    public async Task A_server_in_one_process_needs_a_reserve_beside_its_connections(
        int connections, CheckOutcome outcome)
    {
        var found = await Definitions.FindAsync(
            "Nofile",
            Definitions.With(
                "containerDefinitions[0].ulimits[0]",
                "{ \"name\": \"nofile\", \"softLimit\": 65537, \"hardLimit\": 65537 }"),
            new DefinitionNeeds { Connections = connections });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Outcome, Is.EqualTo(outcome), found.Actual);
            Assert.That(found.Next, outcome == CheckOutcome.Passed ? Is.Empty : Does.Contain("\"softLimit\": 131072"));
        }
    }

    [Test]
    public async Task The_named_container_counts_and_no_other()
    {
        const string side = "{ \"name\": \"side\", \"image\": \"x\", \"essential\": true }";
        var text = Definitions.With("containerDefinitions[1]", side);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Definitions.FindAsync("Nofile", text)).Actual, Does.Contain("'side' has no nofile"));
            Assert.That((await Definitions.FindAsync(
                "Nofile",
                text,
                Definitions.Suite with { Container = "capacity" })).Outcome, Is.EqualTo(CheckOutcome.Passed));
            Assert.That(
                (await Definitions.FindAsync("Containers", text, Definitions.Suite with { Container = "web" })).Actual,
                Does.Contain("no container 'web'"));
            Assert.That((await Definitions.FindAsync("Nofile", Definitions.With(
                text,
                "containerDefinitions[1].firelensConfiguration",
                "{}"))).Outcome, Is.EqualTo(CheckOutcome.Passed));
        }
    }

    [Test]
    public async Task No_finding_repeats_a_secret()
    {
        var text = Definitions.With(
            "containerDefinitions[0].environment[3]",
            "{ \"name\": \"CAPACITY_TARGET_HEADERS\", \"value\": \"Authorization: s3cret\" }");
        text = Definitions.With(
            text, "containerDefinitions[0].environment[4]", "{ \"name\": \"DB\", \"value\": \"s3cret\" }");
        text = Definitions.With(
            text, "containerDefinitions[0].environment[0].value", "\"wss://chat.example.com/ws?token=s3cret\"");
        text = Definitions.With(
            text, "containerDefinitions[0].environment[5]", "{ \"name\": \"PASSWORD\", \"value\": \"a<s3cret>b\" }");
        text = Definitions.With(text, "containerDefinitions[0].logConfiguration.options.splunk-token", "\"s3cret\"");

        var said = (await Definitions.FindAllAsync(text)).Select(finding => finding.ToString())
            .Append(TaskDefinitionParser.Parse(text).Definition!.Containers[0].ToString());

        Assert.That(said, Has.None.Contains("s3cret"));
    }

    [Test]
    [SetCulture("de-DE")]
    public async Task Findings_are_the_same_in_every_culture() =>
        Assert.That(
            (await Definitions.FindAsync(
                "LocalPorts", Definitions.With("containerDefinitions[0].systemControls", null))).Actual,
            Does.StartWith(28_232.ToString("N0", CultureInfo.InvariantCulture)));

    private static string OnEc2() => Definitions.With("requiresCompatibilities", Ec2);
}
