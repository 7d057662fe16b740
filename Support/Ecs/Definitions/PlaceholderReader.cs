using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>Finds texts that stand for a value yet to be filled in.</summary>
internal static partial class PlaceholderReader
{
    // What only AWS sets names a real account, be it one that stands in examples.
    internal static ImmutableArray<Placeholder> Read(JsonPart root)
    {
        var variables = Variables(root);
        return
        [
            .. root.Members.Where(member => !DefinitionKeys.DescribeOnly.Contains(member.Name))
            .SelectMany(member => member.Value.All())
                .Where(part => part.Kind == JsonValueKind.String)
                .SelectMany(part => Stands().Matches(part.Text).Select(match => Of(part.Path, match.Value, variables))),
        ];
    }

    // The value of a variable may be a secret with brackets in it, so of a variable only the name is said.
    private static Placeholder Of(string path, string text, ImmutableDictionary<string, string> variables) =>
        InVariable().Match(path) is { Success: true } match
            ? new Placeholder(variables.TryGetValue(match.Value, out var name)
                ? $"{match.Groups["list"].Value} {Words.Quote(name)}"
                : match.Value, null, false)
            : new Placeholder(path, text, Refused().IsMatch(path));

    private static ImmutableDictionary<string, string> Variables(JsonPart root) =>
        (root["containerDefinitions"]?.Items ?? ImmutableArray<JsonPart>.Empty)
            .SelectMany(container => container["environment"]?.Items ?? ImmutableArray<JsonPart>.Empty)
            .ToImmutableDictionary(variable => variable.Path, variable => variable["name"]?.Text ?? "");

    // The account numbers are those of AWS's own examples.
    [GeneratedRegex(
        @"YOUR_[A-Z0-9_]+|<[Yy]our[^<>]*>|<[A-Za-z][A-Za-z0-9_.-]*>|\b(123456789012|111122223333|444455556666)\b")]
    private static partial Regex Stands();

    [GeneratedRegex(@"\A(?<list>(taskDefinition\.)?containerDefinitions\[\d+\]\.environment)\[\d+\]")]
    private static partial Regex InVariable();

    [GeneratedRegex(
        @"\A(taskDefinition\.)?(family|taskRoleArn|executionRoleArn|containerDefinitions\[\d+\]\."
        + @"(image|secrets\[\d+\]\.valueFrom|repositoryCredentials\.credentialsParameter"
        + @"|logConfiguration\.options\.awslogs-[a-z-]+))\z")]
    private static partial Regex Refused();
}
