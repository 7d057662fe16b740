using System.Text.Json.Serialization;

namespace Allure.Net.Commons;

/// <summary>What ran before and after a set of tests: one <c>…-container.json</c>.</summary>
public class TestResultContainer
{
    /// <summary>Unique to this execution.</summary>
    [JsonPropertyOrder(1)]
    public string? uuid { get; set; }

    /// <summary>The full name of the test or of the class.</summary>
    [JsonPropertyOrder(2)]
    public string? name { get; set; }

    /// <summary>The uuids of the tests that it is about.</summary>
    [JsonPropertyOrder(3)]
    public List<string> children { get; set; } = [];

    /// <summary>What ran before.</summary>
    [JsonPropertyOrder(4)]
    public List<FixtureResult> befores { get; set; } = [];

    /// <summary>What ran after.</summary>
    [JsonPropertyOrder(5)]
    public List<FixtureResult> afters { get; set; } = [];

    /// <summary>Links.</summary>
    [JsonPropertyOrder(6)]
    public List<Link> links { get; set; } = [];

    /// <summary>The start in milliseconds since 1970-01-01 UTC.</summary>
    [JsonPropertyOrder(7)]
    public long start { get; set; }

    /// <summary>The end in milliseconds since 1970-01-01 UTC.</summary>
    [JsonPropertyOrder(8)]
    public long stop { get; set; }
}
