namespace Support.Host;

/// <summary>What the control group of this process has used. Null is "not known here", never zero.</summary>
/// <param name="MemoryBytes">Memory charged to the group: the process's own, page cache, and the kernel's for its sockets.</param>
/// <param name="Throttling">How often and how long it was stopped because its processor quota ran out, since the group was made.</param>
/// <param name="OomKills">Processes of the group that the kernel killed for memory, since the group was made.</param>
public sealed record CgroupUsage(long? MemoryBytes, CpuThrottling? Throttling, long? OomKills = null)
{
    /// <summary>Reads the group, v1 or v2.</summary>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    /// <returns>Null where no control group is readable.</returns>
    public static CgroupUsage? Read(FileTree? files = null)
    {
        var reader = new CgroupReader(files ?? FileTree.Machine);
        var place = reader.Locate("memory");
        var memory = place is null ? null : reader.Charged(place, place.Folders.First());
        var kills = place is null ? null : reader.OomKills(place, place.Folders.First());
        var throttling = reader.Locate("cpu") is { } cpu ? reader.Throttling(cpu) : null;
        return memory is null && throttling is null && kills is null ? null : new CgroupUsage(memory, throttling, kills);
    }
}
