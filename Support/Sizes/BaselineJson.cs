using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Sizes;

/// <summary>How the baseline file is written as JSON.</summary>
internal static class BaselineJson
{
    /// <summary>
    /// Every key of an entry has to be there, as it is always written; nothing twice, as after a bad merge.
    /// </summary>
    internal static readonly JsonSerializerOptions Options = new(JsonForms.Indented)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    internal static JsonNode Node(BaselineEntry entry) => JsonSerializer.SerializeToNode(entry, Options)!;

    internal static string Text(JsonObject root) => root.ToJsonString(Options) + "\n";
}
