namespace Support.Host;

/// <summary>How near this process's control group is to the end of its memory. Null is "not known" or "no limit", never zero.</summary>
/// <param name="LimitBytes">The least limit on the group and those above it, in bytes; null where it is not below the host's memory.</param>
/// <param name="AvailableBytes">What is left of it, in bytes; cache that can be dropped counts as left.</param>
/// <param name="OomKills">Processes of the group that the kernel has killed for memory since the group was made.</param>
public sealed record CgroupMemory(long? LimitBytes, long? AvailableBytes, long? OomKills)
{
    /// <summary>The part of the limit that is in use, 0 to 1; null where there is no limit.</summary>
    public double? Share => LimitBytes is { } limit and > 0 && AvailableBytes is { } left ? Math.Clamp(1 - ((double)left / limit), 0, 1) : null;

    /// <summary>Reads the group, v1 (<c>memory.oom_control</c>) or v2 (<c>memory.events</c>): key <c>oom_kill</c>.</summary>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    public static CgroupMemory Read(FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        var reader = new CgroupReader(tree);
        var facts = reader.Read();
        var host = MemInfoParser.Parse(tree.ReadText("/proc/meminfo"))?.TotalBytes ?? long.MaxValue;
        var limit = facts.MemoryLimitBytes.Count is { } bytes && bytes < host ? bytes : (long?)null;
        var kills = reader.Locate("memory") is { } place ? reader.OomKills(place, place.Folders.First()) : null;
        return new(limit, limit is null ? null : facts.MemoryAvailableBytes.Count, kills);
    }
}
