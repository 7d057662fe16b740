using System.Text.Json;
using System.Text.Json.Serialization;

namespace Allure.Net.Commons.Configuration;

/// <summary>What stands under the key <c>allure</c> of the configuration file.</summary>
public class AllureConfiguration
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>A title of the run; kept, not written anywhere.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// The results directory. Default: <c>allure-results</c>, relative to the current directory of the process.
    /// </summary>
    [JsonConverter(typeof(AnyText))]
    public string Directory { get; init; } = AllureConstants.DEFAULT_RESULTS_FOLDER;

    /// <summary>Addresses with a <c>{type}</c> in them, into which the address of a link of that type is put.</summary>
    public HashSet<string> Links { get; init; } = [];

    /// <summary>
    /// Full names of exception types that mean failed, not broken. Default: NUnit's assertion exceptions.
    /// </summary>
    public List<string>? FailExceptions { get; set; }

    /// <summary>Whether the files are written with line breaks. Default: false.</summary>
    public bool IndentOutput { get; set; }

    /// <summary>Whatever else the file says: the package knows more keys than this stand-in.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>Reads the text of a configuration file; a file without the key <c>allure</c> sets nothing.</summary>
    /// <exception cref="JsonException">
    /// The text is not JSON, or a value has the wrong type; a number is a directory's name as well.
    /// </exception>
    internal static AllureConfiguration Parse(string json)
    {
        var document = JsonSerializer.Deserialize<JsonElement>(json, Options);
        return document.ValueKind == JsonValueKind.Object && document.TryGetProperty("allure", out var section)
            ? section.Deserialize<AllureConfiguration>(Options) ?? new AllureConfiguration()
            : new AllureConfiguration();
    }

    private sealed class AnyText : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonElement.ParseValue(ref reader).ToString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
