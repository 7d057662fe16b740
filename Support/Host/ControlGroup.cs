using System.Collections.Immutable;

namespace Support.Host;

/// <summary>What the control group of this process has used. Null is "not known here", never zero.</summary>
/// <param name="MemoryBytes">The process's own, page cache, and the kernel's for its sockets.</param>
/// <param name="Throttling">Since the group was made.</param>
/// <param name="OomKills">Processes killed for memory, since the group was made.</param>
internal sealed record CgroupUsage(long? MemoryBytes, CpuThrottling? Throttling, long? OomKills = null)
{
    /// <summary>Reads the group, v1 or v2; null where none is readable.</summary>
    public static CgroupUsage? Read(FileTree? files = null)
    {
        var reader = new CgroupReader(files ?? FileTree.Machine);
        var placement = reader.Locate("memory");
        var memory = placement is null ? null : reader.Charged(placement, placement.Folders.First());
        var kills = placement is null ? null : reader.OomKills(placement, placement.Folders.First());
        var throttling = reader.Locate("cpu") is { } cpu ? reader.Throttling(cpu) : null;
        return memory is null && throttling is null && kills is null
            ? null
            : new CgroupUsage(memory, throttling, kills);
    }
}

/// <summary>
/// How near this process's control group is to the end of its memory. Null: "not known" or "no limit".
/// </summary>
/// <param name="LimitBytes">The least on the group and those above; null where not below the host's memory.</param>
/// <param name="AvailableBytes">What is left of it; cache that can be dropped counts as left.</param>
/// <param name="OomKills">Processes killed for memory, since the group was made.</param>
internal sealed record CgroupMemory(long? LimitBytes, long? AvailableBytes, long? OomKills)
{
    /// <summary>The part of the limit that is in use, 0 to 1; null where there is no limit.</summary>
    public double? Share => LimitBytes is { } limit and > 0 && AvailableBytes is { } left
        ? Math.Clamp(1 - ((double)left / limit), 0, 1)
        : null;

    /// <summary>Reads the group, v1 (<c>memory.oom_control</c>) or v2 (<c>memory.events</c>).</summary>
    public static CgroupMemory Read(FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        var reader = new CgroupReader(tree);
        var facts = reader.Read();
        var host = MemInfo.Parse(tree.ReadText("/proc/meminfo"))?.TotalBytes ?? long.MaxValue;
        var limit = facts.MemoryLimitBytes.Count is { } bytes && bytes < host ? bytes : (long?)null;
        var kills = reader.Locate("memory") is { } placement
            ? reader.OomKills(placement, placement.Folders.First())
            : null;
        return new(limit, limit is null ? null : facts.MemoryAvailableBytes.Count, kills);
    }
}

/// <summary>What a control group may use and has used. Null is "not known" or "no limit", never zero.</summary>
/// <param name="MemoryBytes">
/// Of the level whose limit is the least: the kernel's for its sockets included, less page cache that can be dropped.
/// </param>
/// <param name="MemoryLimitBytes">That limit.</param>
/// <param name="OomKills">Processes killed for memory, since the group was made.</param>
/// <param name="Periods">Of the least processor quota, in which the group had work (<c>nr_periods</c>).</param>
/// <param name="Throttling">In how many of these, and how long, it was stopped.</param>
public sealed record GroupUsage(
    long? MemoryBytes, long? MemoryLimitBytes, long? OomKills, long? Periods, CpuThrottling? Throttling);

/// <summary>
/// Where the control group of another process is, to be read as well after the process has ended: its group and those
/// above it up to the first that the suite is in as well. What is charged and stopped there is not the suite's.
/// </summary>
internal sealed record ControlGroup
{
    private ControlGroup(GroupLevels? memory, GroupLevels? cpu) => (Memory, Cpu) = (memory, cpu);

    internal GroupLevels? Memory { get; }
    internal GroupLevels? Cpu { get; }

    /// <summary>Null where it has no visible group of its own: it is in the suite's, or in the root group.</summary>
    public static ControlGroup? Of(int pid, FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        var memory = GroupLevels.Of("memory", pid, tree);
        var cpu = GroupLevels.Of("cpu", pid, tree);
        return memory is null && cpu is null ? null : new(memory, cpu);
    }

    /// <summary>Null where nothing of it can be read, as where it was removed.</summary>
    public GroupUsage? Read(FileTree? files = null)
    {
        var reader = new CgroupReader(files ?? FileTree.Machine);
        var (bytes, limit) = Memory is null ? default : reader.MemoryThatBinds(Memory);
        var kills = Memory is null ? null : reader.OomKills(Memory.Placement, Memory.Folders[0]);
        var (periods, throttling) = Cpu is null ? default : reader.CpuThatBinds(Cpu);
        return bytes is null && kills is null && periods is null && throttling is null
            ? null
            : new(bytes, limit, kills, periods, throttling);
    }
}

/// <summary>The folders of one controller that are a process's own, deepest first; at least 1.</summary>
internal sealed record GroupLevels(CgroupPlacement Placement, ImmutableArray<string> Folders)
{
    internal static GroupLevels? Of(string controller, int pid, FileTree files)
    {
        if (new CgroupReader(files, pid).Locate(controller) is not { } placement)
            return null;
        // The suite's place ends with the mount's root, and a group that is not visible is taken for that root.
        var shared = new CgroupReader(files).Locate(controller)?.Folders.ToHashSet() ?? [];
        var own = placement.Folders.TakeWhile(folder => !shared.Contains(folder)).ToImmutableArray();
        return own.IsEmpty ? null : new(placement, own);
    }
}
