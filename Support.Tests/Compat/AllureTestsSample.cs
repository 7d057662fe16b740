using System.Globalization;
using System.Text;
using Allure.NUnit;
using Allure.NUnit.Attributes;
using Allure.Net.Commons;
using NUnit.Framework;

namespace Support.Tests.Compat;

/// <summary>
/// What <see cref="AllureTests"/> runs and looks at: passes, failures and everything that a test can say about itself.
/// </summary>
[AllureTestsSampleFixture, FixtureLifeCycle(
    LifeCycle.SingleInstance), AllureNUnit, AllureDisplayIgnored, Category("sampled")]
[AllureParentSuite("Capacity"), AllureSuite("Ladder"), AllureOwner("platform")]
internal sealed class AllureTestsSample
{
    public static readonly byte[] Attached = [0, 1, 2, 255];

    private static readonly TestCaseData[] Named = [new TestCaseData(50).SetName("  50 sessions")];

    [OneTimeSetUp]
    public void Start() => ExtendedApi.Before("start the target", () => AllureApi.Step("listen"));

    [SetUp]
    public Task Prepare() => ExtendedApi.Before("prepare", async () => await Task.Yield());

    [TearDown]
    public void Close() => ExtendedApi.After("close", () => 0);

    [Test, AllureStory("Says it all"), AllureSeverity(SeverityLevel.critical), AllureTag("a", "b"), AllureEpic("Epic")]
    [AllureFeature("Feature"), AllureSubSuite("Steps"), AllureLabel("layer", "unit")]
    [AllureLink("Docs", "https://docs.example/"), AllureDescription("from the attribute")]
    public async Task Describes_itself()
    {
        AllureApi.AddLabel("custom", "ü ↑ <&> 😀");
        AllureApi.SetSeverity(SeverityLevel.blocker);
        AllureApi.AddTags("c");
        AllureApi.AddLink("https://example.test/?a=b c");
        AllureApi.AddLink("Typed", "link", "https://example.test/?a=b c");
        AllureApi.AddTestParameter("b", "text");
        AllureApi.AddTestParameter("a", 1.0);
        AllureApi.AddTestParameter("secret", "s", ParameterMode.Masked, excluded: true);
        var answer = await AllureApi.Step("outer", async () =>
        {
            await Task.Yield();
            await AllureApi.Step("inner", async () =>
            {
                await Task.Yield();
                AllureApi.AddAttachment("bytes", "application/octet-stream", Attached, ".bin");
            });
            return AllureApi.Step("value", () => 42);
        });
        AllureApi.Step("after");
        var text = answer.ToString(CultureInfo.InvariantCulture);
        AllureApi.AddAttachment("answer", "text/plain", Encoding.UTF8.GetBytes(text), ".txt");
    }

    [Test]
    public void Attaches_files() => AllureApi.Step("attach", () =>
    {
        var path = typeof(AllureTestsSample).Assembly.Location;
        AllureApi.AddAttachment("library", "application/x-library", path);
        AllureApi.AddAttachment(Path.ChangeExtension(path, ".deps.json"));

        // Of an extension whose type the package does not know.
        var page = Path.Combine(AllureLifecycle.Instance.ResultsDirectory, "page.md");
        File.WriteAllText(page, "# page");
        AllureApi.AddAttachment(page);
        File.Delete(page);
    });

    [Test]
    public async Task Runs_steps_at_once() =>
        await AllureApi.Step("all", () => Task.WhenAll(Enumerable.Range(0, 20).Select(
            number => Task.Run(() => AllureApi.Step($"branch {number}", async () =>
            {
                await Task.Yield();
                AllureApi.Step($"leaf {number}");
            })))));

    [Test]
    public void Fails_in_a_step() =>
        AllureApi.Step("outer", () => AllureApi.Step("asserts", () => Assert.Fail("one is not two")));

    [Test]
    public void Fails_twice() => Assert.Multiple(() =>
    {
        Assert.That(Attached, Is.Empty);
        Assert.That(Attached, Has.Length.EqualTo(3));
    });

    [Test]
    public Task Breaks() => AllureApi.Step<int>("throws", async () =>
    {
        await Task.Yield();
        throw new InvalidOperationException("out of order");
    });

    [Test]
    public void Skips_itself() => Assert.Ignore("limit found: 350 of 500 held (70.0 %), threshold 75 %");

    [Test, Ignore("not now")]
    public void Never_runs() => Assert.Fail("must not run");

    [Test]
    public void Is_inconclusive() => Assert.Inconclusive("cannot tell");

    [Test]
    public void Warns() => Assert.Warn("odd");

    [Test]
    public void Prints() => Console.WriteLine("✓    10 sessions");

    [TestCase(10, "ten")]
    [TestCase(500, null)]
    public void Has_cases(int sessions, string? text) => Assert.That(sessions, Is.Positive, text);

    [TestCaseSource(nameof(Named)), CancelAfter(60_000)]
    public void Has_named_cases(int sessions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AllureApi.SetTestName($"{sessions} sessions");
    }
}

/// <summary>A class that says nothing about suites.</summary>
[AllureTestsSampleFixture, FixtureLifeCycle(
    LifeCycle.SingleInstance), AllureNUnit, Description("of the class"), Author("team")]
internal sealed class AllureTestsPlainSample
{
    [Test, Description("as NUnit says it"), Author("someone")]
    public void Says_nothing() => Assert.Pass();
}

/// <summary>A class that loses its results directory under way.</summary>
[AllureTestsSampleFixture, FixtureLifeCycle(LifeCycle.SingleInstance), AllureNUnit]
internal sealed class AllureTestsCleaningSample
{
    [Test]
    public void Attaches_what_cannot_be_written()
    {
        Directory.Delete(AllureLifecycle.Instance.ResultsDirectory, recursive: true);
        AllureApi.AddAttachment("note", "text/plain", [1], ".txt");
    }
}
