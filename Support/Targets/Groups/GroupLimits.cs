namespace Support.Targets.Groups;

/// <summary>What a server may use of the machine, as a task of ECS would.</summary>
/// <param name="MemoryBytes">Memory without swap, the kernel's share for its sockets included; with v1, as on Fargate, without their buffers (memory.kmem.tcp).</param>
/// <param name="CpuUnits">CPU units: 1,024 are one vCPU. Given as a quota of each period of 100 ms.</param>
/// <param name="DescriptorsSoft">Open files of each process, soft limit; no more than <paramref name="DescriptorsHard"/>.</param>
/// <param name="DescriptorsHard">Open files of each process, hard limit.</param>
public sealed record GroupLimits(long MemoryBytes, int CpuUnits, int DescriptorsSoft, int DescriptorsHard);

/// <summary>How a server can be put into a control group here.</summary>
public enum GroupWay
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the files of cgroup v1.</summary>
    V1,

    /// <summary>By the files of cgroup v2.</summary>
    V2,

    /// <summary>By <c>systemd-run --scope</c>, which may be allowed where the files are not.</summary>
    SystemdRun,
}

/// <summary>Whether and how a server can be put into a control group here.</summary>
/// <param name="Way">How.</param>
/// <param name="Why">Why not, in one sentence; null where it can.</param>
/// <param name="Next">What to grant; null where nothing is missing.</param>
public sealed record GroupAbility(GroupWay Way, string? Why, string? Next);
