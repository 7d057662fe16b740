using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Tests.Ecs.Definitions;

[TestFixture]
internal sealed class ParserTests
{
    private const string Least = "{\"family\":\"a\",\"containerDefinitions\":[{\"name\":\"x\",\"image\":\"y\"}]}";

    [TestCase("", "the file is empty")]
    [TestCase("  \n", "the file is empty")]
    [TestCase("\uFEFF", "the file is empty")]
    [TestCase("[]", "the file (line 1, column 1) is an array; allowed: an object with \"family\"")]
    [TestCase("\"a\"", "is a text; allowed: an object")]
    [TestCase("{\n  \"family\": \"a\",\n}", "no JSON at line 3, column 1: ")]
    [TestCase("{\"family\": 'a'}", "no JSON at line 1, column 12")]
    [TestCase("{ // why\n}", "no JSON at line 1, column 3")]
    [TestCase("{\"family\":\"a\"} {}", "no JSON at line 1, column 16")]
    [TestCase("{\"family\":\"\\ud800\"}", "no JSON: The text at line 1, column 11 has an escape that is no character.")]
    [TestCase("{}", "\"family\" is missing (line 1, column 1)")]
    [TestCase("{\"family\":\"a\"}", "\"containerDefinitions\" is missing")]
    [TestCase(
        "{\"family\":\"a\",\"containerDefinitions\":[]}", "\"containerDefinitions\" is empty (line 1, column 38)")]
    [TestCase(
        "{\"family\":\"a\",\"containerDefinitions\":{}}",
        "containerDefinitions (line 1, column 38) is an object; allowed: an array")]
    [TestCase(
        "{\"family\":\"a\",\"containerDefinitions\":[1]}",
        "containerDefinitions[0] (line 1, column 39) is a number; allowed: an object")]
    [TestCase(
        "{\"family\":{},\"containerDefinitions\":[{}]}",
        "family (line 1, column 11) is an object; allowed: a text in quotes")]
    [TestCase("{\"taskDefinition\":[]}", "taskDefinition (line 1, column 19) is an array; allowed: an object")]
    public void What_is_no_definition_is_refused_with_its_place(string text, string problem)
    {
        var reading = TaskDefinitionParser.Parse(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Definition, Is.Null);
            Assert.That(
                reading.Problems.Where(found => found.Outcome == CheckOutcome.Critical).Select(found => found.Text),
                Has.Some.Contains(problem));
            Assert.That(reading.Problems, Has.All.Matches<DefinitionProblem>(found => found.Next.Length > 0));
        }
    }

    [TestCase(
        "containerDefinitions[0].memory", "\"2048\"", "containerDefinitions[0].memory (", "is a number in quotes")]
    [TestCase("containerDefinitions[0].essential", "\"true\"", "containerDefinitions[0].essential (", "is a text")]
    [TestCase("cpu", "1024", "cpu (", "is a number where a text belongs")]
    [TestCase("containerDefinitions[0].environment[1].value", "1000", "containerDefinitions[0].environment[1].value (",
        "is a number")]
    [TestCase("cpus", "\"1\"", "'cpus' (", "nearest known name: cpu")]
    [TestCase("Family", "\"a\"", "'Family' (", "nearest known name: family")]
    [TestCase(
        "containerDefinitions[0].ulimit", "[]", "'containerDefinitions[0].ulimit' (", "nearest known name: ulimits")]
    [TestCase("taskDefinitionArn", "\"a\"", "'taskDefinitionArn' (", "only what describe-task-definition prints")]
    [TestCase("revision", "1", "'revision' (", "only what describe-task-definition prints")]
    [TestCase("status", "\"ACTIVE\"", "'status' (", "only what")]
    [TestCase("compatibilities", "[]", "'compatibilities' (", "only what")]
    [TestCase("requiresAttributes", "[]", "'requiresAttributes' (", "only what")]
    [TestCase("registeredAt", "1.5", "'registeredAt' (", "only what")]
    [TestCase("registeredBy", "\"a\"", "'registeredBy' (", "only what")]
    public void What_the_AWS_CLI_refuses_is_a_warning_and_the_definition_is_read(
        string path, string json, string where, string what)
    {
        var reading = TaskDefinitionParser.Parse(Definitions.With(path, json));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Definition?.Containers[0].Memory, Is.EqualTo(2048));
            Assert.That(reading.Definition?.Cpu, Is.EqualTo(1024));
            Assert.That(reading.Problems, Has.Length.EqualTo(1));
            Assert.That(reading.Problems[0].Outcome, Is.EqualTo(CheckOutcome.Warning));
            Assert.That(reading.Problems[0].Text, Does.Contain(where).And.Contain(what).And.Contain("line 1, column "));
            Assert.That(reading.Problems[0].Next, Is.Not.Empty);
        }
    }

    [TestCase("cpu", "\"one\"")]
    [TestCase("cpu", "\"1 GB\"")]
    [TestCase("cpu", "\"0.0001 vCPU\"")]
    [TestCase("cpu", "\"-256\"")]
    [TestCase("cpu", "true")]
    [TestCase("memory", "\"2 GiB\"")]
    [TestCase("memory", "\"1,5 GB\"")]
    [TestCase("memory", "\" GB\"")]
    [TestCase("memory", "\"99999999999\"")]
    [TestCase("memory", "512.5")]
    [TestCase("containerDefinitions[0].memory", "512.5")]
    [TestCase("containerDefinitions[0].memory", "99999999999")]
    [TestCase("containerDefinitions[0].memory", "\"many\"")]
    [TestCase("containerDefinitions[0].essential", "1")]
    [TestCase("containerDefinitions[0].ulimits", "{}")]
    [TestCase("containerDefinitions[0].ulimits[0].name", null)]
    [TestCase("containerDefinitions[0].entryPoint", "\"sh\"")]
    [TestCase("containerDefinitions[0].logConfiguration", "[]")]
    [TestCase("containerDefinitions[0].logConfiguration.logDriver", null)]
    public void A_value_of_a_wrong_type_leaves_no_definition(string path, string? json)
    {
        var reading = TaskDefinitionParser.Parse(Definitions.With(path, json));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Definition, Is.Null);
            Assert.That(
                reading.Problems.Single(found => found.Outcome == CheckOutcome.Critical).Text,
                Does.Contain("line 1, column ").And.Contain("allowed: "));
        }
    }

    [TestCase("\"1 vCPU\"", 1024)]
    [TestCase("\"1 vcpu\"", 1024)]
    [TestCase("\".25 vCPU\"", 256)]
    [TestCase("\"0.5vCPU\"", 512)]
    [TestCase("\"2048\"", 2048)]
    [TestCase("4096", 4096)]
    public void CPU_is_read_in_all_its_forms(string json, int units) =>
        Assert.That(TaskDefinitionParser.Parse(Definitions.With("cpu", json)).Definition!.Cpu, Is.EqualTo(units));

    [TestCase("\"2 GB\"", 2048)]
    [TestCase("\"0.5GB\"", 512)]
    [TestCase("\"30 gb\"", 30720)]
    [TestCase("512", 512)]
    public void Memory_is_read_in_all_its_forms(string json, int mib) =>
        Assert.That(TaskDefinitionParser.Parse(Definitions.With("memory", json)).Definition!.Memory, Is.EqualTo(mib));

    [Test]
    public void What_describe_prints_is_read_with_what_only_AWS_sets_and_without_a_problem()
    {
        var printed = Definitions.With(
            Definitions.With("taskDefinitionArn", "\"arn:aws:ecs:eu-west-1:210987654321:task-definition/a:7\""),
            "revision",
            "7");
        printed = Definitions.With(
            Definitions.With(printed, "compatibilities", "[\"EC2\",\"FARGATE\"]"), "somethingNew", "{}");

        var reading = TaskDefinitionParser.Parse($"{{\"taskDefinition\":{printed},\"tags\":[]}}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Problems, Is.Empty);
            Assert.That(reading.Definition?.Revision, Is.EqualTo(7));
            Assert.That(reading.Definition?.Arn, Does.EndWith("a:7"));
            Assert.That(reading.Definition?.CompatibleLaunchTypes, Is.EqualTo(["EC2", "FARGATE"]));
        }
    }

    [Test]
    public void The_template_is_read_to_the_last_detail()
    {
        var definition = TaskDefinitionParser.Parse(Definitions.Good).Definition!;
        var container = definition.Containers.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (definition.Family, definition.Cpu, definition.Memory, definition.NetworkMode, definition.IsFargate),
                Is.EqualTo(("websocket-capacity", 1024, 2048, "awsvpc", true)));
            Assert.That(
                definition.TaskRole, Is.EqualTo($"arn:aws:iam::{Definitions.Account}:role/websocket-capacity-task"));
            Assert.That(definition.ExecutionRole, Does.EndWith("role/websocket-capacity-execution"));
            Assert.That((definition.Architecture, definition.OperatingSystem), Is.EqualTo(("X86_64", "LINUX")));
            Assert.That(definition.Volumes, Is.EqualTo(["reports", "tmp"]));
            Assert.That(container.Ulimits, Is.EqualTo([new Ulimit("nofile", 65536, 65536)]));
            Assert.That(
                container.SystemControls,
                Is.EqualTo([new SystemControl("net.ipv4.ip_local_port_range", "1024 65535")]));
            Assert.That(container.Environment, Does.Contain(new Variable("NUM_SESSIONS", "1000")));
            Assert.That(
                container.Mounts,
                Is.EqualTo([new MountPoint("/app/reports", "reports", false), new MountPoint("/tmp", "tmp", false)]));
            Assert.That(container.Log!.Options["mode"], Is.EqualTo("blocking"));
            Assert.That(
                (container.StopTimeout, container.Memory, container.ReadonlyRoot, container.Essential),
                Is.EqualTo((120, 2048, true, true)));
        }
    }

    [Test]
    public void A_byte_order_mark_and_a_name_given_twice_are_warnings()
    {
        var reading = TaskDefinitionParser.Parse("\uFEFF"
            + Least.Replace("{\"family\":\"a\",", "{\"family\":\"b\",\n\"family\":\"a\",", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Definition?.Family, Is.EqualTo("a"));
            Assert.That(reading.Problems.Select(problem => problem.Text), Is.EqualTo([
                "the file starts with a byte order mark: the AWS CLI refuses that",
                "family is given more than once; the last (line 2, column 10) counts",
            ]));
        }
    }

    [Test]
    public void All_problems_are_named_at_once() => Assert.That(
        TaskDefinitionParser.Parse(
            "{\"cpu\":\"x\",\"memory\":[],\"containerDefinitions\":[{\"memory\":true}]}").Problems
            .Count(problem => problem.Outcome == CheckOutcome.Critical),
        Is.EqualTo(4));

    [Test]
    public void Nothing_that_can_be_cut_off_or_nested_makes_it_throw()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));
        Assert.That(TaskDefinitionParser.Parse(deep).Definition, Is.Null);
        for (var length = 0; length < Definitions.Good.Length - 2; length++)
            Assert.That(
                TaskDefinitionParser.Parse(Definitions.Good[..length]).Definition, Is.Null, $"{length} characters");
    }
}
