using System.Text.Json.Serialization;

namespace Allure.Net.Commons;

/// <summary>What tests, fixtures and steps have in common. The numbers are the order of the keys in the file.</summary>
public abstract class ExecutableItem
{
    /// <summary>The name that the report shows.</summary>
    [JsonPropertyOrder(11)]
    public string? name { get; set; }

    /// <summary>How it ended.</summary>
    [JsonPropertyOrder(12)]
    public Status status { get; set; }

    /// <summary>Why; null for a pass without a message.</summary>
    [JsonPropertyOrder(13)]
    public StatusDetails? statusDetails { get; set; } = new();

    /// <summary>How far it got.</summary>
    [JsonPropertyOrder(14)]
    public Stage stage { get; set; }

    /// <summary>Markdown.</summary>
    [JsonPropertyOrder(15)]
    public string? description { get; set; }

    /// <summary>HTML.</summary>
    [JsonPropertyOrder(16)]
    public string? descriptionHtml { get; set; }

    /// <summary>Steps in the order in which they started.</summary>
    [JsonPropertyOrder(17)]
    public List<StepResult> steps { get; set; } = [];

    /// <summary>Attachments; their files lie beside the result.</summary>
    [JsonPropertyOrder(18)]
    public List<Attachment> attachments { get; set; } = [];

    /// <summary>Parameters.</summary>
    [JsonPropertyOrder(19)]
    public List<Parameter> parameters { get; set; } = [];

    /// <summary>The start in milliseconds since 1970-01-01 UTC.</summary>
    [JsonPropertyOrder(20)]
    public long start { get; set; }

    /// <summary>The end in milliseconds since 1970-01-01 UTC.</summary>
    [JsonPropertyOrder(21)]
    public long stop { get; set; }
}

/// <summary>One step of a test, a fixture or another step.</summary>
public class StepResult : ExecutableItem;

/// <summary>What ran before or after a test or a class of tests.</summary>
public class FixtureResult : ExecutableItem;
