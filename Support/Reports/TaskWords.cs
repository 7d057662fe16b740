using Support.Ecs;
using Support.Host;

namespace Support.Reports;

/// <summary>The ECS task as every format words it: names and values in the order of the report.</summary>
internal static class TaskWords
{
    /// <summary>Empty outside of ECS. A name is in words, its value in one line.</summary>
    internal static IEnumerable<(string Name, string Value)> Of(TaskMetadata? metadata) => metadata switch
    {
        TaskMetadata.Read { Value: var task } => Of(task),
        TaskMetadata.Unavailable { Why: var why } => [("Metadata", $"not available: {why}")],
        _ => [],
    };

    private static IEnumerable<(string Name, string Value)> Of(EcsTask task)
    {
        yield return ("Cluster", task.Cluster ?? Words.NotKnown);
        yield return ("Region", task.Arn.Region);
        yield return ("Started by service", task.Service ?? "none named");
        yield return ("Task", $"{task.Arn.Id} of {task.Definition ?? Words.NotKnown}");
        yield return ("Task size", $"{Cores(task.CpuUnits)}, {Mebibytes(task.MemoryMebibytes)}");
        yield return ("Launch type", task.LaunchType ?? Words.NotKnown);
        yield return ("Network mode", task.NetworkMode ?? Words.NotKnown);
        yield return ("Zone", task.AvailabilityZone ?? Words.NotKnown);
        yield return ("Image", task.This is { Image: { } image } own ? $"{image}, {own.ImageId ?? "id not known"}" : Words.NotKnown);
        yield return ("Memory before the first connection", MemoryInUse(task));
    }

    private static string MemoryInUse(EcsTask task)
    {
        var parts = string.Join(", ", task.Containers.Where(container => container.IsNormal)
            .Select(container => $"{container.Name} {(container.MemoryInUseBytes is { } bytes ? Words.Bytes(bytes) : Words.NotKnown)}"));
        return task.MemoryInUseBytes is { } all ? $"{Words.Bytes(all)}: {parts}" : parts.Length > 0 ? parts : Words.NotKnown;
    }

    private static string Cores(Limit units) => units switch
    {
        Limit.Number { Value: var known } => $"{Words.Number(known / (double)EcsTaskParser.UnitsOfOneCpu)} vCPU",
        Limit.None => "no CPU limit",
        _ => "CPU not known",
    };

    private static string Mebibytes(Limit mebibytes) => mebibytes switch
    {
        Limit.Number { Value: var known } => $"{Words.Count(known)} MiB",
        Limit.None => "no memory limit",
        _ => "memory not known",
    };
}
