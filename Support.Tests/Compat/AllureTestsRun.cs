using System.Text.Json.Nodes;
using Allure.Net.Commons;
using NUnit.Framework.Api;
using NUnit.Framework.Internal;

namespace Support.Tests.Compat;

/// <summary>
/// Runs the sample with NUnit's own runner inside this process and reads the files that Allure wrote.
/// </summary>
/// <remarks>
/// Only public members of Allure are used, so that the tests compile and run against the official package as well.
/// </remarks>
internal sealed class AllureTestsRun
{
    private AllureTestsRun(string directory)
    {
        Directory = directory;
        Results = Read("*-result.json");
        Containers = Read("*-container.json");
    }

    public string Directory { get; }

    public IReadOnlyList<JsonObject> Results { get; }

    public IReadOnlyList<JsonObject> Containers { get; }

    /// <summary>The results of one method.</summary>
    public IEnumerable<JsonObject> Of(string method) =>
        Results.Where(result => Label(result, "testMethod").Single() == method);

    /// <summary>The result of a method that ran once.</summary>
    public JsonObject Single(string method) => Of(method).Single();

    public static IEnumerable<string> Label(JsonObject result, string name) => result["labels"]!.AsArray()
        .Where(label => Text(label!["name"]) == name)
        .Select(label => Text(label!["value"]));

    public static string Text(JsonNode? node) => node!.GetValue<string>();

    /// <summary>Runs the classes of the sample.</summary>
    public static AllureTestsRun OfSample() => Of(typeof(AllureTestsSample), typeof(AllureTestsPlainSample));

    /// <summary>Runs the given classes; results that were there before are read as well.</summary>
    public static AllureTestsRun Of(params Type[] classes)
    {
        AllureTestsSampleFixtureAttribute.IsWanted.Value = true;
        try
        {
            var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
            runner.Load(typeof(AllureTestsSample).Assembly, new Dictionary<string, object>
            {
                ["LOAD"] = classes.Select(type => type.FullName!).ToList(),
                ["NumberOfTestWorkers"] = 0,
            });
            runner.Run(TestListener.NULL, TestFilter.Empty);
        }
        finally
        {
            AllureTestsSampleFixtureAttribute.IsWanted.Value = false;
        }

        return new AllureTestsRun(AllureLifecycle.Instance.ResultsDirectory);
    }

    private List<JsonObject> Read(string pattern) =>
        [.. System.IO.Directory.EnumerateFiles(Directory, pattern)
            .Select(path => JsonNode.Parse(File.ReadAllText(path))!.AsObject())];
}
