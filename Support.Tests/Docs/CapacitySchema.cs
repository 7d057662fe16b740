using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Support.Host;
using Support.Reports.Data;

namespace Support.Tests.Docs;

/// <summary>
/// The schema of <c>capacity.json</c>, made of the types that are written and of their comments; what neither of them says stands in
/// <see cref="SchemaRules"/>. A type that is written in several places becomes a definition.
/// </summary>
internal static partial class CapacitySchema
{
    private const string TypeMark = "$of";
    private const int MostColumns = 120;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The comment of each type and property.</summary>
    private static readonly Dictionary<string, string> Comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Support.xml"))
        .Descendants("member").Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")!));

    /// <summary>The whole file.</summary>
    public static string Text()
    {
        var exported = DataJson.Options.GetJsonSchemaAsNode(
            typeof(CapacityData), new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described }).AsObject();
        var definitions = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        exported.Remove(TypeMark);
        HoistIn(exported, Repeated(exported), definitions);
        JsonObject schema = new([
            new("$schema", "https://json-schema.org/draft/2020-12/schema"),
            new("title", "capacity.json"),
            .. exported.DeepClone().AsObject().ToList().Select(key => Detached(key)),
            new("$defs", new JsonObject(definitions.Select(Detached))),
        ]);
        return Lines(schema, "", "") + "\n";
    }

    /// <summary>Every key of every type that is written, as in <c>StepData.sessions</c>.</summary>
    public static IEnumerable<string> Keys()
    {
        var keys = new HashSet<string>();
        DataJson.Options.GetJsonSchemaAsNode(typeof(CapacityData), new()
        {
            TransformSchemaNode = (context, schema) =>
            {
                if (context.PropertyInfo is { } key)
                    keys.Add($"{key.DeclaringType.Name}.{key.Name}");
                return schema;
            },
        });
        return keys;
    }

    // Every key is always there; a converter's type is told by what it writes.
    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isNullable = type != context.TypeInfo.Type;
        var schema = node as JsonObject ?? [];
        if (type == typeof(double) || type == typeof(TimeSpan))
            schema["type"] = isNullable ? new JsonArray("number", "null") : "number";
        else if (type == typeof(Limit))
            schema = JsonNode.Parse("""{ "oneOf": [{ "type": "integer", "minimum": 1 }, { "const": "none" }, { "type": "null" }] }""")!.AsObject();
        if (type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(TimeSpan))
            schema["minimum"] = 0;
        if (schema["properties"] is JsonObject properties)
        {
            schema["required"] = new JsonArray([.. properties.Select(property => JsonValue.Create(property.Key))]);
            schema[TypeMark] = type.Name;
        }

        if (Description(context.PropertyInfo, type) is { } description)
            schema["description"] = description;
        if (context.PropertyInfo is { } key)
            SchemaRules.Apply(schema, key.DeclaringType.Name, key.Name);
        return InOrder(schema);
    }

    private static string? Description(JsonPropertyInfo? property, Type type)
    {
        var own = property is null
            ? Comments.GetValueOrDefault($"T:{type.FullName}")
            : Comments[$"P:{property.DeclaringType.FullName}.{((MemberInfo)property.AttributeProvider!).Name}"];
        return !type.IsEnum ? own : string.Join(' ', Enum.GetNames(type).Select(name =>
            $"{JsonNamingPolicy.CamelCase.ConvertName(name)}: {Comments[$"F:{type.FullName}.{name}"]}").Prepend(own).OfType<string>());
    }

    private static JsonObject InOrder(JsonObject schema) => new(new[] { "description" }.Concat(schema.Select(key => key.Key)).Distinct()
        .Where(schema.ContainsKey).OrderBy(key => key is "properties").ToList().Select(key => Detached(new(key, schema[key]))));

    private static HashSet<string> Repeated(JsonNode node) => [.. Nodes(node).OfType<JsonObject>()
        .Select(each => (string?)each[TypeMark]).OfType<string>().CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key)];

    private static IEnumerable<JsonNode?> Nodes(JsonNode? node) => (node switch
    {
        JsonObject item => item.Select(key => key.Value),
        JsonArray list => list,
        _ => [],
    }).SelectMany(Nodes).Prepend(node);

    private static void HoistIn(JsonNode? node, HashSet<string> repeated, SortedDictionary<string, JsonNode?> definitions)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                HoistIn(item, repeated, definitions);
        }
        else if (node is JsonObject schema)
        {
            foreach (var (key, value) in schema.ToList())
            {
                HoistIn(value, repeated, definitions);
                if (value is JsonObject of && of.Remove(TypeMark, out var mark) && repeated.Contains((string)mark!))
                    schema[key] = Hoisted(of, (string)mark!, definitions);
            }
        }
    }

    // What is said of a place stays there; what is said of the type goes with it.
    private static JsonObject Hoisted(JsonObject schema, string type, SortedDictionary<string, JsonNode?> definitions)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(type.EndsWith("Data", StringComparison.Ordinal) ? type[..^"Data".Length] : type);
        var reference = new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        if (schema.Remove("description", out var description))
            reference.Insert(0, "description", description);
        if (!definitions.TryAdd(name, schema) && !JsonNode.DeepEquals(definitions[name], schema))
            throw new InvalidOperationException($"{type} is written in two ways: {definitions[name]} and {schema}");
        return reference;
    }

    private static KeyValuePair<string, JsonNode?> Detached(KeyValuePair<string, JsonNode?> key) => new(key.Key, key.Value?.DeepClone());

    /// <summary>In one line where that is short, else a line each.</summary>
    private static string Lines(JsonNode? node, string indent, string key)
    {
        var flat = Flat(node);
        if (indent.Length + key.Length + flat.Length < MostColumns || node is JsonValue)
            return flat;
        var deeper = indent + "  ";
        return node is JsonArray list
            ? $"[\n{string.Join(",\n", list.Select(item => deeper + Lines(item, deeper, "")))}\n{indent}]"
            : $"{{\n{string.Join(",\n", node!.AsObject().Select(each => $"{deeper}\"{each.Key}\": {Lines(each.Value, deeper, each.Key + "\"\": ")}"))}\n{indent}}}";
    }

    private static string Flat(JsonNode? node) => node switch
    {
        JsonObject item => $"{{ {string.Join(", ", item.Select(key => $"\"{key.Key}\": {Flat(key.Value)}"))} }}",
        JsonArray list => $"[{string.Join(", ", list.Select(Flat))}]",
        _ => node?.ToJsonString(Plain) ?? "null",
    };

    // As in `Attempted` of <see cref="P:Support.Measuring.StepResult.Attempted"/>: in the file the key is attempted.
    private static string TextOf(XElement comment) => Spaces().Replace(
        string.Concat(comment.Nodes().Select(node => node switch
        {
            XElement { IsEmpty: true } reference =>
                JsonNamingPolicy.CamelCase.ConvertName(reference.FirstAttribute!.Value.Split('(')[0].Split('.', ':')[^1]),
            XElement element => element.Value,
            _ => node.ToString(),
        })).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal),
        " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
