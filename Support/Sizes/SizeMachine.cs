using Support.Host;
using Support.Settings;

namespace Support.Sizes;

/// <summary>
/// What there is on this machine for a server at a size, and what its figures depend on. Null is "not known".
/// </summary>
public sealed record SizeMachine
{
    /// <summary>Processor cores that suite and server share; a quota gives fractions.</summary>
    public double? Cores { get; init; }

    /// <summary>
    /// All the memory of the machine, or the limit on the suite's control group, in bytes; whatever is free now.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Memory that is to be had now, in bytes.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>The most open files that a process started here may have: the hard limit of the suite.</summary>
    public long? Descriptors { get; init; }

    /// <summary>The processor's model.</summary>
    public string? CpuModel { get; init; }

    /// <summary>The kernel's release.</summary>
    public string? Kernel { get; init; }

    /// <summary>As a task definition names it: <c>X86_64</c> or <c>ARM64</c>; for another its own name.</summary>
    public string? Architecture { get; init; }

    /// <summary>From what was read of the machine: of several bounds the least.</summary>
    public static SizeMachine From(EnvironmentFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        double?[] cores = [facts.Runtime.Processors, facts.Cpu?.Processors, facts.Cgroup.CpuMillicores.Count / 1000.0];
        long?[] memory = [facts.Memory?.TotalBytes, facts.Cgroup.MemoryLimitBytes.Count];
        long?[] free = [facts.Memory?.AvailableBytes, facts.Cgroup.MemoryAvailableBytes.Count];
        return new()
        {
            Cores = cores.Min(),
            MemoryBytes = memory.Min(),
            FreeBytes = free.Min(),
            Descriptors = facts.OpenFiles.Hard.Count,
            CpuModel = facts.Cpu?.Model,
            Kernel = facts.KernelRelease,
            Architecture = facts.Runtime.Architecture switch { "X64" =>
                "X86_64", "Arm64" => "ARM64", var other => other },
        };
    }

    /// <summary>
    /// Why a task of that size does not fit on this machine; null where it does, and where its bounds are not known.
    /// </summary>
    public string? TooSmallFor(TaskSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        var vcpu = size.Cpu / 1024.0;
        if (vcpu > Cores)
            return Say($"it needs {vcpu:0.##} vCPU, and this machine has {Cores:0.##} cores");
        var bytes = size.Memory * 1_048_576L;
        return bytes > MemoryBytes
            ? $"it needs {Words.Bytes(bytes)} of memory, and this machine has {Words.Bytes(MemoryBytes.Value)}"
            : null;
    }
}
