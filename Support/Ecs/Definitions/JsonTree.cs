using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>Reads JSON into parts that know their line and column, which JsonDocument's elements don't.</summary>
internal sealed class JsonTree
{
    private readonly byte[] bytes;
    private int seen;
    private int line = 1;
    private int column = 1;

    private JsonTree(string text) => bytes = Encoding.UTF8.GetBytes(text);

    /// <exception cref="JsonException">It is no JSON (RFC 8259), or nested more than 64 deep.</exception>
    public static JsonPart Parse(string text)
    {
        var tree = new JsonTree(text);
        var reader = new Utf8JsonReader(tree.bytes);
        reader.Read();
        var root = tree.Part(ref reader, "");
        // The reader throws for anything after the value.
        reader.Read();
        return root;
    }

    private JsonPart Part(ref Utf8JsonReader reader, string path)
    {
        var position = PositionOf(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject =>
                new JsonPart(JsonValueKind.Object, path, position) { Members = Members(ref reader, path) },
            JsonTokenType.StartArray =>
                new JsonPart(JsonValueKind.Array, path, position) { Items = Items(ref reader, path) },
            JsonTokenType.String =>
                new JsonPart(JsonValueKind.String, path, position) { Text = TextOf(ref reader, position) },
            JsonTokenType.Number =>
                new JsonPart(JsonValueKind.Number, path, position) { Text = Encoding.UTF8.GetString(reader.ValueSpan) },
            JsonTokenType.True => new JsonPart(JsonValueKind.True, path, position),
            JsonTokenType.False => new JsonPart(JsonValueKind.False, path, position),
            _ => new JsonPart(JsonValueKind.Null, path, position),
        };
    }

    private ImmutableArray<(string Name, JsonPart Value)> Members(ref Utf8JsonReader reader, string path)
    {
        var members = ImmutableArray.CreateBuilder<(string, JsonPart)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = TextOf(ref reader, PositionOf(reader.TokenStartIndex));
            reader.Read();
            members.Add((name, Part(ref reader, path.Length == 0 ? name : $"{path}.{name}")));
        }

        return members.ToImmutable();
    }

    private ImmutableArray<JsonPart> Items(ref Utf8JsonReader reader, string path)
    {
        var items = ImmutableArray.CreateBuilder<JsonPart>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Part(ref reader, Say($"{path}[{items.Count}]")));
        return items.ToImmutable();
    }

    // Half of a surrogate pair, escaped, is valid JSON and no text.
    private static string TextOf(ref Utf8JsonReader reader, string position)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new JsonException($"The text at {position} has an escape that is no character.");
        }
    }

    // Tokens come in their order, so each byte is counted once.
    private string PositionOf(long start)
    {
        var passed = bytes.AsSpan(seen, (int)start - seen);
        var lastBreak = passed.LastIndexOf((byte)'\n');
        line += passed.Count((byte)'\n');
        column = lastBreak < 0
            ? column + Encoding.UTF8.GetCharCount(passed)
            : 1 + Encoding.UTF8.GetCharCount(passed[(lastBreak + 1)..]);
        seen = (int)start;
        return Say($"line {line}, column {column}");
    }
}

/// <summary>One value of a JSON text.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Path">As in <c>containerDefinitions[0].name</c>; empty for the whole.</param>
/// <param name="Position">Where it starts, as in <c>line 3, column 5</c>; both count from 1.</param>
internal sealed record JsonPart(JsonValueKind Kind, string Path, string Position)
{
    /// <summary>The value of a string or the digits of a number; else empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is in an object, in its order, repeated names included.</summary>
    public ImmutableArray<(string Name, JsonPart Value)> Members { get; init; } = [];

    public ImmutableArray<JsonPart> Items { get; init; } = [];

    /// <summary>The last member of that name; null where there is none or it is null.</summary>
    public JsonPart? this[string name] => Members.LastOrDefault(
        member => member.Name == name).Value is { Kind: not JsonValueKind.Null } value ? value : null;

    public IEnumerable<JsonPart> All() =>
        Members.Select(member => member.Value).Concat(Items).SelectMany(part => part.All()).Prepend(this);
}

/// <summary>
/// Takes values out of JSON parts and notes what is wrong with the others, without the values: they may be secret.
/// </summary>
internal sealed class PartReader
{
    private const string AwsRefuses = "the AWS CLI refuses that";

    private readonly List<DefinitionProblem> problems = [];

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
                $"{part.Path} ({part.Position}) is a number in quotes: {AwsRefuses}",
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
                $"{part.Path} ({part.Position}) is {Kind(part)}: {AwsRefuses}",
                $"Write {part.Path} without the quotes.");
            return value;
        }

        Wrong(part, "true or false");
        return null;
    }

    public JsonPart? Object(JsonPart owner, string name) =>
        owner[name] is { } part ? Expect(part, JsonValueKind.Object, "an object: { … }") : null;

    /// <summary>Nothing where it is absent.</summary>
    public ImmutableArray<JsonPart> Objects(JsonPart owner, string name) =>
        [.. Items(owner, name)
            .Select(item => Expect(item, JsonValueKind.Object, "an object: { … }")).OfType<JsonPart>()];

    /// <summary>Nothing where it is absent.</summary>
    public ImmutableArray<string> Texts(
        JsonPart owner, string name) => [.. Items(owner, name).Select(TextOf).OfType<string>()];

    /// <summary>Notes that a value is not of the wanted type.</summary>
    public void Wrong(JsonPart part, string allowed) => Critical(
        $"{(part.Path.Length == 0 ? "the file" : part.Path)} ({part.Position}) is {Kind(part)}; allowed: {allowed}",
        $"Change {(part.Path.Length == 0 ? "the file" : part.Path)} to {allowed}.");

    private ImmutableArray<JsonPart> Items(JsonPart owner, string name) =>
        owner[name] is { } part && Expect(part, JsonValueKind.Array, "an array: [ … ]") is { } array ? array.Items : [];

    private string? TextOf(JsonPart part)
    {
        if (part.Kind == JsonValueKind.Number)
            Warning(
                $"{part.Path} ({part.Position}) is a number where a text belongs: {AwsRefuses}",
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
