using System.Text.Json.Serialization;

namespace Allure.Net.Commons;

/// <summary>One executed test: one <c>…-result.json</c>.</summary>
public class TestResult : ExecutableItem
{
    /// <summary>Unique to this execution.</summary>
    [JsonPropertyOrder(1)]
    public string? uuid { get; set; }

    /// <summary>The same for the same test with the same parameters in every run.</summary>
    [JsonPropertyOrder(2)]
    public string? historyId { get; set; }

    /// <summary>The same for the same test method in every run.</summary>
    [JsonPropertyOrder(3)]
    public string? testCaseId { get; set; }

    /// <summary>
    /// The names from below the assembly down to the test: parts of the namespace, class, method, case.
    /// </summary>
    [JsonPropertyOrder(4)]
    public List<string> titlePath { get; set; } = [];

    /// <summary>The method with assembly, namespace, class and parameter types.</summary>
    [JsonPropertyOrder(5)]
    public string? fullName { get; set; }

    /// <summary>Labels: suites, severity, owner, tags and others.</summary>
    [JsonPropertyOrder(6)]
    public List<Label> labels { get; set; } = [];

    /// <summary>Links.</summary>
    [JsonPropertyOrder(7)]
    public List<Link> links { get; set; } = [];
}
