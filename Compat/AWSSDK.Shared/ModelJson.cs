using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;

namespace Amazon.Compat;

/// <summary>Maps the types of a model to JSON and back by their names alone.</summary>
internal static class ModelJson
{
    /// <summary>What is null is left out, and what is not known is ignored.</summary>
    /// <param name="names">How the members are named; null: as the properties are.</param>
    public static JsonSerializerOptions Options(JsonNamingPolicy? names)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = names,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutThoseOfTheCore } },
            Converters = { new ConstantJson(), new MomentJson(), new TextJson() },
        };
        options.MakeReadOnly();
        return options;
    }

    // Status code, length and id of an answer are no members of it.
    private static void WithoutThoseOfTheCore(JsonTypeInfo type)
    {
        for (var at = type.Properties.Count - 1; at >= 0; at--)
        {
            if (type.Properties[at].AttributeProvider is MemberInfo member
                && member.DeclaringType == typeof(AmazonWebServiceResponse))
                type.Properties.RemoveAt(at);
        }
    }

    /// <summary>Moments are seconds since 1970, with fractions (Smithy, epoch-seconds).</summary>
    private sealed class MomentJson : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTime.UnixEpoch.AddTicks((long)(reader.GetDecimal() * TimeSpan.TicksPerSecond));

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(
                Math.Round((value.ToUniversalTime() - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond, 3));
    }

    /// <summary>An emulator of ECS sends numbers where AWS sends texts.</summary>
    private sealed class TextJson : JsonConverter<string>
    {
        public override string? Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetDecimal().ToString(CultureInfo.InvariantCulture),
            _ => reader.GetString(),
        };

        public override void Write(
            Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    /// <summary>Enumerations are texts, and a value that is newer than the type is one as well.</summary>
    private sealed class ConstantJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsSubclassOf(typeof(ConstantClass));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        private sealed class Of<T> : JsonConverter<T>
            where T : ConstantClass
        {
            private static readonly Func<string, T> Find =
                typeof(T).GetMethod("FindValue", [typeof(string)])!.CreateDelegate<Func<string, T>>();

            public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                reader.GetString() is { } text ? Find(text) : null;

            public override void Write(
                Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
        }
    }
}
