using System.Text.Json.Serialization;

namespace Allure.Net.Commons;

/// <summary>Why something ended as it did.</summary>
public class StatusDetails
{
    /// <summary>Whether the failure is a known one.</summary>
    [JsonPropertyOrder(1)]
    public bool known { get; set; }

    /// <summary>Whether the failure counts.</summary>
    [JsonPropertyOrder(2)]
    public bool muted { get; set; }

    /// <summary>Whether the test is unstable.</summary>
    [JsonPropertyOrder(3)]
    public bool flaky { get; set; }

    /// <summary>The message; left out of the file when null.</summary>
    [JsonPropertyOrder(4)]
    public string? message { get; set; }

    /// <summary>The stack trace; left out of the file when null.</summary>
    [JsonPropertyOrder(5)]
    public string? trace { get; set; }
}
