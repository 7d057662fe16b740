using System.Globalization;
using System.Text.Json.Serialization;

namespace Allure.Net.Commons;

/// <summary>A name and a value by which the report groups and filters.</summary>
public class Label
{
    /// <summary>The name.</summary>
    [JsonPropertyOrder(1)]
    public string? name { get; set; }

    /// <summary>The value.</summary>
    [JsonPropertyOrder(2)]
    public string? value { get; set; }

    /// <summary>The outermost suite.</summary>
    public static Label ParentSuite(string value) => new() { name = "parentSuite", value = value };

    /// <summary>The suite.</summary>
    public static Label Suite(string value) => new() { name = "suite", value = value };

    /// <summary>The innermost suite.</summary>
    public static Label SubSuite(string value) => new() { name = "subSuite", value = value };

    /// <summary>The epic.</summary>
    public static Label Epic(string value) => new() { name = "epic", value = value };

    /// <summary>The feature.</summary>
    public static Label Feature(string value) => new() { name = "feature", value = value };

    /// <summary>The story.</summary>
    public static Label Story(string value) => new() { name = "story", value = value };

    /// <summary>A tag.</summary>
    public static Label Tag(string value) => new() { name = "tag", value = value };

    /// <summary>The owner.</summary>
    public static Label Owner(string value) => new() { name = "owner", value = value };

    /// <summary>The severity.</summary>
    public static Label Severity(SeverityLevel value) => new() { name = "severity", value = value.ToString() };

    /// <summary>The full name of the test's class.</summary>
    public static Label Package(string value) => new() { name = "package", value = value };

    /// <summary>The test's method.</summary>
    public static Label TestMethod(string value) => new() { name = "testMethod", value = value };

    /// <summary>The name of the test's class.</summary>
    public static Label TestClass(string value) => new() { name = "testClass", value = value };

    /// <summary>The test framework.</summary>
    public static Label Framework(string value) => new() { name = "framework", value = value };

    /// <summary>The language: C#.</summary>
    public static Label Language() => new() { name = "language", value = "C#" };

    /// <summary>This machine.</summary>
    public static Label Host() => new() { name = "host", value = Environment.MachineName };

    /// <summary>This thread: its name, or its number where it has none.</summary>
    public static Label Thread()
    {
        var thread = System.Threading.Thread.CurrentThread;
        return new Label { name = "thread", value = thread.Name
            ?? thread.ManagedThreadId.ToString(CultureInfo.InvariantCulture) };
    }
}
