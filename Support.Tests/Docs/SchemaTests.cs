using System.Text.Json;
using NUnit.Framework;

namespace Support.Tests.Docs;

/// <summary>The schema describes every key that the code writes; .ci/run validates real reports against it.</summary>
public sealed class SchemaTests
{
    // Their keys are names of settings and of failure classes.
    private static readonly string[] OpenObjects = ["settings", "failures", "examples"];

    [Test]
    public void Every_key_of_the_sample_is_described_and_required()
    {
        using var schema = JsonDocument.Parse(Documents.Text("docs/capacity.schema.json"));
        using var sample = JsonDocument.Parse(Documents.Text("reports/sample/capacity.json"));
        var problems = new List<string>();
        Compare(sample.RootElement, schema.RootElement, schema.RootElement, "", problems);
        Assert.That(problems, Is.Empty);
    }

    [TestCase("Fargate")]
    [TestCase("PlanEight")]
    [TestCase("SizesRefused")]
    public void Every_key_of_a_run_in_ECS_with_a_plan_or_at_task_sizes_is_described_and_required(string report)
    {
        using var schema = JsonDocument.Parse(Documents.Text("docs/capacity.schema.json"));
        using var snapshot = JsonDocument.Parse(Documents.Text($"Support.Tests/Reports/Snapshots/{report}-json.verified.json"));
        var problems = new List<string>();
        Compare(snapshot.RootElement, schema.RootElement, schema.RootElement, "", problems);
        Assert.That(problems, Is.Empty);
    }

    private static void Compare(JsonElement value, JsonElement schema, JsonElement root, string path, List<string> problems)
    {
        var rules = Resolve(schema, root);
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (rules.TryGetProperty("items", out var items))
                    Compare(item, items, root, $"{path}[]", problems);
                else
                    problems.Add($"{path}: no items");
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && !OpenObjects.Contains(path.Split('.')[^1]))
        {
            CompareKeys(value, rules, root, path, problems);
        }
    }

    private static void CompareKeys(JsonElement value, JsonElement rules, JsonElement root, string path, List<string> problems)
    {
        string[] required = rules.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
        foreach (var property in value.EnumerateObject())
        {
            var at = $"{path}.{property.Name}";
            if (!required.Contains(property.Name))
                problems.Add($"{at}: not required");
            if (rules.TryGetProperty("properties", out var known) && known.TryGetProperty(property.Name, out var rule))
                Compare(property.Value, rule, root, at, problems);
            else
                problems.Add($"{at}: not described");
        }
    }

    private static JsonElement Resolve(JsonElement schema, JsonElement root) => schema.TryGetProperty("$ref", out var reference)
        ? root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..])
        : schema;
}
