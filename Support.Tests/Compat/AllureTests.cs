using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Allure.Net.Commons;
using Allure.Net.Commons.Functions;
using NUnit.Framework;
using static Support.Tests.Compat.AllureTestsRun;

namespace Support.Tests.Compat;

/// <summary>
/// The files that Allure writes for the sample. These tests know the package's files and names, not how they are made.
/// </summary>
[TestFixture, NonParallelizable, FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class AllureTests
{
    private static readonly string[] ResultKeys =
    [
        "uuid", "historyId", "testCaseId", "titlePath", "fullName", "labels", "links", "name", "status",
        "statusDetails", "stage", "description", "steps", "attachments", "parameters", "start", "stop",
    ];

    private AllureTestsRun _run = null!;

    [OneTimeSetUp]
    public void Run_the_sample()
    {
        AllureTestsConfiguration.Redirect();
        _run = OfSample();
    }

    [Test]
    public void Results_land_in_the_configured_directory()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_run.Directory, Is.EqualTo(AllureTestsConfiguration.ResultsDirectory));
            Assert.That(_run.Results, Has.Count.EqualTo(15));
            Assert.That(
                Directory.EnumerateFiles(_run.Directory, "*-result.json").Select(Path.GetFileName),
                Has.All.Match("^[0-9a-f]{32}-result\\.json$"));
        }
    }

    [Test]
    public void A_test_starts_before_it_stops()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                _run.Results.Select(Start),
                Has.All.GreaterThan(DateTimeOffset.UnixEpoch.AddYears(50).ToUnixTimeMilliseconds()));
            foreach (var result in _run.Results)
                Assert.That(result["stop"]!.GetValue<long>(), Is.AtLeast(Start(result)));
        }
    }

    [Test]
    public void Keys_of_a_result_have_the_order_of_the_package()
    {
        string[] always = [.. ResultKeys.Except(["statusDetails", "description"])];
        using (Assert.EnterMultipleScope())
        {
            foreach (var keys in _run.Results.Select(Keys))
                Assert.That(keys, Is.SupersetOf(always).And.EqualTo(ResultKeys.Where(keys.Contains)));
            Assert.That(Keys(_run.Single("Prints")), Is.EqualTo(always));
            Assert.That(
                Keys(_run.Single("Describes_itself")["steps"]![0]!.AsObject()),
                Is.EqualTo(always.SkipWhile(key => key != "name")));
            Assert.That(
                Keys(_run.Single("Breaks")["statusDetails"]!.AsObject()),
                Is.EqualTo(new[] { "known", "muted", "flaky", "message", "trace" }));
        }
    }

    [TestCase("Describes_itself", "passed", null)]
    [TestCase("Fails_in_a_step", "failed", "one is not two")]
    [TestCase("Fails_twice", "failed", "Multiple failures")]
    [TestCase("Breaks", "broken", "out of order")]
    [TestCase("Skips_itself", "skipped", "limit found: 350 of 500 held (70.0 %), threshold 75 %")]
    [TestCase("Never_runs", "skipped", "Never_runs")]
    [TestCase("Is_inconclusive", "broken", "cannot tell")]
    [TestCase("Warns", "broken", "odd")]
    public void Outcomes_become_statuses(string method, string status, string? message)
    {
        var result = _run.Single(method);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(result["status"]), Is.EqualTo(status));
            Assert.That(Text(result["stage"]), Is.EqualTo("finished"));
            Assert.That(
                result["statusDetails"]?["message"]?.GetValue<string>(),
                message is null ? Is.Null : Does.Contain(message));
        }
    }

    [Test]
    public void Labels_come_in_the_order_default_method_class_nunit()
    {
        string[] expected =
        [
            "thread", "host", "language=C#", "framework=NUnit", "package=Support.Tests.Compat.AllureTestsSample",
            "testMethod=Describes_itself", "testClass=AllureTestsSample",
            "story=Says it all", "tag=a", "tag=b", "epic=Epic", "feature=Feature",
            "subSuite=Steps", "layer=unit", "parentSuite=Capacity", "suite=Ladder", "owner=platform",
            "custom=ü ↑ <&> 😀", "severity=blocker", "tag=c", "tag=sampled",
        ];
        var labels = _run.Single("Describes_itself")["labels"]!.AsArray()
            .Select(label => (Name: Text(label!["name"]), Value: Text(label["value"])))
            .Select(label => label.Name is "thread" or "host" ? label.Name : $"{label.Name}={label.Value}");
        Assert.That(labels, Is.EquivalentTo(expected).And.Exactly(1).EqualTo("severity=blocker"));
        Assert.That(labels.Take(7), Is.EqualTo(expected.Take(7)));
        Assert.That(labels.TakeLast(7), Is.EqualTo(expected.TakeLast(7)));
    }

    [Test]
    public void A_test_without_suites_lies_under_assembly_namespace_and_class()
    {
        var result = _run.Single("Says_nothing");
        string[] suites = [.. Label(result, "parentSuite"), .. Label(result, "suite"), .. Label(result, "subSuite")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                suites, Is.EqualTo(new[] { "Support.Tests", "Support.Tests.Compat", "AllureTestsPlainSample" }));
            Assert.That(
                result["titlePath"]!.AsArray().Select(Text),
                Is.EqualTo(new[] { "Support", "Tests", "Compat", "AllureTestsPlainSample", "Says_nothing" }));
            Assert.That(Text(result["description"]), Is.EqualTo("as NUnit says it\nof the class\n"));
            Assert.That(Label(result, "owner"), Is.EqualTo(new[] { "someone", "team" }));
        }
    }

    [Test]
    public void Cases_share_the_full_name_and_differ_in_parameters()
    {
        var cases = _run.Of("Has_cases").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cases.Select(result => Text(result["fullName"])),
                Has.All.EqualTo(
                    "Support.Tests:Support.Tests.Compat.AllureTestsSample.Has_cases(System.Int32,System.String)"));
            Assert.That(cases.Select(result => Text(result["name"])), Has.All.EqualTo("Has_cases"));
            Assert.That(
                cases.Select(result => string.Join(" / ", result["titlePath"]!.AsArray().TakeLast(2).Select(Text))),
                Is.EquivalentTo(new[] { "Has_cases / Has_cases(10,\"ten\")", "Has_cases / Has_cases(500,null)" }));
            Assert.That(
                cases.Select(Parameters),
                Is.EquivalentTo(new[] { "sessions=10 text=\"ten\"", "sessions=500 text=null" }));
            Assert.That(cases.Select(result => Text(result["historyId"])), Is.Unique);
            Assert.That(cases.Select(result => Text(result["testCaseId"])).Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void A_named_case_keeps_the_full_name_of_its_method()
    {
        var result = _run.Single("Has_named_cases");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Text(result["fullName"]),
                Does.EndWith(".Has_named_cases(System.Int32,System.Threading.CancellationToken)"));
            Assert.That(Text(result["name"]), Is.EqualTo("50 sessions"));
            Assert.That(Parameters(result), Is.EqualTo("sessions=50"));
        }
    }

    [Test]
    public void Ids_are_hashes_of_full_name_and_parameters()
    {
        var result = _run.Single("Describes_itself");
        var fullName = Text(result["fullName"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Parameters(result), Is.EqualTo("b=\"text\" a=1.0 secret=\"s\""));
            Assert.That(Text(result["testCaseId"]), Is.EqualTo(Md5(fullName)));
            Assert.That(
                Text(result["historyId"]),
                Is.EqualTo(Md5($$"""{"fullName":"{{fullName}}","parameters":["1.0","\"text\""]}""")));
            Assert.That(_run.Results.Select(each => Text(each["uuid"])), Is.Unique);
        }
    }

    [Test]
    public void Ids_equal_those_that_the_package_wrote()
    {
        const string fullName = "sample:Sample.Tests.AllureTests.Passing()";
        Parameter[] parameters =
            [new() { name = "secret", value = "\"x\"", excluded = true }, new() { name = "p", value = "5" }];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IdFunctions.CreateTestCaseId(fullName), Is.EqualTo("be796f658b65d1e3f839fc6790b1889f"));
            Assert.That(
                IdFunctions.CreateHistoryId(fullName, parameters), Is.EqualTo("097754c1318c09718fe10cb42bd5e007"));
        }
    }

    private static long Start(JsonObject result) => result["start"]!.GetValue<long>();

    private static string[] Keys(JsonObject item) => [.. item.Select(member => member.Key)];

    private static string Parameters(JsonObject result) => string.Join(' ', result["parameters"]!.AsArray()
        .Select(parameter => $"{Text(parameter!["name"])}={Text(parameter["value"])}"));

    [SuppressMessage("Security", "CA5351", Justification = "The format of the files asks for MD5.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
