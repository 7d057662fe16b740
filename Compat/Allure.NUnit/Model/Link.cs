using System.Text.Json.Serialization;

namespace Allure.Net.Commons;

/// <summary>A link of a test.</summary>
public class Link
{
    /// <summary>The text of the link; the address where it is null.</summary>
    [JsonPropertyOrder(1)]
    public string? name { get; set; }

    /// <summary>The address.</summary>
    [JsonPropertyOrder(2)]
    public string? url { get; set; }

    /// <summary><c>link</c>, <c>issue</c>, <c>tms</c> or a custom type; decides which link pattern applies.</summary>
    [JsonPropertyOrder(3)]
    public string? type { get; set; }
}
