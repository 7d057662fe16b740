using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>
/// Reads the text of a task definition: what <c>aws ecs register-task-definition --cli-input-json</c> takes, or what
/// <c>aws ecs describe-task-definition</c> prints (wrapped in <c>taskDefinition</c>, with fields that only AWS sets).
/// </summary>
internal static partial class TaskDefinitionParser
{
    private const string Shape =
        "an object with \"family\" and \"containerDefinitions\", or one with \"taskDefinition\" around it";

    /// <summary>The definition, or all that keeps it from being one; with either, what is only doubtful.</summary>
    /// <param name="text">The text; never in a problem, as it may hold secrets.</param>
    public static TaskDefinitionReading Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new PartReader();
        if (text.StartsWith('\uFEFF'))
        {
            reader.Warning(
                "the file starts with a byte order mark: the AWS CLI refuses that",
                "Save the file as UTF-8 without byte order mark.");
            text = text[1..];
        }

        var definition = Root(reader, text) is { } root ? Definition(reader, root) : null;
        var failed = reader.Problems.Any(problem => problem.Outcome == CheckOutcome.Critical);
        return new TaskDefinitionReading { Definition = failed ? null : definition, Problems = reader.Problems };
    }

    private static JsonPart? Root(PartReader reader, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            reader.Critical("the file is empty; allowed: " + Shape, "Start from deploy/task-definition-template.json.");
            return null;
        }

        try
        {
            var root = JsonTree.Parse(text);
            if (root.Kind == JsonValueKind.Object)
                return root;
            reader.Wrong(root, Shape);
        }
        catch (JsonException error)
        {
            reader.Critical(
                $"no JSON{PlaceOf(error)}: {error.Message.Split(" LineNumber:")[0].Trim()}",
                "Mend the JSON there; comments and trailing commas are not allowed.");
        }

        return null;
    }

    private static TaskDefinition? Definition(PartReader reader, JsonPart whole)
    {
        DefinitionKeys.CheckRepeats(reader, whole);
        var printed = whole["taskDefinition"] is not null;
        var root = printed ? reader.Object(whole, "taskDefinition") : whole;
        if (root is null)
            return null;
        // What AWS prints may have fields that are newer than this list.
        if (!printed)
            DefinitionKeys.Check(reader, root);
        var platform = reader.Object(root, "runtimePlatform");
        var storage = reader.Object(root, "ephemeralStorage");
        return new TaskDefinition
        {
            Family = Family(reader, root),
            Containers = Containers(reader, root),
            Revision = reader.Whole(root, "revision"),
            Arn = reader.Text(root, "taskDefinitionArn"),
            Cpu = Size(reader, root, "cpu", CpuForm(), 1024, "CPU units as \"256\", or vCPUs as \"0.25 vCPU\""),
            Memory = Size(reader, root, "memory", MemoryForm(), 1024, "MiB as \"512\", or GB as \"0.5 GB\""),
            NetworkMode = reader.Text(root, "networkMode"),
            RequiredLaunchTypes = reader.Texts(root, "requiresCompatibilities"),
            CompatibleLaunchTypes = reader.Texts(root, "compatibilities"),
            TaskRole = reader.Text(root, "taskRoleArn"),
            ExecutionRole = reader.Text(root, "executionRoleArn"),
            Architecture = platform is null ? null : reader.Text(platform, "cpuArchitecture"),
            OperatingSystem = platform is null ? null : reader.Text(platform, "operatingSystemFamily"),
            EphemeralStorage = storage is null ? null : reader.Whole(storage, "sizeInGiB"),
            Volumes = [.. reader.Objects(root, "volumes").Select(volume => reader.Text(volume, "name") ?? "")],
            Placeholders = PlaceholderReader.Read(root),
        };
    }

    private static string Family(PartReader reader, JsonPart root)
    {
        var family = reader.Text(root, "family");
        if (family is null && root["family"] is null)
            reader.Critical(
                $"\"family\" is missing ({root.Place}); allowed: 1 to 255 letters, digits, underscores and hyphens",
                "Add \"family\": \"websocket-capacity\".");
        return family ?? "";
    }

    private static ImmutableArray<ContainerDefinition> Containers(PartReader reader, JsonPart root)
    {
        var part = root["containerDefinitions"];
        if (part is null || part is { Kind: JsonValueKind.Array, Items.IsEmpty: true })
            reader.Critical(
                $"\"containerDefinitions\" {(part is null ? "is missing" : "is empty")} ({(part ?? root).Place}); "
                + "allowed: at least one container",
                "Take \"containerDefinitions\" from deploy/task-definition-template.json.");
        return [.. reader.Objects(root, "containerDefinitions")
            .Select(container => ContainerParser.Parse(reader, container))];
    }

    // RegisterTaskDefinition, cpu and memory: "1024", "1 vCPU", "1 vcpu"; "1024", "1GB", "1 GB".
    private static int? Size(PartReader reader, JsonPart root, string name, Regex form, int scale, string allowed)
    {
        if (reader.Text(root, name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units))
            return units;
        if (form.Match(text) is { Success: true } match
            && decimal.TryParse(
                match.Groups["number"].ValueSpan,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number)
            && number is > 0 and <= 4096 && decimal.IsInteger(number * scale))
            return (int)(number * scale);
        reader.Critical(
            $"{name} ({root[name]!.Place}) is {Words.Quote(text)}; allowed: {allowed}", $"Change {name} to {allowed}.");
        return null;
    }

    private static string PlaceOf(JsonException error) =>
        error.LineNumber is { } line && error.BytePositionInLine is { } column
            ? Say($" at line {line + 1}, column {column + 1}")
            : "";

    [GeneratedRegex(@"\A(?<number>\d{0,4}(\.\d{1,6})?) ?vcpu\z", RegexOptions.IgnoreCase)]
    private static partial Regex CpuForm();

    [GeneratedRegex(@"\A(?<number>\d{0,4}(\.\d{1,6})?) ?gb\z", RegexOptions.IgnoreCase)]
    private static partial Regex MemoryForm();
}
