using System.Collections.Immutable;
using System.Text.Json;

namespace Support.Settings;

/// <summary>The sizes that are known by name: data, in <c>machine-sizes.json</c> beside this file, with the page of each figure.</summary>
public static class MachineSizes
{
    private static readonly Lazy<(ImmutableArray<MachineSize> Instances, ImmutableArray<TaskSize> Fargate)> Read = new(Load);

    /// <summary>The instance types that are known, by family and size: those whose every figure is in AWS's tables.</summary>
    public static ImmutableArray<MachineSize> Instances => Read.Value.Instances;

    /// <summary>The sizes of Linux tasks on Fargate, by CPU and then by memory.</summary>
    public static ImmutableArray<TaskSize> Fargate => Read.Value.Fargate;

    /// <summary>The size of that name: an instance type in any case, or a task's as in <c>512/1024</c>; null where it is neither, or no task can be of that size.</summary>
    public static MachineSize? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Instances.FirstOrDefault(instance => instance.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (name.Split('/') is [var cpu, var memory] && TaskSize.Read(cpu, memory) is { } size ? OfTask(size) : null);
    }

    /// <summary>A task's size.</summary>
    public static MachineSize OfTask(TaskSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return new(size.ToString(), size.Cpu / 1024.0, size.Memory) { IsTask = true };
    }

    private static (ImmutableArray<MachineSize> Instances, ImmutableArray<TaskSize> Fargate) Load()
    {
        using var stream = typeof(MachineSizes).Assembly.GetManifestResourceStream("machine-sizes.json")!;
        using var json = JsonDocument.Parse(stream);
        return (
            [.. json.RootElement.GetProperty("instances").EnumerateArray().Select(Instance)],
            [.. json.RootElement.GetProperty("fargate").EnumerateArray().SelectMany(Tasks)]);
    }

    private static MachineSize Instance(JsonElement row) => new(
        row.GetProperty("name").GetString()!, row.GetProperty("vcpus").GetDouble(), row.GetProperty("memoryMiB").GetInt32())
    {
        BaselineCpu = row.TryGetProperty("baselineCpu", out var share) ? share.GetDouble() : 1,
        BaselineGbps = row.TryGetProperty("baselineGbps", out var baseline) ? baseline.GetDouble() : null,
        BurstGbps = row.TryGetProperty("burstGbps", out var burst) ? burst.GetDouble() : null,
    };

    private static IEnumerable<TaskSize> Tasks(JsonElement row)
    {
        var (cpu, to, step) = (row.GetProperty("cpu").GetInt32(), row.GetProperty("toMiB").GetInt32(), row.GetProperty("stepMiB").GetInt32());
        for (var memory = row.GetProperty("fromMiB").GetInt32(); memory <= to; memory += step)
            yield return new(cpu, memory);
    }
}
