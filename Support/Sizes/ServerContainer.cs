using System.Collections.Immutable;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Sizes;

/// <summary>Which container of a task definition is the server under test. Pure.</summary>
internal static class ServerContainer
{
    /// <summary>
    /// The one that is named; else the essential one that maps the port; else the first essential one that is no log
    /// router. Null where there is none.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="name"><c>Gate.Container</c>; null where it is not set.</param>
    /// <param name="port">The port of <c>Target.Url</c>; null where it is not known.</param>
    internal static ContainerDefinition? Choose(TaskDefinition definition, string? name, int? port)
    {
        if (name is not null)
            return definition.Containers.FirstOrDefault(container => container.Name == name);
        var servers = definition.Containers.Where(container => container is { Essential: true, IsLogRouter: false })
            .ToList();
        return servers.Find(container => port is not null
            && container.Ports.Any(mapping => mapping.ContainerPort == port)) ?? servers.FirstOrDefault();
    }

    /// <summary>Why there is none, and what to do.</summary>
    internal static string Missing(TaskDefinition definition, string? name)
    {
        var names = string.Join(", ", definition.Containers.Select(container => Words.Quote(container.Name)));
        return name is null
            ? $"no container is essential and no log router: {names}. Set \"essential\": true on the server's, or "
                + "name it in Gate.Container"
            : $"Gate.Container is {Words.Quote(name)}; allowed: {names}. Name the container that is the server under "
                + "test, or leave the setting out";
    }

    /// <summary>
    /// A warning where other containers share the task, essential or not; null where none does. What ends before the
    /// server starts takes nothing from it.
    /// </summary>
    internal static Finding? Others(TaskDefinition definition, ContainerDefinition server, string setting)
    {
        ImmutableArray<ContainerDefinition> others = [.. definition.Containers.Where(
            container => !ReferenceEquals(container, server) && !EndsBefore(container, server))];
        if (others.IsEmpty)
            return null;
        return new(
            "Sizes.OtherContainers", "Other containers share the task with the server", CheckOutcome.Warning,
            $"'{server.Name}' alone in the task of {setting}, as it is measured",
            $"{string.Join(", ", others.Select(Reserved))}; what they use of the task is not measured",
            Next(definition, server, others));
    }

    private static bool EndsBefore(ContainerDefinition container, ContainerDefinition server) =>
        server.DependsOn.Any(other => other.Container == container.Name && other.Condition is "COMPLETE" or "SUCCESS");

    private static string Reserved(ContainerDefinition container)
    {
        var memory = (container.Memory ?? container.MemoryReservation) is { } mebibytes
            ? $"{Words.Count(mebibytes)} MiB"
            : "no memory limit";
        var cpu = container.Cpu is > 0 and { } units ? $"{Words.Count(units)} CPU units" : "no CPU share";
        return $"'{container.Name}' ({memory}, {cpu})";
    }

    private static string Next(
        TaskDefinition definition, ContainerDefinition server, ImmutableArray<ContainerDefinition> others)
    {
        var taken = others.Sum(container => container.Memory ?? container.MemoryReservation ?? 0);
        if (server.Memory is not null || definition.Memory - taken is not > 0 || taken == 0)
            return $"Give each of them a \"memory\", and container '{server.Name}' one that leaves room for them: the "
                + "server is then measured with it.";
        return Say($"In container '{server.Name}': \"memory\": "
            + $"{definition.Memory - taken}; the server is then measured with what the others leave.");
    }
}
