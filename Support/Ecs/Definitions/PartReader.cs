using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>
/// Takes values of the wanted types out of JSON parts and notes what is wrong with the others. Values are never
/// repeated: they may be secret.
/// </summary>
internal sealed class PartReader
{
    private const string AwsRefuses = "the AWS CLI refuses that";

    private readonly List<DefinitionProblem> problems = [];

    /// <summary>What was wrong so far.</summary>
    public ImmutableArray<DefinitionProblem> Problems => [.. problems];

    public void Critical(
        string text, string next) => problems.Add(new DefinitionProblem(CheckOutcome.Critical, text, next));

    public void Warning(
        string text, string next) => problems.Add(new DefinitionProblem(CheckOutcome.Warning, text, next));

    /// <summary>A text; a number counts, with a warning.</summary>
    public string? Text(JsonPart owner, string name) => owner[name] is { } part ? TextOf(part) : null;

    /// <summary>A whole number; one in quotes counts, with a warning.</summary>
    public int? Whole(JsonPart owner, string name)
    {
        var part = owner[name];
        if (part is null)
            return null;
        if (part.Kind is not (JsonValueKind.Number or JsonValueKind.String)
            || !int.TryParse(part.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            Wrong(part, $"a whole number from {int.MinValue.ToString(CultureInfo.InvariantCulture)} to "
                + $"{int.MaxValue.ToString(CultureInfo.InvariantCulture)}");
            return null;
        }

        if (part.Kind == JsonValueKind.String)
            Warning(
                $"{part.Path} ({part.Place}) is a number in quotes: {AwsRefuses}",
                $"Write {part.Path} without the quotes.");
        return value;
    }

    /// <summary>True or false; the words in quotes count, with a warning.</summary>
    public bool? Flag(JsonPart owner, string name)
    {
        var part = owner[name];
        if (part is null)
            return null;
        if (part.Kind is JsonValueKind.True or JsonValueKind.False)
            return part.Kind == JsonValueKind.True;
        if (part.Kind == JsonValueKind.String && bool.TryParse(part.Text, out var value))
        {
            Warning(
                $"{part.Path} ({part.Place}) is {Kind(part)}: {AwsRefuses}", $"Write {part.Path} without the quotes.");
            return value;
        }

        Wrong(part, "true or false");
        return null;
    }

    /// <summary>An object.</summary>
    public JsonPart? Object(JsonPart owner, string name) =>
        owner[name] is { } part ? Expect(part, JsonValueKind.Object, "an object: { … }") : null;

    /// <summary>An array of objects; nothing where it is absent.</summary>
    public ImmutableArray<JsonPart> Objects(JsonPart owner, string name) =>
        [.. Items(owner, name)
            .Select(item => Expect(item, JsonValueKind.Object, "an object: { … }")).OfType<JsonPart>()];

    /// <summary>An array of texts; nothing where it is absent.</summary>
    public ImmutableArray<string> Texts(
        JsonPart owner, string name) => [.. Items(owner, name).Select(TextOf).OfType<string>()];

    /// <summary>Notes that a value is not of the wanted type.</summary>
    public void Wrong(JsonPart part, string allowed) => Critical(
        $"{(part.Path.Length == 0 ? "the file" : part.Path)} ({part.Place}) is {Kind(part)}; allowed: {allowed}",
        $"Change {(part.Path.Length == 0 ? "the file" : part.Path)} to {allowed}.");

    private ImmutableArray<JsonPart> Items(JsonPart owner, string name) =>
        owner[name] is { } part && Expect(part, JsonValueKind.Array, "an array: [ … ]") is { } array ? array.Items : [];

    private string? TextOf(JsonPart part)
    {
        if (part.Kind == JsonValueKind.Number)
            Warning(
                $"{part.Path} ({part.Place}) is a number where a text belongs: {AwsRefuses}",
                $"Put {part.Path} in quotes.");
        else if (part.Kind != JsonValueKind.String)
            Wrong(part, "a text in quotes");
        return part.Kind is JsonValueKind.String or JsonValueKind.Number ? part.Text : null;
    }

    private JsonPart? Expect(JsonPart part, JsonValueKind kind, string allowed)
    {
        if (part.Kind == kind)
            return part;
        Wrong(part, allowed);
        return null;
    }

    private static string Kind(JsonPart part) => part.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
