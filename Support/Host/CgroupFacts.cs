namespace Support.Host;

/// <summary>What the control groups of this process allow, and what they have used.</summary>
/// <param name="Version">Of the memory controller, else of the processor's; null where no control group is mounted.</param>
/// <param name="MemoryLimitBytes">The least limit on the group and on every visible one above it, in bytes.</param>
/// <param name="MemoryAvailableBytes">What is left below the nearest limit, in bytes; cache that can be dropped counts as left.</param>
/// <param name="CpuMillicores">The least processor quota, in thousandths of a core.</param>
/// <param name="Throttling">That of the group with the least quota; null where not readable.</param>
public sealed record CgroupFacts(
    CgroupVersion? Version,
    Limit MemoryLimitBytes,
    Limit MemoryAvailableBytes,
    Limit CpuMillicores,
    CpuThrottling? Throttling)
{
    /// <summary>The facts where there is no control group, and why.</summary>
    public static CgroupFacts Without(string why) => new(
        null,
        new Limit.Unknown(why, "cgroup"),
        new Limit.Unknown(why, "cgroup"),
        new Limit.Unknown(why, "cgroup"),
        null);
}
