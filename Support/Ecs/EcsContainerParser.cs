using System.Collections.Immutable;
using System.Text.Json;
using Support.Host;

namespace Support.Ecs;

/// <summary>Reads one container: an item of <c>/task</c>, or what the endpoint answers for the container's own path.</summary>
public static class EcsContainerParser
{
    // The least weight that the kernel takes: the agent writes it where a definition has none, 0 or 1 (amazon-ecs-agent, README).
    private const int LeastUnits = 2;

    /// <summary>The runtime's id of the container that asked; null where the text is not JSON or holds none.</summary>
    /// <param name="text">The body of the container's own path.</param>
    public static string? DockerId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return JsonFields.Object(text)?.Text("DockerId");
    }

    /// <summary>The container; null where it has neither id nor name.</summary>
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
                NetworkMode = container.Items("Networks").Select(network => network.Text("NetworkMode")).FirstOrDefault(mode => mode is not null),
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

    private static ImmutableSortedDictionary<string, string> OptionsOf(JsonElement container) => container.Object("LogOptions") is { } options
        ? ContainerLog.KnownOptions.Select(name => (name, value: options.Text(name))).Where(option => option.value is not null)
            .ToImmutableSortedDictionary(option => option.name, option => option.value!, StringComparer.Ordinal)
        : ImmutableSortedDictionary<string, string>.Empty;
}
