using System.Text.Json.Serialization;

namespace Allure.Net.Commons;

/// <summary>A file that belongs to a test, a fixture or a step.</summary>
public class Attachment
{
    /// <summary>The name that the report shows.</summary>
    [JsonPropertyOrder(1)]
    public string? name { get; set; }

    /// <summary>The name of the file in the results directory.</summary>
    [JsonPropertyOrder(2)]
    public string? source { get; set; }

    /// <summary>The media type.</summary>
    [JsonPropertyOrder(3)]
    public string? type { get; set; }
}
