using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Support.Host;

namespace Support.Reports.Data;

/// <summary>How the data of a report is written as JSON: a key that is not known is there and null.</summary>
/// <remarks>
/// The types of this folder are views: each property is a key, in the order of the file, and its comment is the key's
/// description in <c>docs/capacity.schema.json</c>. A record of an earlier stage whose properties are the keys stands
/// in the file as it is.
/// </remarks>
internal static class DataJson
{
    /// <summary>The options of <c>capacity.json</c>.</summary>
    internal static readonly JsonSerializerOptions Options = new(JsonForms.Indented)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { FactsOnly } },
        Converters = { new NumberConverter(), new SecondsConverter(), new LimitConverter() },
    };

    /// <summary>
    /// <c>capacity.json</c>: for machines. Keys only ever get more; a value that is not known is null, never 0.
    /// </summary>
    internal static string Render(CapacityReport report) =>
        JsonSerializer.Serialize(new CapacityData(report), Options) + "\n";

    /// <summary>The data of each item; none where the array was never set, as in a log of an earlier version.</summary>
    internal static IEnumerable<TData> Each<T, TData>(this ImmutableArray<T> items, Func<T, TData> data) =>
        items.OrNone().Select(data);

    /// <summary>The array; empty where it was never set.</summary>
    internal static ImmutableArray<T> OrNone<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;

    // What a record of an earlier stage works out by itself is none of its facts; a duration is written in seconds, and
    // its key says so.
    private static void FactsOnly(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Namespace == typeof(DataJson).Namespace)
            return;
        foreach (var property in type.Properties.ToList())
        {
            if (property.Set is null)
                type.Properties.Remove(property);
            else if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(TimeSpan))
                property.Name = property.Name.Replace("Time", "Seconds", StringComparison.Ordinal);
        }
    }

    /// <summary>A number to six decimals; null where JSON has no form for it (NaN, infinity).</summary>
    private sealed class NumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(Math.Round(value, 6));
            else
                writer.WriteNullValue();
        }
    }

    private sealed class SecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round(value.TotalSeconds, 6));
    }

    /// <summary>Three answers: a number, "none", and null for what is not known.</summary>
    private sealed class LimitConverter : JsonConverter<Limit>
    {
        public override Limit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A report is written and never read.");

        public override void Write(Utf8JsonWriter writer, Limit value, JsonSerializerOptions options)
        {
            if (value is Limit.None)
                writer.WriteStringValue("none");
            else if (value.Count is { } count)
                writer.WriteNumberValue(count);
            else
                writer.WriteNullValue();
        }
    }
}
