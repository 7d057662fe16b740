using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Support.Ecs.Definitions;

/// <summary>
/// Reads a JSON text into parts that know their line and column, which JsonDocument's elements don't.
/// </summary>
internal sealed class JsonTree
{
    private readonly byte[] bytes;
    private int seen;
    private int line = 1;
    private int column = 1;

    private JsonTree(string text) => bytes = Encoding.UTF8.GetBytes(text);

    /// <summary>The whole text.</summary>
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
        var place = PlaceOf(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject =>
                new JsonPart(JsonValueKind.Object, path, place) { Members = Members(ref reader, path) },
            JsonTokenType.StartArray =>
                new JsonPart(JsonValueKind.Array, path, place) { Items = Items(ref reader, path) },
            JsonTokenType.String =>
                new JsonPart(JsonValueKind.String, path, place) { Text = TextOf(ref reader, place) },
            JsonTokenType.Number =>
                new JsonPart(JsonValueKind.Number, path, place) { Text = Encoding.UTF8.GetString(reader.ValueSpan) },
            JsonTokenType.True => new JsonPart(JsonValueKind.True, path, place),
            JsonTokenType.False => new JsonPart(JsonValueKind.False, path, place),
            _ => new JsonPart(JsonValueKind.Null, path, place),
        };
    }

    private ImmutableArray<(string Name, JsonPart Value)> Members(ref Utf8JsonReader reader, string path)
    {
        var members = ImmutableArray.CreateBuilder<(string, JsonPart)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = TextOf(ref reader, PlaceOf(reader.TokenStartIndex));
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
    private static string TextOf(ref Utf8JsonReader reader, string place)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new JsonException($"The text at {place} has an escape that is no character.");
        }
    }

    // Tokens come in their order, so each byte is counted once.
    private string PlaceOf(long start)
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
/// <param name="Path">How to get there, as in <c>containerDefinitions[0].name</c>; empty for the whole.</param>
/// <param name="Place">Where it starts, as in <c>line 3, column 5</c>; both count from 1.</param>
internal sealed record JsonPart(JsonValueKind Kind, string Path, string Place)
{
    /// <summary>The value of a string or the digits of a number; else empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is in an object, in its order, repeated names included.</summary>
    public ImmutableArray<(string Name, JsonPart Value)> Members { get; init; } = [];

    /// <summary>What is in an array.</summary>
    public ImmutableArray<JsonPart> Items { get; init; } = [];

    /// <summary>The last member of that name; null where there is none or it is null.</summary>
    public JsonPart? this[string name] => Members.LastOrDefault(
        member => member.Name == name).Value is { Kind: not JsonValueKind.Null } value ? value : null;

    /// <summary>This part and all below it.</summary>
    public IEnumerable<JsonPart> All() =>
        Members.Select(member => member.Value).Concat(Items).SelectMany(part => part.All()).Prepend(this);
}
