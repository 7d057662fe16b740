using System.Collections.Immutable;
using System.Text.Json;
using Support.Host;

namespace Support.Ecs;

/// <summary>
/// Reads <c>/task</c> (ECS developer guide, task metadata v4 response; amazon-ecs-agent,
/// tmds/handlers/v4/state/response.go).
/// </summary>
internal static class EcsTaskParser
{
    /// <summary>ECS developer guide, task definition parameters.</summary>
    public const int UnitsOfOneCpu = 1024;

    private const string Told = "task metadata";

    /// <summary>
    /// Null where the text is not JSON, or holds no task's ARN: all else may be missing, and early in a task's start
    /// is.
    /// </summary>
    /// <param name="text">The body.</param>
    /// <param name="version">The version of the endpoint, 3 or 4.</param>
    /// <param name="executionEnvironment"><c>AWS_EXECUTION_ENV</c>; null where it is not set.</param>
    public static EcsTask? Parse(string text, int version, string? executionEnvironment)
    {
        return JsonFields.Object(text) is { } task
            && TaskArn.Parse(task.Text("TaskARN")) is { } arn ? Of(task, arn, version, executionEnvironment) : null;
    }

    private static EcsTask Of(JsonElement task, TaskArn arn, int version, string? executionEnvironment)
    {
        var launchType = (task.Text("LaunchType") ?? FromExecution(executionEnvironment))?.ToUpperInvariant();
        ImmutableArray<EcsContainer> containers = [.. task.Items("Containers")
            .Select(container => EcsContainerParser.Of(container, launchType)).OfType<EcsContainer>()];
        return new()
        {
            Arn = arn,
            MetadataVersion = version,
            Cluster = NameOf(task.Text("Cluster")) ?? arn.Cluster,
            Family = task.Text("Family"),
            Revision = task.Text("Revision"),
            Service = task.Text("ServiceName"),
            LaunchType = launchType,
            ExecutionEnvironment = executionEnvironment,
            // Fargate has no other mode, and early in a task's start its containers have no network yet.
            NetworkMode = containers.FirstOrDefault(container => container.NetworkMode is not null)?.NetworkMode
                ?? (launchType == EcsTask.Fargate ? "awsvpc" : null),
            AvailabilityZone = task.Text("AvailabilityZone"),
            DesiredStatus = task.Text("DesiredStatus"),
            KnownStatus = task.Text("KnownStatus"),
            CpuUnits = LimitOf(task, "CPU", launchType, UnitsOfOneCpu),
            MemoryMebibytes = LimitOf(task, "Memory", launchType, 1),
            Containers = containers,
            Clock = task.Object("ClockDrift") is { } clock ? ClockOf(clock) : null,
            Storage = task.Object("EphemeralStorageMetrics") is { } disk
                ? new(disk.Count("Utilized"), disk.Count("Reserved"))
                : null,
        };
    }

    // On EC2 a task without limits of its own has no such fields; on Fargate each task has both, and one that is
    // missing was not told.
    private static Limit LimitOf(JsonElement task, string name, string? launchType, int scale)
    {
        var source = $"{Told}, Limits.{name} of the task";
        return task.Object("Limits") is { } limits && limits.Field(name) is not null
            ? OfNumber(limits, name, scale, source)
            : launchType is null or EcsTask.Fargate ? new Limit.Unknown("not told", source) : new Limit.None(source);
    }

    /// <summary>0 is how the agent says that there is none; what no machine has is malformed.</summary>
    internal static Limit OfNumber(
        JsonElement limits, string name, int scale, string source) => limits.Number(name) switch
    {
        { } number and < 1L << 40 when Math.Round(number * scale) is >= 1 and var whole =>
            new Limit.Number((long)whole, source),
        0 => new Limit.None(source),
        _ => Limit.Malformed(limits.Field(name)!.Value.GetRawText(), "a number from 0 on", source),
    };

    private static string? FromExecution(string? environment) => environment switch
    {
        "AWS_ECS_FARGATE" => EcsTask.Fargate,
        "AWS_ECS_EC2" => "EC2",
        "AWS_ECS_MANAGED_INSTANCES" => "MANAGED_INSTANCES",
        _ => null,
    };

    // An ARN on Fargate, the name alone on EC2.
    private static string? NameOf(string? cluster) => EcsNames.ShortName(cluster) is { Length: > 0 } name ? name : null;

    private static ClockDrift ClockOf(JsonElement clock) => new(
        clock.Text("ClockSynchronizationStatus") switch { "SYNCHRONIZED" =>
            true, "NOT_SYNCHRONIZED" => false, _ => null },
        clock.Number("ClockErrorBound") is { } bound and >= 0 ? bound : null);
}

/// <summary>Reads one container: an item of <c>/task</c>, or the answer of the container's own path.</summary>
internal static class EcsContainerParser
{
    // The least weight that the kernel takes: the agent writes it where a definition has none, 0 or 1
    // (amazon-ecs-agent, README).
    private const int LeastUnits = 2;

    /// <summary>The container that asked; null where the text is not JSON or holds none.</summary>
    public static string? DockerId(string text) => JsonFields.Object(text)?.Text("DockerId");

    /// <summary>Null where it has neither id nor name.</summary>
    internal static EcsContainer? Of(JsonElement container, string? launchType) =>
        container.Text("DockerId") is { } id && container.Text("Name") is { } name
            ? new()
            {
                DockerId = id,
                Name = name,
                Image = container.Text("Image"),
                ImageId = container.Text("ImageID"),
                Type = container.Text("Type") ?? EcsContainer.Normal,
                CpuUnits = CpuOf(container),
                MemoryMebibytes = MemoryOf(container, launchType),
                Log = container.Text("LogDriver") is { } driver ? new(driver, OptionsOf(container)) : null,
                NetworkMode = container.Items("Networks")
                    .Select(network => network.Text("NetworkMode")).FirstOrDefault(mode => mode is not null),
                KnownStatus = container.Text("KnownStatus"),
                Restarts = container.Count("RestartCount"),
                Health = container.Object("Health")?.Text("status"),
            }
            : null;

    private static Limit CpuOf(JsonElement container)
    {
        const string source = "task metadata, Limits.CPU of the container";
        return container.Object("Limits") is not { } limits || limits.Field("CPU") is null
            ? new Limit.Unknown("not told", source)
            : EcsTaskParser.OfNumber(limits, "CPU", 1, source) is Limit.Number { Value: > LeastUnits } share ? share
            : limits.Number("CPU") is >= 0 and <= LeastUnits ? new Limit.None(source)
            : EcsTaskParser.OfNumber(limits, "CPU", 1, source);
    }

    // EC2 always tells, and 0 is none; Fargate leaves it out where the container has no limit but the task's.
    private static Limit MemoryOf(JsonElement container, string? launchType)
    {
        const string source = "task metadata, Limits.Memory of the container";
        if (container.Object("Limits") is { } limits && limits.Field("Memory") is not null)
            return EcsTaskParser.OfNumber(limits, "Memory", 1, source);

        return launchType == EcsTask.Fargate ? new Limit.None(source) : new Limit.Unknown("not told", source);
    }

    private static ImmutableSortedDictionary<string, string> OptionsOf(
        JsonElement container) => container.Object("LogOptions") is { } options
        ? ContainerLog.KnownOptions.Select(name => (name, value: options.Text(name)))
            .Where(option => option.value is not null)
                .ToImmutableSortedDictionary(option => option.name, option => option.value!, StringComparer.Ordinal)
        : ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Reads what the endpoint answers for <c>/task/stats</c>: the runtime's statistics by container id.</summary>
internal static class StatsParser
{
    // cgroup v1 first: there the shorter name is this level alone, without the groups below it (kernel:
    // cgroup-v1/memory.rst, 5.2).
    private static readonly string[] DroppableCache = ["total_inactive_file", "inactive_file"];

    // Limits are bounded at as much, 2^40 MiB: what no machine has is malformed, and not known.
    private const long MostBytes = 1L << 60;

    /// <summary>
    /// By container id, in bytes, without the cache that can be dropped; a container without statistics is left out.
    /// Null where the text is not JSON, or holds the memory of no container: in its first second the endpoint has none.
    /// </summary>
    public static ImmutableDictionary<string, long>? MemoryInUse(string text)
    {
        if (JsonFields.Object(text) is not { } stats)
            return null;

        var memory = stats.EnumerateObject().Select(one => (Id: one.Name, Bytes: InUse(one.Value))).Where(
            one => one.Bytes is not null)
            .DistinctBy(one => one.Id, StringComparer.Ordinal).ToImmutableDictionary(
                one => one.Id, one => one.Bytes!.Value, StringComparer.Ordinal);
        return memory.IsEmpty ? null : memory;
    }

    // The runtime's "usage" holds the page cache as well.
    private static long? InUse(JsonElement container)
    {
        if (container.Object("memory_stats") is not { } memory
            || memory.Count("usage") is not ({ } usage and < MostBytes))
            return null;

        var cache = memory.Object("stats") is { } parts
            ? DroppableCache.Select(name => parts.Count(name)).FirstOrDefault(bytes => bytes is not null)
            : null;
        return Math.Max(0, usage - (cache ?? 0));
    }
}
