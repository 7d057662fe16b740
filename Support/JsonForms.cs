using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support;

/// <summary>How this suite writes JSON: keys and kinds in camel case, lines that end alike on every system.</summary>
internal static class JsonForms
{
    /// <summary>For a file that people open.</summary>
    internal static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // The files are read as JSON and never pasted into HTML: quotes and signs of other scripts stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The same in one line.</summary>
    internal static readonly JsonSerializerOptions Line = new(Indented) { WriteIndented = false };
}
