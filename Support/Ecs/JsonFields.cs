using System.Globalization;
using System.Text.Json;
using Support.Host;

namespace Support.Ecs;

/// <summary>Reads fields of JSON that anyone may have written: what has another form than it should is null.</summary>
internal static class JsonFields
{
    // Longer than any ARN (2,048 by AWS's own limit) is no name.
    private const int LongestText = 2048;

    /// <summary>Null where it is not JSON, not an object, or has a name that is no text. It lives on its own.</summary>
    internal static JsonElement? Object(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text.TrimStart('\uFEFF'));
            ReadNames(json.RootElement);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Half of a surrogate pair in a name is valid JSON, and throws where the name is read or compared: once here, for
    // all of them.
    private static void ReadNames(JsonElement at)
    {
        if (at.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in at.EnumerateObject())
            {
                _ = field.Name;
                ReadNames(field.Value);
            }
        }
        else if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in at.EnumerateArray())
                ReadNames(item);
        }
    }

    /// <summary>A field of an object; null where there is no such field, or it is null.</summary>
    internal static JsonElement? Field(this JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object
        && at.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    internal static JsonElement? Object(this JsonElement at, string name) =>
        at.Field(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    internal static IEnumerable<JsonElement> Items(this JsonElement at, string name) =>
        at.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A text in one line; null where it is not a text, empty, or longer than a name can be.</summary>
    internal static string? Text(this JsonElement at, string name) => at.Field(name) is { } value ? Text(value) : null;

    internal static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: > 0 and <= LongestText } text ? Words.Line(text) : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON, and no text.
            return null;
        }
    }

    /// <summary>A finite number, also one that is written as a text; null for anything else.</summary>
    internal static double? Number(this JsonElement at, string name) => at.Field(name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out var number) && double.IsFinite(number) =>
            number,
        { ValueKind: JsonValueKind.String } value when double.TryParse(
            Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>From 0 on; null for anything else, and for what a <see cref="long"/> cannot hold.</summary>
    internal static long? Count(this JsonElement at, string name) =>
        at.Number(name) is { } number and >= 0 and < long.MaxValue ? (long)number : null;
}
