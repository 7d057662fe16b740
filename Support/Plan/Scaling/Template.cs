using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Support.Host;

namespace Support.Plan.Scaling;

/// <summary>
/// Fills the embedded files of <c>Templates</c>. <c>@name@</c> stands for a value, which is written as the language has
/// it: in a shell as one word, in JSON as a number or a text, and for people, in Markdown and within a JSON text, a
/// number as 1,333. A line that begins with <c>@name?@</c> is there where that value is true. Pure.
/// </summary>
/// <param name="values">What the names stand for: texts, whole numbers, doubles and booleans.</param>
internal sealed partial class Template(IReadOnlyDictionary<string, object> values)
{
    /// <summary>A shell script. A text becomes one word, whatever it holds; a number stays bare.</summary>
    public string Shell(string file) =>
        Fill(EmbeddedText.Read(file), file, value => value is string text ? ShellWord.Quoted(text) : Digits(value));

    /// <summary>A text for people.</summary>
    public string Markdown(string file)
    {
        var text = Optional().Replace(
            EmbeddedText.Read(file), line =>
                Find(line.Groups["name"].Value, file) is true ? line.Groups["line"].Value : "");
        return Fill(text, file, ForPeople);
    }

    /// <summary>A text that is one name is the value itself, as a number where it is one.</summary>
    public JsonObject Json(string file) => (JsonObject)Filled(JsonNode.Parse(EmbeddedText.Read(file)), file)!;

    private JsonNode? Filled(JsonNode? node, string file) => node switch
    {
        JsonObject json =>
            new JsonObject(json.Select(member => KeyValuePair.Create(member.Key, Filled(member.Value, file)))),
        JsonArray array => new JsonArray([.. array.Select(item => Filled(item, file))]),
        JsonValue value when value.TryGetValue(out string? text) =>
            Name().Match(text) is { Success: true } name && name.Length == text.Length
            ? JsonValueOf(Find(name.Groups["name"].Value, file))
            : Fill(text, file, ForPeople),
        _ => node?.DeepClone(),
    };

    private string Fill(string text, string file, Func<object, string> write) =>
        Name().Replace(text, name => write(Find(name.Groups["name"].Value, file)));

    private object Find(string name, string file) => values.TryGetValue(name, out var value)
        ? value
        : throw new InvalidOperationException(
            $"{file} has @{name}@, which stands for nothing; known are {string.Join(", ", values.Keys.Order())}.");

    private static JsonNode JsonValueOf(object value) => value switch
    {
        int number => number,
        double number => number,
        _ => (string)value,
    };

    private static string ForPeople(object value) => value switch
    {
        int or long => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture),
        _ => Digits(value),
    };

    private static string Digits(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    [GeneratedRegex("@(?<name>[A-Za-z]+)@")]
    private static partial Regex Name();

    [GeneratedRegex(@"^@(?<name>[A-Za-z]+)\?@(?<line>.*\n)", RegexOptions.Multiline)]
    private static partial Regex Optional();
}
