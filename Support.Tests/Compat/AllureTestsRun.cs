using System.Text.Json.Nodes;
using Allure.Net.Commons;
using NUnit.Framework.Api;
using NUnit.Framework.Internal;

namespace Support.Tests.Compat;

/// <summary>Runs the sample with NUnit's own runner inside this process and reads the files that Allure wrote.</summary>
/// <remarks>Only public members of Allure are used, so that the same tests hold for the official package.</remarks>
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
    public IEnumerable<JsonObject> Of(string method) => Results.Where(result => Label(result, "testMethod").Single() == method);

    /// <summary>The result of a method that ran once.</summary>
    public JsonObject Single(string method) => Of(method).Single();

    public static IEnumerable<string> Label(JsonObject result, string name) => result["labels"]!.AsArray()
        .Where(label => Text(label!["name"]) == name)
        .Select(label => Text(label!["value"]));

    public static string Text(JsonNode? node) => node!.GetValue<string>();

    public static AllureTestsRun OfSample()
    {
        AllureTestsSampleFixtureAttribute.IsWanted.Value = true;
        try
        {
            var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
            string[] wanted = [typeof(AllureTestsSample).FullName!, typeof(AllureTestsPlainSample).FullName!];
            runner.Load(typeof(AllureTestsSample).Assembly, new Dictionary<string, object>
            {
                ["LOAD"] = wanted.ToList(),
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
        [.. System.IO.Directory.EnumerateFiles(Directory, pattern).Select(path => JsonNode.Parse(File.ReadAllText(path))!.AsObject())];
}
