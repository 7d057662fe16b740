using System.Text.Json.Nodes;
using NUnit.Framework;
using static Support.Tests.Compat.AllureTestsRun;

namespace Support.Tests.Compat;

/// <summary>Steps, attachments, fixtures and links in the files that Allure writes for the sample.</summary>
[TestFixture, NonParallelizable, FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class AllureTestsContent
{
    private AllureTestsRun _run = null!;

    [OneTimeSetUp]
    public void Run_the_sample()
    {
        AllureTestsConfiguration.Redirect();
        _run = OfSample();
    }

    [Test]
    public void Steps_nest_as_they_ran() =>
        Assert.That(
            Tree(_run.Single("Describes_itself")),
            Is.EqualTo("outer:passed(inner:passed() value:passed()) after:passed()"));

    [Test]
    public void A_failure_marks_every_step_that_it_left()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Tree(_run.Single("Fails_in_a_step")), Is.EqualTo("outer:failed(asserts:failed())"));
            Assert.That(Tree(_run.Single("Breaks")), Is.EqualTo("throws:broken()"));
            Assert.That(
                Text(_run.Single("Breaks")["steps"]![0]!["statusDetails"]!["message"]), Is.EqualTo("out of order"));
        }
    }

    [Test]
    public void Steps_that_run_at_once_keep_their_own_children()
    {
        var branches = _run.Single("Runs_steps_at_once")["steps"]![0]!["steps"]!.AsArray();
        var pairs = branches.Select(
            branch => $"{Text(branch!["name"])} > {Text(branch["steps"]!.AsArray().Single()!["name"])}");
        Assert.That(
            pairs, Is.EquivalentTo(Enumerable.Range(0, 20).Select(number => $"branch {number} > leaf {number}")));
    }

    [Test]
    public void Attachments_lie_beside_the_result_and_belong_to_their_step()
    {
        var result = _run.Single("Describes_itself");
        var ofTheStep = result["steps"]![0]!["steps"]![0]!["attachments"]!.AsArray().Single()!;
        var ofTheTest = result["attachments"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Text(ofTheStep["source"]), Does.Match("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-attachment\\.bin$"));
            Assert.That(
                File.ReadAllBytes(Path.Combine(_run.Directory, Text(ofTheStep["source"]))),
                Is.EqualTo(AllureTestsSample.Attached));
            Assert.That(File.ReadAllText(Path.Combine(_run.Directory, Text(ofTheTest["source"]))), Is.EqualTo("42"));
            Assert.That(
                ofTheStep.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "name", "source", "type" }));
        }
    }

    [Test]
    public void Attached_files_are_copied()
    {
        var step = _run.Single("Attaches_files")["steps"]![0]!;
        var attachments = step["attachments"]!.AsArray().Select(each => $"{Text(each!["name"])} {Text(each["type"])}");
        var library = Path.Combine(_run.Directory, Text(step["attachments"]![0]!["source"]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                attachments,
                Is.EqualTo(new[]
                {
                    "library application/x-library", "Support.Tests.deps.json application/json",
                    "page.md application/octet-stream",
                }));
            Assert.That(library, Does.EndWith("-attachment.dll"));
            Assert.That(
                File.ReadAllBytes(library), Is.EqualTo(File.ReadAllBytes(typeof(AllureTests).Assembly.Location)));
        }
    }

    [Test]
    public void Console_output_is_attached()
    {
        var attachment = _run.Single("Prints")["attachments"]!.AsArray().Single()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(attachment["name"]), Is.EqualTo("Console Output"));
            Assert.That(Text(attachment["type"]), Is.EqualTo("text/plain"));
            Assert.That(
                File.ReadAllText(Path.Combine(_run.Directory, Text(attachment["source"]))),
                Does.Contain("✓    10 sessions"));
        }
    }

    [Test]
    public void Links_of_a_type_with_a_pattern_are_completed()
    {
        var links = _run.Single("Describes_itself")["links"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(links[0]!["name"]), Is.EqualTo("Docs"));
            Assert.That(Text(links[0]!["url"]), Is.EqualTo("https://link.example/?to=https://docs.example/"));
            Assert.That(Text(links[1]!["url"]), Is.EqualTo("https://example.test/?a=b c"), "it has no type");
            Assert.That(Text(links[2]!["url"]), Is.EqualTo("https://link.example/?to=https://example.test/?a=b%20c"));
        }
    }

    [Test]
    public void Set_up_and_tear_down_of_a_test_become_its_container()
    {
        var test = _run.Single("Prints");
        var container =
            _run.Containers.Single(each => Text(each["name"]).EndsWith(".Prints", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(container["children"]!.AsArray().Select(Text), Is.EqualTo(new[] { Text(test["uuid"]) }));
            Assert.That(Names(container["befores"]), Is.EqualTo(new[] { "prepare:passed" }));
            Assert.That(Names(container["afters"]), Is.EqualTo(new[] { "close:passed" }));
            Assert.That(container.Select(member => member.Key),
                Is.EqualTo(new[] { "uuid", "name", "children", "befores", "afters", "links", "start", "stop" }));
        }
    }

    [Test]
    public void One_time_set_up_becomes_a_container_of_all_tests_of_the_class()
    {
        var container = _run.Containers.Single(each => Text(each["name"]) == typeof(AllureTestsSample).FullName);
        var ran = _run.Results.Where(result => Label(result, "testClass").Single() == nameof(AllureTestsSample))
            .Where(result => Label(result, "testMethod").Single() != "Never_runs");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(container["befores"]), Is.EqualTo(new[] { "start the target:passed" }));
            Assert.That(Tree(container["befores"]![0]!), Is.EqualTo("listen:passed()"));
            Assert.That(
                container["children"]!.AsArray().Select(Text),
                Is.SupersetOf(ran.Select(result => Text(result["uuid"]))));
        }
    }

    private static IEnumerable<string> Names(JsonNode? fixtures) =>
        fixtures!.AsArray().Select(fixture => $"{Text(fixture!["name"])}:{Text(fixture["status"])}");

    private static string Tree(JsonNode item) => string.Join(' ', item["steps"]!.AsArray()
        .Select(step => $"{Text(step!["name"])}:{Text(step["status"])}({Tree(step)})"));
}
