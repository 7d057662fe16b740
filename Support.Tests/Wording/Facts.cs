using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Support.Tests.Wording;

/// <summary>
/// Values taken apart: what is a number, a kind or a key, by where it stands; and what is a text, beside it.
/// </summary>
internal sealed class Facts
{
    // A key has no blank; what has one is for people.
    private const string Text = "a text";

    private readonly SortedDictionary<string, string> facts = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];

    /// <summary>Takes a value apart.</summary>
    public void Add(string where, object? value)
    {
        switch (value)
        {
            case null:
                facts[where] = "null";
                break;
            case string text when text.Any(char.IsWhiteSpace):
                texts.Add(text);
                facts[where] = Text;
                break;
            case string or bool or Enum or Uri or Type or Version or Support.Pool.FailureClass:
                facts[where] = value.ToString()!;
                break;
            case IFormattable number when value.GetType().Namespace == "System":
                facts[where] = number.ToString(null, CultureInfo.InvariantCulture);
                break;
            case JsonElement json:
                AddJson(where, json);
                break;
            case IEnumerable many:
                AddEach(where, many);
                break;
            default:
                var all = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
                foreach (var property in all.Where(one => one.GetIndexParameters().Length == 0))
                    Add($"{where}.{property.Name}", property.GetValue(value));
                break;
        }
    }

    /// <summary>Both as one text, for whoever is on the other side.</summary>
    public string Written() => JsonSerializer.Serialize(new Known(facts.ToDictionary(), texts));

    private void AddEach(string where, IEnumerable many)
    {
        var number = 0;
        foreach (var one in many)
            Add($"{where}[{number++}]", one);
        facts[$"{where}.Count"] = number.ToString(CultureInfo.InvariantCulture);
    }

    private void AddJson(string where, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
                AddJson($"{where}.{member.Name}", member.Value);
        }
        else if (json.ValueKind == JsonValueKind.Array)
            AddEach(where, json.EnumerateArray());
        else
            Add(where, json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText());
    }

    /// <summary>What <see cref="Written"/> has.</summary>
    /// <param name="Facts">By where they stand.</param>
    /// <param name="Texts">In order.</param>
    internal sealed record Known(IReadOnlyDictionary<string, string> Facts, IReadOnlyList<string> Texts)
    {
        public static Known Read(string written) => JsonSerializer.Deserialize<Known>(written)!;
    }
}
