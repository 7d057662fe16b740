using System.Collections.Immutable;
using System.Text.Json;

namespace Support.Settings;

/// <summary>What a task or an instance has, as AWS documents it.</summary>
/// <param name="Name">As in <c>t3.medium</c>, or <c>512/1024</c> for a task.</param>
/// <param name="Vcpus">vCPUs; 0.25 is a quarter of one.</param>
/// <param name="Memory">MiB.</param>
public sealed record MachineSize(string Name, double Vcpus, int Memory)
{
    /// <summary>Whether it is a task, whose memory is its own; an instance's is the system's as well.</summary>
    public bool IsTask { get; init; }

    /// <summary>The share of its vCPUs that it may use all the time: below 1 for the burstable types.</summary>
    public double BaselineCpu { get; init; } = 1;

    /// <summary>All the time, in Gbit/s; null where AWS does not say, as for Fargate.</summary>
    public double? BaselineGbps { get; init; }

    /// <summary>For a while ("up to"), in Gbit/s; null where it is the baseline or not known.</summary>
    public double? BurstGbps { get; init; }
}

/// <summary>The sizes known by name: data, in <c>machine-sizes.json</c>, with the page of each figure.</summary>
internal static class MachineSizes
{
    private static readonly Lazy<(ImmutableArray<MachineSize> Instances, ImmutableArray<TaskSize> Fargate)> Read =
        new(Load);

    /// <summary>By family and size: those whose every figure is in AWS's tables.</summary>
    public static ImmutableArray<MachineSize> Instances => Read.Value.Instances;

    /// <summary>The sizes of Linux tasks on Fargate, by CPU and then by memory.</summary>
    public static ImmutableArray<TaskSize> Fargate => Read.Value.Fargate;

    /// <summary>
    /// An instance type in any case, or a task's as in <c>512/1024</c>; null where neither, or no task has it.
    /// </summary>
    public static MachineSize? Find(string name)
    {
        return Instances.FirstOrDefault(instance => instance.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (name.Split('/') is [var cpu, var memory]
                && TaskSize.Read(cpu, memory) is { } size ? OfTask(size) : null);
    }

    /// <summary>A task's size.</summary>
    public static MachineSize OfTask(TaskSize size) =>
        new(size.ToString(), size.Cpu / 1024.0, size.Memory) { IsTask = true };

    private static (ImmutableArray<MachineSize> Instances, ImmutableArray<TaskSize> Fargate) Load()
    {
        using var stream = typeof(MachineSizes).Assembly.GetManifestResourceStream("machine-sizes.json")!;
        using var json = JsonDocument.Parse(stream);
        return (
            [.. json.RootElement.GetProperty("instances").EnumerateArray().Select(Instance)],
            [.. json.RootElement.GetProperty("fargate").EnumerateArray().SelectMany(Tasks)]);
    }

    private static MachineSize Instance(JsonElement row)
    {
        return new(
            row.GetProperty("name").GetString()!, row.GetProperty("vcpus").GetDouble(),
            row.GetProperty("memoryMiB").GetInt32())
        {
            BaselineCpu = Optional("baselineCpu") ?? 1,
            BaselineGbps = Optional("baselineGbps"),
            BurstGbps = Optional("burstGbps"),
        };

        double? Optional(string name) => row.TryGetProperty(name, out var value) ? value.GetDouble() : null;
    }

    private static IEnumerable<TaskSize> Tasks(JsonElement row)
    {
        for (var memory = Whole("fromMiB"); memory <= Whole("toMiB"); memory += Whole("stepMiB"))
            yield return new(Whole("cpu"), memory);

        int Whole(string name) => row.GetProperty(name).GetInt32();
    }
}
