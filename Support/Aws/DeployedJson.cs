using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.ECS.Model;
using Amazon.Runtime;

namespace Support.Aws;

/// <summary>Writes what a client of ECS read as <c>aws ecs describe-task-definition</c> prints it, for the one parser of task definitions.</summary>
internal static class DeployedJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ConstantJson() },
    };

    /// <summary>Names in lower camel case; what AWS did not say is left out.</summary>
    public static string Of(TaskDefinition taskDefinition, List<Tag>? tags) => JsonSerializer.Serialize(new { taskDefinition, tags }, Options);

    // Enumerations of the SDK are objects round a text.
    private sealed class ConstantJson : JsonConverter<ConstantClass>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(ConstantClass).IsAssignableFrom(typeToConvert);

        public override ConstantClass Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Task definitions are read by the parser, not into types of the SDK.");

        public override void Write(Utf8JsonWriter writer, ConstantClass value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
