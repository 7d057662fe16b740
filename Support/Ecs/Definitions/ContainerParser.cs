using System.Collections.Immutable;
using Support.Settings;

namespace Support.Ecs.Definitions;

/// <summary>Reads one of <c>containerDefinitions</c>.</summary>
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
                $"{owner.Path} ({owner.Place}) has no \"{name}\"; allowed: a text", $"Add \"{name}\" to {owner.Path}.");
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
