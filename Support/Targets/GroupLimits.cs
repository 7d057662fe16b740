namespace Support.Targets;

/// <summary>What a server may use of the machine, as a task of ECS would.</summary>
/// <param name="MemoryBytes">
/// Memory without swap, the kernel's share for its sockets included; with v1, as on Fargate, without their buffers
/// (memory.kmem.tcp).
/// </param>
/// <param name="CpuUnits">CPU units: 1,024 are one vCPU. Given as a quota of each period of 100 ms.</param>
/// <param name="DescriptorsSoft">
/// Open files of each process, soft limit; no more than <paramref name="DescriptorsHard"/>.
/// </param>
/// <param name="DescriptorsHard">Open files of each process, hard limit.</param>
public sealed record GroupLimits(long MemoryBytes, int CpuUnits, int DescriptorsSoft, int DescriptorsHard);
