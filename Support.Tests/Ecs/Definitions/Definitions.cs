using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Tests.Docs;

namespace Support.Tests.Ecs.Definitions;

/// <summary>One good definition, the template with its placeholders replaced, and one change each.</summary>
internal static partial class Definitions
{
    /// <summary>The container of the template.</summary>
    public const string Container = "containerDefinitions[0]";

    /// <summary>An account that stands in no example of AWS.</summary>
    public const string Account = "210987654321";


    /// <summary>The suite in the task: everything matters.</summary>
    public static DefinitionNeeds Suite { get; } =
        new() { Connections = 1000, RunsTheSuite = true, MetricsInLog = true, CallsAws = true };

    /// <summary>A server in the task.</summary>
    public static DefinitionNeeds Server { get; } = new() { Connections = 1000 };

    /// <summary>deploy/task-definition-template.json as it is.</summary>
    public static string Template { get; } = Documents.Text("deploy/task-definition-template.json");

    /// <summary>The template, filled in.</summary>
    public static string Good { get; } = Fill(Template);

    /// <summary>Replaces the placeholders of a file of deploy/.</summary>
    public static string Fill(string text) => text
        .Replace("YOUR_ACCOUNT_ID", Account, StringComparison.Ordinal)
        .Replace("YOUR_REGION", "eu-west-1", StringComparison.Ordinal)
        .Replace(
            "YOUR_ECR_IMAGE_URI",
            $"{Account}.dkr.ecr.eu-west-1.example/websocket-capacity@sha256:00",
            StringComparison.Ordinal)
        .Replace("YOUR_TARGET_URL", "wss://chat.example.com/ws", StringComparison.Ordinal)
        .Replace("YOUR_REPORTS_BUCKET", "my-reports", StringComparison.Ordinal);

    /// <summary>The good definition with one value set.</summary>
    /// <param name="path">
    /// As in <c>containerDefinitions[0].ulimits[0].name</c>; an index one beyond the end adds.
    /// </param>
    /// <param name="json">The value; null removes.</param>
    public static string With(string path, string? json) => With(Good, path, json);

    /// <summary>A definition with one value set.</summary>
    public static string With(string text, string path, string? json)
    {
        var root = JsonNode.Parse(text)!;
        string[] steps = [.. Steps().Matches(path).Select(step => step.Value)];
        var owner = steps[..^1].Aggregate(root, (node, step) => step[0] == '[' ? node[Index(step)]! : node[step]!);
        Set(owner, steps[^1], json is null ? null : JsonNode.Parse(json), json is null);
        return root.ToJsonString();
    }

    /// <summary>What one rule finds.</summary>
    public static Task<Finding> FindAsync(string rule, string text, DefinitionNeeds? needs = null) =>
        Checks(text, needs)
            .Single(check => check.Id.EndsWith($".{rule}", StringComparison.Ordinal)).RunAsync(CancellationToken.None);

    /// <summary>What all checks find.</summary>
    public static async Task<Finding[]> FindAllAsync(string text, DefinitionNeeds? needs = null)
    {
        var found = new List<Finding>();
        foreach (var check in Checks(text, needs))
            found.Add(await check.RunAsync(CancellationToken.None));
        return [.. found];
    }

    // A file is taken for what it is: as a server's counts what a service has deployed.
    private static ImmutableArray<DeferredCheck> Checks(string text, DefinitionNeeds? needs) =>
        DefinitionChecks.For(
            needs is { RunsTheSuite: false } ? "Service" : "TaskDefinition",
            _ => Task.FromResult(TaskDefinitionParser.Parse(text)),
            needs ?? Suite);

    private static void Set(JsonNode owner, string step, JsonNode? value, bool remove)
    {
        if (owner is JsonArray array && Index(step) == array.Count)
            array.Add(value);
        else if (owner is JsonArray items)
            items[Index(step)] = value;
        else if (remove)
            Assert.That(owner.AsObject().Remove(step), Is.True, $"{step} was not there to be removed.");
        else
            owner.AsObject()[step] = value;
    }

    private static int Index(string step) =>
        int.Parse(step.Trim('[', ']'), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\[\d+\]|[^.\[\]]+")]
    private static partial Regex Steps();
}
