using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Support.Host;
using Support.Pool;
using Support.Reports.Data;

namespace Support.Tests.Docs;

/// <summary>
/// The schema of <c>capacity.json</c>, made of the types that are written and of their comments; what neither of them
/// says stands in <see cref="SchemaRules"/>. A type that is written in several places becomes a definition.
/// </summary>
/// <remarks>
/// Not by JsonSchemaExporter: it does not know what a converter writes, and it points from one key to another that has
/// the same type, so that what holds of the one would be said of the other.
/// </remarks>
internal sealed partial class CapacitySchema
{
    private const int MostColumns = 120;

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The comment of each type and member.</summary>
    private static readonly Dictionary<string, string> Comments = XDocument.Load(
        Path.Combine(AppContext.BaseDirectory, "Support.xml"))
        .Descendants("member").Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")!));

    private readonly Dictionary<(Type Type, bool IsNullable), int> places = [];
    private readonly SortedDictionary<string, JsonNode?> definitions = new(StringComparer.Ordinal);

    private CapacitySchema() => Count(typeof(CapacityData), false);

    /// <summary>Every key of every type that is written, as in <c>StepData.sessions</c>.</summary>
    public static IEnumerable<string> Keys() => new CapacitySchema().places.Keys
        .SelectMany(place => Info(place.Type).Properties.Select(key => $"{place.Type.Name}.{key.Name}"));

    /// <summary>The whole file.</summary>
    public static string Text()
    {
        var made = new CapacitySchema();
        var root = made.ObjectOf(typeof(CapacityData), false);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "capacity.json",
            ["description"] = Comments[$"T:{typeof(CapacityData)}"],
        };
        foreach (var (name, value) in root.ToList())
            schema[name] = value!.DeepClone();
        schema["$defs"] = new JsonObject(made.definitions);
        return Lines(schema, "", "") + "\n";
    }

    private static JsonTypeInfo Info(Type type) => DataJson.Options.GetTypeInfo(type);

    private void Count(Type type, bool isNullable)
    {
        var info = Info(type);
        if (info.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
            Count(info.ElementType!, false);
        if (info.Kind != JsonTypeInfoKind.Object)
            return;
        places[(type, isNullable)] = places.GetValueOrDefault((type, isNullable)) + 1;
        if (places[(type, isNullable)] > 1)
            return;
        foreach (var key in info.Properties)
            Count(key.PropertyType, key.IsGetNullable);
    }

    /// <summary>What stands in the place of such a value.</summary>
    private JsonObject Of(Type type, bool isNullable)
    {
        var known = Nullable.GetUnderlyingType(type) ?? type;
        var info = Info(known);
        JsonNode Kind(string name) => isNullable ? new JsonArray(name, "null") : JsonValue.Create(name);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object when places[(known, isNullable)] > 1 => Defined(known, isNullable),
            JsonTypeInfoKind.Object => ObjectOf(known, isNullable),
            JsonTypeInfoKind.Enumerable => new() { ["type"] = Kind("array"), ["items"] = Item(info.ElementType!) },
            JsonTypeInfoKind.Dictionary => new()
            {
                ["type"] = Kind("object"), ["additionalProperties"] = Of(info.ElementType!, false),
            },
            _ when known.IsEnum => new() { ["enum"] = Names(known, isNullable) },
            _ when known == typeof(Limit) => LimitSchema(),
            _ when known == typeof(string) || known == typeof(FailureClass) => new() { ["type"] = Kind("string") },
            _ when known == typeof(bool) => new() { ["type"] = Kind("boolean") },
            _ when known == typeof(DateTimeOffset) => new() { ["type"] = Kind("string"), ["format"] = "date-time" },
            _ when known == typeof(int) || known == typeof(long) =>
                new() { ["type"] = Kind("integer"), ["minimum"] = 0 },
            _ when known == typeof(double) || known == typeof(TimeSpan) =>
                new() { ["type"] = Kind("number"), ["minimum"] = 0 },
            _ => throw new NotSupportedException($"What is written of {known}?"),
        };
    }

    private static JsonArray Names(Type kind, bool isNullable)
    {
        var names = new JsonArray([.. Enum.GetNames(kind).Select(name => JsonValue.Create(Key(kind, name)))]);
        if (isNullable)
            names.Add(null);
        return names;
    }

    private static JsonObject LimitSchema() => JsonNode.Parse("""
        { "oneOf": [{ "type": "integer", "minimum": 1 }, { "const": "none" }, { "type": "null" }] }
        """)!.AsObject();

    private JsonObject Item(Type type)
    {
        var schema = Of(type, false);
        if (!schema.ContainsKey("$ref") && Comments.GetValueOrDefault($"T:{type}") is { } description)
            schema.Insert(0, "description", description);
        return schema;
    }

    private JsonObject Defined(Type type, bool isNullable)
    {
        var name = Key(type.Name.EndsWith("Data", StringComparison.Ordinal) ? type.Name[..^"Data".Length] : type.Name);
        if (!definitions.ContainsKey(name))
        {
            var schema = ObjectOf(type, isNullable);
            schema.Insert(0, "description", Comments[$"T:{type}"]);
            definitions.Add(name, schema);
        }

        return new() { ["$ref"] = $"#/$defs/{name}" };
    }

    private JsonObject ObjectOf(Type type, bool isNullable)
    {
        var keys = Info(type).Properties;
        return new()
        {
            ["type"] = isNullable ? new JsonArray("object", "null") : "object",
            ["required"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key.Name))]),
            ["properties"] = new JsonObject(
                keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Name, Property(key)))),
        };
    }

    private JsonObject Property(JsonPropertyInfo key)
    {
        var (owner, type) = (key.DeclaringType, Nullable.GetUnderlyingType(key.PropertyType) ?? key.PropertyType);
        var schema = Of(key.PropertyType, key.IsGetNullable);
        var description = Comments[$"P:{owner}.{((MemberInfo)key.AttributeProvider!).Name}"];
        var kinds = type.IsEnum
            ? Enum.GetNames(type).Select(name => $" {Key(type, name)}: {Comments[$"F:{type}.{name}"]}")
            : [];
        schema.Insert(0, "description", description + string.Concat(kinds));
        SchemaRules.Apply(schema, owner.Name, key.Name);
        return schema;
    }

    // A kind that is spelt otherwise in the code keeps the name that it was first written with.
    private static string Key(Type kind, string name) =>
        kind.GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? Key(name);

    private static string Key(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>In one line where that is short, else a line each.</summary>
    private static string Lines(JsonNode? node, string indent, string head)
    {
        var flat = Flat(node);
        if (indent.Length + head.Length + flat.Length < MostColumns || node is JsonValue)
            return head + flat;
        var deeper = indent + "  ";
        if (node is JsonArray list)
        {
            var rows = list.Select(Flat).Aggregate((rows, item) => Fill(rows, item, deeper));
            return $"{head}[\n{deeper}{rows}\n{indent}]";
        }


        var keys = node!.AsObject().Select(key => deeper + Lines(key.Value, deeper, $"\"{key.Key}\": "));
        return $"{head}{{\n{string.Join(",\n", keys)}\n{indent}}}";
    }

    private static string Fill(string rows, string item, string indent)
    {
        var isFull = rows.Length - rows.LastIndexOf('\n') + indent.Length + item.Length >= MostColumns;
        return rows + (isFull ? $",\n{indent}{item}" : $", {item}");
    }

    private static string Flat(JsonNode? node) => node switch
    {
        JsonObject item => $"{{ {string.Join(", ", item.Select(key => $"\"{key.Key}\": {Flat(key.Value)}"))} }}",
        JsonArray list => $"[{string.Join(", ", list.Select(Flat))}]",
        _ => node?.ToJsonString(Readable) ?? "null",
    };

    // Of <see cref="P:Support.Measuring.StepResult.Attempted"/> the key in the file: attempted.
    private static string TextOf(XElement comment)
    {
        var parts = comment.Nodes().Select(node => node switch
        {
            XElement { IsEmpty: true, FirstAttribute.Value: var name } => Key(name.Split('(')[0].Split('.', ':')[^1]),
            XElement element => element.Value,
            XText text => text.Value,
            _ => "",
        });
        return Spaces().Replace(string.Concat(parts), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
