using Support.Ecs.Definitions;
using Support.Host;
using Support.Settings;

namespace Support.Plan;

/// <summary>What is known of one task before it is measured, from where it can be known. Pure.</summary>
public static class EstimateInputs
{
    private const double Mebibyte = 1_048_576;

    /// <summary>The task that a definition describes; null where it says nothing of CPU or memory.</summary>
    /// <param name="definition">The definition; null where there is none.</param>
    /// <param name="from">Where it comes from, as in <c>the task definition of Aws.Service</c>.</param>
    public static EstimateInput? Of(TaskDefinition? definition, string from) => definition is { Cpu: { } cpu, Memory: { } memory }
        ? new(MachineSizes.OfTask(new(cpu, memory)), from, definition.Architecture, Descriptors(definition))
        : null;

    /// <summary>This machine, where the server under test runs on it; null where its memory is not known.</summary>
    /// <param name="facts">What was read of it.</param>
    public static EstimateInput? OfMachine(EnvironmentFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        long?[] memory = [facts.Memory?.TotalBytes, facts.Cgroup.MemoryLimitBytes.Count];
        if (memory.Min() is not { } bytes)
            return null;
        double?[] cores = [facts.Runtime.Processors, facts.Cgroup.CpuMillicores.Count / 1000.0];
        var size = new MachineSize("this machine", cores.Min()!.Value, (int)Math.Min(int.MaxValue, bytes / Mebibyte));
        return new(size, "the server runs here", Descriptors: facts.TargetOpenFiles?.Soft.Count);
    }

    // The container that holds the connections is one of them, and which is not known here: the one that may open the most.
    private static long? Descriptors(TaskDefinition definition) =>
        definition.Containers.SelectMany(container => container.Ulimits).Where(limit => limit.Name == "nofile").Max(limit => (long?)limit.Hard);
}
