using System.Runtime.Loader;
using System.Text.Json;
using Allure.Net.Commons;
using NUnit.Framework;

namespace Support.Tests.Compat;

/// <summary>Where the configuration comes from. Each case loads Allure anew: it reads its configuration once.</summary>
[TestFixture, NonParallelizable]
internal sealed class AllureTestsConfiguration
{
    private const string Variable = "ALLURE_CONFIG";

    private static readonly string Folder = Directory.CreateTempSubdirectory("allure-tests-").FullName;

    private string? _before;

    /// <summary>Where the results of the sample land.</summary>
    public static string ResultsDirectory => Path.Combine(Folder, "sample", "allure-results");

    /// <summary>
    /// Sends the results of the sample to a folder of their own. Works only before Allure is first used in this
    /// process.
    /// </summary>
    public static void Redirect()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ResultsDirectory)!);
        var allure = new { directory = ResultsDirectory, links = new[]
        {
            "https://link.example/?to={link}",
        }, indentOutput = true };
        Environment.SetEnvironmentVariable(Variable, Write("sample.json", JsonSerializer.Serialize(new { allure })));
        AllureLifecycle.Instance.CleanupResultDirectory();
        Environment.SetEnvironmentVariable(Variable, null);
    }

    [SetUp]
    public void Remember() => _before = Environment.GetEnvironmentVariable(Variable);

    [TearDown]
    public void Restore() => Environment.SetEnvironmentVariable(Variable, _before);

    [Test]
    public void Without_a_file_results_go_below_the_current_directory()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Assert.That(Fresh(), Is.EqualTo(Path.GetFullPath("allure-results")));
    }

    [Test]
    public void The_directory_of_the_named_file_is_created()
    {
        var wanted = Path.Combine(Folder, "reports-ü", "allure-results");
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        Environment.SetEnvironmentVariable(Variable, Write("named.json", JsonSerializer.Serialize(new
        {
            allure = new { title = "t", directory = wanted, failExceptions = new[]
            {
                "X",
            }, indentOutput = true, useLegacyIds = false },
        })));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fresh(), Is.EqualTo(wanted));
            Assert.That(wanted, Does.Exist);
        }
    }

    [Test]
    public void A_file_without_the_key_allure_sets_nothing()
    {
        Environment.SetEnvironmentVariable(Variable, Write("other.json", """{"something":1}"""));
        Assert.That(Fresh(), Is.EqualTo(Path.GetFullPath("allure-results")));
    }

    [Test]
    public void A_named_file_that_does_not_exist_is_an_error()
    {
        var missing = Path.Combine(Folder, "missing.json");
        Environment.SetEnvironmentVariable(Variable, missing);
        Assert.That(Fresh, Throws.InnerException.TypeOf<FileNotFoundException>()
            .With.InnerException.Message.Contains(missing).And.InnerException.Message.Contains(Variable));
    }

    [TestCase("")]
    [TestCase("{")]
    public void A_file_that_is_no_configuration_is_an_error(string text)
    {
        Environment.SetEnvironmentVariable(Variable, Write("garbage.json", text));
        Assert.That(Fresh, Throws.Exception);
    }

    [Test]
    public void A_directory_may_be_named_by_a_number()
    {
        Environment.SetEnvironmentVariable(Variable, Write("number.json", """{"allure":{"directory":7}}"""));
        Assert.That(Fresh(), Is.EqualTo(Path.GetFullPath("7")));
        Directory.Delete("7");
    }

    [Test]
    public void Outside_of_a_test_nothing_happens_and_steps_run_their_code()
    {
        Redirect();
        var files = Directory.GetFiles(ResultsDirectory).Length;
        var ran = 0;
        AllureApi.SetTestName("none");
        AllureApi.AddTestParameter("none", 1);
        AllureApi.AddAttachment("none", "text/plain", [1]);
        AllureApi.Step("none", () => { ran++; });
        var value = AllureApi.Step("none", () => ++ran);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(value, Is.EqualTo(2));
            Assert.That(
                () => AllureApi.Step("none", () => Task.FromException(new ArgumentException("thrown"))),
                Throws.ArgumentException);
            Assert.That(Directory.GetFiles(ResultsDirectory), Has.Length.EqualTo(files));
        }
    }

    private static string Fresh()
    {
        var context = new AssemblyLoadContext("allure anew", isCollectible: true);
        try
        {
            var assembly = context.LoadFromAssemblyPath(typeof(AllureLifecycle).Assembly.Location);
            var lifecycle = assembly.GetType(typeof(AllureLifecycle).FullName!)!;
            var instance = lifecycle.GetProperty(nameof(AllureLifecycle.Instance))!.GetValue(null);
            return (string)lifecycle.GetProperty(nameof(AllureLifecycle.ResultsDirectory))!.GetValue(instance)!;
        }
        finally
        {
            context.Unload();
        }
    }

    private static string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
