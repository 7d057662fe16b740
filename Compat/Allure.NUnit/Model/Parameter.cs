using System.Text.Json.Serialization;

namespace Allure.Net.Commons;

/// <summary>A parameter of a test or a step.</summary>
public class Parameter
{
    /// <summary>The name.</summary>
    [JsonPropertyOrder(1)]
    public string? name { get; set; }

    /// <summary>The value as text; what <see cref="AllureApi"/> adds is JSON.</summary>
    [JsonPropertyOrder(2)]
    public string? value { get; set; }

    /// <summary>True keeps the value out of the history id.</summary>
    [JsonPropertyOrder(3)]
    public bool excluded { get; set; }

    /// <summary>How the report shows the value; left out of the file when null.</summary>
    [JsonPropertyOrder(4)]
    public ParameterMode? mode { get; set; }
}

/// <summary>How the report shows a parameter's value; written in camel case.</summary>
public enum ParameterMode
{
    /// <summary>As it is.</summary>
    Default,

    /// <summary>As asterisks; the file still holds it.</summary>
    Masked,

    /// <summary>Not at all; the file still holds it.</summary>
    Hidden,
}
