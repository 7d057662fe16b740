using System.Collections.Immutable;

namespace Support.Host;

/// <summary>What the control groups of this process allow, and what they have used.</summary>
/// <param name="Version">
/// Of the memory controller, else of the processor's; null where no control group is mounted.
/// </param>
/// <param name="MemoryLimitBytes">The least limit on the group and on every visible one above it, in bytes.</param>
/// <param name="MemoryAvailableBytes">
/// What is left below the nearest limit, in bytes; cache that can be dropped counts as left.
/// </param>
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

/// <summary>Reads the control groups of a process, from its own up to the mount's root.</summary>
/// <param name="files">The files to read.</param>
/// <param name="pid">The process; null is this one.</param>
internal sealed class CgroupReader(FileTree files, int? pid = null)
{
    internal CgroupFacts Read()
    {
        var memory = Locate("memory");
        var cpu = Locate("cpu");
        var levels = memory is null ? [] : memory.Folders.Select(folder => Memory(memory, folder)).ToImmutableArray();
        return new CgroupFacts(
            memory?.Version ?? cpu?.Version,
            memory is null
                ? NotMounted("cgroup memory")
                : Limit.Least([.. levels.Select(level => level.Limit)], memory.Mount),
            memory is null ? NotMounted("cgroup memory") : Available(levels),
            cpu is null
                ? NotMounted("cgroup cpu")
                : Limit.Least([.. cpu.Folders.Select(folder => Cpu(cpu, folder))], cpu.Mount),
            cpu is null ? null : Throttling(cpu));
    }

    /// <summary>
    /// The place of a controller; where the process's group is not visible below the mount, the mount's root.
    /// </summary>
    internal CgroupPlace? Locate(string controller)
    {
        // The mounts are this process's own whoever is asked for: what is read is read through them.
        var process = pid is { } id ? Say($"{id}") : "self";
        var place = CgroupLocator.Locate(
            controller, files.ReadText($"/proc/{process}/cgroup"), files.ReadText("/proc/self/mountinfo"));
        return place is null || files.HasFolder(place.Folders.First()) ? place : place with { Group = "/" };
    }

    /// <summary>
    /// That of the group with the least quota, which stops the process first; without a quota that of the most
    /// throttled.
    /// </summary>
    internal CpuThrottling? Throttling(CgroupPlace place) => CpuThatBinds(place, place.Folders).Throttling;

    /// <summary>
    /// As <see cref="Throttling(CgroupPlace)"/>, of the given levels, and in how many periods of that quota there was
    /// work.
    /// </summary>
    internal (long? Periods, CpuThrottling? Throttling) CpuThatBinds(GroupLevels levels)
    {
        var (folder, throttling) = CpuThatBinds(levels.Place, levels.Folders);
        return (folder is null
            ? null
            : CgroupParser.Stat(files.ReadText($"{folder}/cpu.stat"), "nr_periods"), throttling);
    }

    /// <summary>
    /// What is in use at the level with the least limit, and that limit; without a limit that of the group itself.
    /// </summary>
    internal (long? Bytes, long? Limit) MemoryThatBinds(GroupLevels levels) => levels.Folders
        .Select(folder => Memory(levels.Place, folder))
        .Select(level => (level.Used, Limit: level.Limit.Count))
        .OrderBy(level => level.Limit ?? long.MaxValue)
        // On v1 a group shows the limit of one above it, where more may be charged.
        .ThenByDescending(level => level.Limit is null ? null : level.Used)
        .First();

    /// <summary>Memory charged to one group, in bytes; null where not readable.</summary>
    internal long? Charged(CgroupPlace place, string folder)
    {
        var file = $"{folder}/{(place.Version == CgroupVersion.V1 ? "memory.usage_in_bytes" : "memory.current")}";
        return Limit.OfWholeNumber(files.ReadText(file), file).Count;
    }

    /// <summary>
    /// Processes of one group that were killed for memory: v2 <c>memory.events</c>, v1 <c>memory.oom_control</c>; null
    /// where not readable.
    /// </summary>
    internal long? OomKills(CgroupPlace place, string folder) =>
        CgroupParser.Stat(
            files.ReadText($"{folder}/{(place.Version == CgroupVersion.V1 ? "memory.oom_control" : "memory.events")}"),
            "oom_kill");

    private static Limit.Unknown NotMounted(string controller) =>
        new Limit.Unknown("no such controller is mounted", controller);

    private (string? Folder, CpuThrottling? Throttling) CpuThatBinds(
        CgroupPlace place, IEnumerable<string> folders) => folders
        .Select(
            folder => (Folder: (string?)folder, Quota: Cpu(place, folder).Count, Throttling: Throttling(place, folder)))
        .Where(level => level.Throttling is not null)
        .OrderBy(level => level.Quota ?? long.MaxValue)
        .ThenByDescending(level => level.Throttling!.Time)
        .Select(level => (level.Folder, level.Throttling))
        .FirstOrDefault();

    private CpuThrottling? Throttling(CgroupPlace place, string folder) =>
        CgroupParser.Throttling(files.ReadText($"{folder}/cpu.stat")) is { } throttling
            ? throttling with { Period = CgroupParser.Period(
                files.ReadText($"{folder}/{(place.Version == CgroupVersion.V1 ? "cpu.cfs_period_us" : "cpu.max")}")) }
            : null;

    private Level Memory(CgroupPlace place, string folder)
    {
        var stat = files.ReadText($"{folder}/memory.stat");
        var cache = CgroupParser.Stat(stat, place.Version == CgroupVersion.V1 ? "total_inactive_file" : "inactive_file")
            ?? 0;
        var limit = place.Version == CgroupVersion.V1 ? MemoryV1(folder, stat) : MemoryV2(folder);
        return new Level(limit, Charged(place, folder) is { } charged ? Math.Max(0, charged - cache) : null);
    }

    private Limit MemoryV1(string folder, string? stat) => Limit.Least(
        [
            CgroupParser.MemoryV1(files.ReadText($"{folder}/memory.limit_in_bytes"), $"{folder}/memory.limit_in_bytes"),
            CgroupParser.HierarchicalV1(stat, $"{folder}/memory.stat"),
        ],
        folder);

    private Limit MemoryV2(string folder) =>
        IsRoot(folder, "memory", "memory.max")
            ? new Limit.None($"{folder}, the root group")
            : CgroupParser.MemoryV2(files.ReadText($"{folder}/memory.max"), $"{folder}/memory.max");

    private Limit Cpu(CgroupPlace place, string folder)
    {
        if (place.Version == CgroupVersion.V1)
        {
            var file = $"{folder}/cpu.cfs_quota_us";
            return CgroupParser.CpuV1(files.ReadText(file), files.ReadText($"{folder}/cpu.cfs_period_us"), file);
        }

        return IsRoot(folder, "cpu", "cpu.max")
            ? new Limit.None($"{folder}, the root group")
            : CgroupParser.CpuV2(files.ReadText($"{folder}/cpu.max"), $"{folder}/cpu.max");
    }

    // A v2 group that has a controller has its limit file, except the root group of the machine, which can't be
    // limited.
    private bool IsRoot(string folder, string controller, string limitFile)
    {
        var controllers = files.ReadText($"{folder}/cgroup.controllers") ?? "";
        return files.ReadText($"{folder}/{limitFile}") is null && controllers.Split(' ', '\n').Contains(controller);
    }

    private static Limit Available(ImmutableArray<Level> levels)
    {
        var limited = levels.Where(level => level.Limit is Limit.Number).ToArray();
        if (limited.Length == 0)
            return Limit.Least([.. levels.Select(level => level.Limit)], "cgroup memory");

        var left = limited
            .Where(level => level.Used is not null)
            .Select(level => (Limit)new Limit.Number(
                Math.Max(0, level.Limit.Count!.Value - level.Used!.Value), level.Limit.Source))
            .ToArray();
        return left.Length > 0
            ? Limit.Least(left, "cgroup memory")
            : new Limit.Unknown("the memory in use is not readable", limited[0].Limit.Source);
    }

    private sealed record Level(Limit Limit, long? Used);
}
