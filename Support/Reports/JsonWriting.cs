using System.Collections.Immutable;
using System.Text.Json;

namespace Support.Reports;

/// <summary>The few JSON forms that the report repeats.</summary>
internal static class JsonWriting
{
    /// <summary>The number, or null where there is none.</summary>
    internal static void Number(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>The number to six decimals, or null where there is none or where JSON has no form for it (NaN, infinity).</summary>
    internal static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known && double.IsFinite(known))
            json.WriteNumber(name, Math.Round(known, 6));
        else
            json.WriteNull(name);
    }

    /// <summary>The moment, or null where there is none.</summary>
    internal static void Instant(this Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } known)
            json.WriteString(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>A member of an enumeration in camel case.</summary>
    internal static void Word<T>(this Utf8JsonWriter json, string name, T value)
        where T : struct, Enum =>
        json.WriteString(name, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    /// <summary>A list; empty where the array was never set.</summary>
    internal static void List<T>(this Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items.IsDefault ? [] : items)
            write(item);
        json.WriteEndArray();
    }
}
