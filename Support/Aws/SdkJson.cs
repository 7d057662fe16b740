using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.ApplicationAutoScaling.Model;
using Amazon.ECS.Model;
using Amazon.Runtime;

namespace Support.Aws;

/// <summary>Writes what AWS said as the aws CLI prints and takes it; what it did not say is left out.</summary>
internal static class SdkJson
{
    private static readonly JsonSerializerOptions CamelCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ConstantConverter() },
    };

    /// <summary>One line, and nothing escaped that JSON does not want escaped: it is for a person to copy.</summary>
    internal static readonly JsonSerializerOptions Plain = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ConstantConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutEmptyLists } },
    };

    /// <summary>As <c>aws ecs describe-task-definition</c> prints it, for the one parser of task definitions.</summary>
    public static string Of(TaskDefinition taskDefinition, List<Tag>? tags) =>
        JsonSerializer.Serialize(new { taskDefinition, tags }, CamelCase);

    /// <summary>A policy's configuration as <c>aws application-autoscaling put-scaling-policy</c> takes it.</summary>
    public static string Of(TargetTrackingScalingPolicyConfiguration configuration) =>
        JsonSerializer.Serialize(configuration, Plain);

    // An empty list says what none says, and the CLI refuses some that are empty.
    private static void WithoutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.PropertyType.IsAssignableTo(typeof(IList))))
            property.ShouldSerialize = (_, value) => value is IList { Count: > 0 };
    }

    // Enumerations of the SDK are objects round a text.
    private sealed class ConstantConverter : JsonConverter<ConstantClass>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(ConstantClass).IsAssignableFrom(typeToConvert);

        public override ConstantClass Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("What AWS says is read by its own clients.");

        public override void Write(Utf8JsonWriter writer, ConstantClass value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
