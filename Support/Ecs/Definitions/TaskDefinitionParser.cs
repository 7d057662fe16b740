using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Support.Host;
using Support.Settings;

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
                $"no JSON{PositionOf(error)}: {error.Message.Split(" LineNumber:")[0].Trim()}",
                "Fix the JSON there; comments and trailing commas are not allowed.");
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
                $"\"family\" is missing ({root.Position}); allowed: 1 to 255 letters, digits, underscores and hyphens",
                "Add \"family\": \"websocket-capacity\".");
        return family ?? "";
    }

    private static ImmutableArray<ContainerDefinition> Containers(PartReader reader, JsonPart root)
    {
        var part = root["containerDefinitions"];
        if (part is null || part is { Kind: JsonValueKind.Array, Items.IsEmpty: true })
            reader.Critical(
                $"\"containerDefinitions\" {(part is null ? "is missing" : "is empty")} ({(part ?? root).Position}); "
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
                match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number)
            && number is > 0 and <= 4096 && decimal.IsInteger(number * scale))
            return (int)(number * scale);
        reader.Critical(
            $"{name} ({root[name]!.Position}) is {Words.Quote(text)}; allowed: {allowed}",
            $"Change {name} to {allowed}.");
        return null;
    }

    private static string PositionOf(JsonException error) =>
        error.LineNumber is { } line && error.BytePositionInLine is { } column
            ? Say($" at line {line + 1}, column {column + 1}")
            : "";

    [GeneratedRegex(@"\A(?<number>\d{0,4}(\.\d{1,6})?) ?vcpu\z", RegexOptions.IgnoreCase)]
    private static partial Regex CpuForm();

    [GeneratedRegex(@"\A(?<number>\d{0,4}(\.\d{1,6})?) ?gb\z", RegexOptions.IgnoreCase)]
    private static partial Regex MemoryForm();
}

internal static class ContainerParser
{
    internal static ContainerDefinition Parse(PartReader reader, JsonPart part)
    {
        var linux = reader.Object(part, "linuxParameters");
        return new ContainerDefinition
        {
            Name = reader.Text(part, "name") ?? "",
            Image = reader.Text(part, "image") ?? "",
            Essential = reader.Flag(part, "essential") ?? true,
            IsLogRouter = part["firelensConfiguration"] is not null,
            Cpu = reader.Whole(part, "cpu"),
            Memory = reader.Whole(part, "memory"),
            MemoryReservation = reader.Whole(part, "memoryReservation"),
            Ulimits = [.. reader.Objects(part, "ulimits").Select(limit => new Ulimit(
                Required(reader, limit, "name"), reader.Whole(limit, "softLimit"), reader.Whole(limit, "hardLimit")))],
            SystemControls = [.. reader.Objects(part, "systemControls").Select(control => new SystemControl(
                Required(reader, control, "namespace"), Required(reader, control, "value")))],
            Environment = [.. reader.Objects(part, "environment").Select(variable => VariableOf(reader, variable))],
            Secrets = [.. reader.Objects(part, "secrets").Select(secret => Required(reader, secret, "name"))],
            Log = reader.Object(part, "logConfiguration") is { } log ? Log(reader, log) : null,
            StopTimeout = reader.Whole(part, "stopTimeout"),
            EntryPoint = reader.Texts(part, "entryPoint"),
            Command = reader.Texts(part, "command"),
            Ports = [.. reader.Objects(part, "portMappings")
                .Select(port => new PortMapping(reader.Whole(port, "containerPort"), reader.Whole(port, "hostPort")))],
            ReadonlyRoot = reader.Flag(part, "readonlyRootFilesystem") ?? false,
            Privileged = reader.Flag(part, "privileged") ?? false,
            User = reader.Text(part, "user"),
            InitProcess = linux is not null && (reader.Flag(linux, "initProcessEnabled") ?? false),
            Mounts = [.. Mounts(reader, part), .. linux is null ? [] : InMemory(reader, linux)],
            DependsOn = [.. reader.Objects(part, "dependsOn").Select(other => new ContainerDependency(
                Required(reader, other, "containerName"), Required(reader, other, "condition")))],
            HealthCheck = reader.Object(part, "healthCheck") is { } health ? Health(reader, health) : null,
        };
    }

    private static string Required(PartReader reader, JsonPart owner, string name)
    {
        if (owner[name] is null)
            reader.Critical(
                $"{owner.Path} ({owner.Position}) has no \"{name}\"; allowed: a text",
                $"Add \"{name}\" to {owner.Path}.");
        return reader.Text(owner, name) ?? "";
    }

    // Only what is known to be no secret is kept: a setting of the suite of which nothing has to be hidden.
    private static Variable VariableOf(PartReader reader, JsonPart part)
    {
        var name = Required(reader, part, "name");
        var value = reader.Text(part, "value");
        var setting = SettingCatalog.FindVariable(name);
        return new Variable(
            name, value is not null && setting is { Secret: false } && setting.Echo(value) == value ? value : null);
    }

    private static LogConfiguration Log(PartReader reader, JsonPart part)
    {
        var options = reader.Object(part, "options");
        return new LogConfiguration(Required(reader, part, "logDriver"), options is null
            ? []
            : options.Members.Select(member => member.Name).Distinct().Where(IsOpen)
                .Select(name => KeyValuePair.Create(name, reader.Text(options, name)))
                .Where(option => option.Value is not null)
                .ToImmutableDictionary(option => option.Key, option => option.Value!));
    }

    private static bool IsOpen(string option) =>
        option is "mode" or "max-buffer-size" || option.StartsWith("awslogs-", StringComparison.Ordinal);

    private static IEnumerable<MountPoint> Mounts(
        PartReader reader, JsonPart part) => reader.Objects(part, "mountPoints").Select(mount =>
        new MountPoint(reader.Text(mount, "containerPath")
            ?? "", reader.Text(mount, "sourceVolume") ?? "", reader.Flag(mount, "readOnly") ?? false));

    private static IEnumerable<MountPoint> InMemory(PartReader reader, JsonPart linux) =>
        reader.Objects(linux, "tmpfs")
            .Select(mount => new MountPoint(reader.Text(mount, "containerPath") ?? "", null, false));

    private static HealthCheck Health(PartReader reader, JsonPart part) => new(
        reader.Texts(part, "command"), reader.Whole(part, "interval"), reader.Whole(part, "timeout"),
        reader.Whole(part, "retries"), reader.Whole(part, "startPeriod"));
}

/// <summary>Finds texts that stand for a value yet to be filled in.</summary>
internal static partial class PlaceholderReader
{
    // What only AWS sets names a real account, be it one that stands in examples.
    internal static ImmutableArray<Placeholder> Read(JsonPart root)
    {
        var variables = Variables(root);
        return
        [
            .. root.Members.Where(member => !DefinitionKeys.DescribeOnly.Contains(member.Name))
            .SelectMany(member => member.Value.All())
                .Where(part => part.Kind == JsonValueKind.String)
                .SelectMany(part => Stands().Matches(part.Text).Select(match => Of(part.Path, match.Value, variables))),
        ];
    }

    // The value of a variable may be a secret with brackets in it, so of a variable only the name is said.
    private static Placeholder Of(string path, string text, ImmutableDictionary<string, string> variables) =>
        InVariable().Match(path) is { Success: true } match
            ? new Placeholder(variables.TryGetValue(match.Value, out var name)
                ? $"{match.Groups["list"].Value} {Words.Quote(name)}"
                : match.Value, null, false)
            : new Placeholder(path, text, Refused().IsMatch(path));

    private static ImmutableDictionary<string, string> Variables(JsonPart root) =>
        (root["containerDefinitions"]?.Items ?? ImmutableArray<JsonPart>.Empty)
            .SelectMany(container => container["environment"]?.Items ?? ImmutableArray<JsonPart>.Empty)
            .ToImmutableDictionary(variable => variable.Path, variable => variable["name"]?.Text ?? "");

    // The account numbers are those of AWS's own examples.
    [GeneratedRegex(
        @"YOUR_[A-Z0-9_]+|<[Yy]our[^<>]*>|<[A-Za-z][A-Za-z0-9_.-]*>|\b(123456789012|111122223333|444455556666)\b")]
    private static partial Regex Stands();

    [GeneratedRegex(@"\A(?<list>(taskDefinition\.)?containerDefinitions\[\d+\]\.environment)\[\d+\]")]
    private static partial Regex InVariable();

    [GeneratedRegex(
        @"\A(taskDefinition\.)?(family|taskRoleArn|executionRoleArn|containerDefinitions\[\d+\]\."
        + @"(image|secrets\[\d+\]\.valueFrom|repositoryCredentials\.credentialsParameter"
        + @"|logConfiguration\.options\.awslogs-[a-z-]+))\z")]
    private static partial Regex Refused();
}
