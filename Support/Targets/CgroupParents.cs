using System.Collections.Immutable;
using Support.Host;

namespace Support.Targets;

/// <summary>The folders below which a group can be made, the likeliest first.</summary>
/// <param name="Driver">How; <see cref="CgroupDriver.None"/> where there is no such folder.</param>
/// <param name="Memory">For the memory controller; with v2 for both; with systemd the mount point.</param>
/// <param name="Cpu">For the cpu controller of v1; with systemd the mount point.</param>
/// <param name="Fault">Why there is none; null where there is.</param>
internal sealed record CgroupParents(
    CgroupDriver Driver, ImmutableArray<string> Memory, ImmutableArray<string> Cpu, CgroupFault? Fault = null)
{
    public static CgroupParents Nowhere { get; } = new(CgroupDriver.None, [], []);

    private static CgroupParents NotMounted { get; } =
        None(new("no control groups with the controllers memory and cpu are mounted"));

    /// <summary>The controller whose line of <c>/proc/PID/cgroup</c> names a scope of systemd: empty for v2.</summary>
    public string Controller { get; private init; } = "";

    /// <summary>The folders for a group of a size; a folder that has less itself is none.</summary>
    public static CgroupParents Find(FileTree files, GroupLimits limits)
    {
        var reader = new CgroupReader(files);
        if (reader.Locate("memory") is not { } memory || reader.Locate("cpu") is not { } cpu)
            return NotMounted;
        if (memory.Version != cpu.Version)
            return None(new("the controllers memory and cpu are in control groups of different versions"));

        var (memoryParents, lessMemory) = Split(memory, limits, files);
        var (cpuParents, lessCpu) = Split(cpu, limits, files);
        if (memoryParents.IsEmpty || cpuParents.IsEmpty)
        {
            var less = string.Join("; ", lessMemory.Concat(lessCpu).Distinct());
            return None(new($"the groups above are smaller than what is asked for: {less}", CgroupCauses.TooSmall));
        }

        return memory.Version == CgroupVersion.V1
            ? new(CgroupDriver.V1, memoryParents, cpuParents)
            : new(CgroupDriver.V2, [.. memoryParents.Intersect(cpuParents)], []);
    }

    /// <summary>What is needed to find the scope that <c>systemd-run</c> makes.</summary>
    public static CgroupParents OfSystemd(FileTree files)
    {
        var reader = new CgroupReader(files);
        if (reader.Locate("memory") is not { } memory || reader.Locate("cpu") is not { } cpu)
            return NotMounted;
        return memory.Version == CgroupVersion.V1
            ? new(CgroupDriver.SystemdRun, [memory.Mount], [cpu.Mount]) { Controller = "memory" }
            : new(CgroupDriver.SystemdRun, [memory.Mount], []);
    }

    private static CgroupParents None(CgroupFault fault) => Nowhere with { Fault = fault };

    // The mount's root is outside of the suite's own group and its limits; then from the own group upwards.
    private static (ImmutableArray<string> Wide, IEnumerable<string> Narrow) Split(
        CgroupPlacement placement, GroupLimits limits, FileTree files)
    {
        var folders = placement.Folders.Where(folder => folder != placement.Mount).Prepend(placement.Mount)
            .Select(folder => (Folder: folder, Narrow: Narrowest(placement, folder, limits, files))).ToArray();
        return ([.. folders.Where(row => row.Narrow is null).Select(row => row.Folder)],
            folders.Select(row => row.Narrow).OfType<string>());
    }

    /// <summary>What is too small in a folder or above it, in words; null where nothing is.</summary>
    private static string? Narrowest(CgroupPlacement placement, string folder, GroupLimits limits, FileTree files) =>
        (placement with { Group = folder[placement.Mount.Length..] }).Folders
            .SelectMany(level =>
                new[] { TooLittleMemory(
                    placement, level, limits, files), TooLittleCpu(placement, level, limits, files) })
            .FirstOrDefault(found => found is not null);

    // A file that is not there, as in the root group or of another controller, limits nothing.
    private static string? TooLittleMemory(CgroupPlacement placement, string folder, GroupLimits wanted, FileTree files)
    {
        var isV1 = placement.Version == CgroupVersion.V1;
        var file = $"{folder}/{(isV1 ? "memory.limit_in_bytes" : "memory.max")}";
        var limit = isV1
            ? CgroupParser.MemoryV1(files.ReadText(file), file)
            : CgroupParser.MemoryV2(files.ReadText(file), file);
        return limit.Count < wanted.MemoryBytes ? Gives(limit, "bytes") : null;
    }

    private static string? TooLittleCpu(CgroupPlacement placement, string folder, GroupLimits wanted, FileTree files)
    {
        var isV1 = placement.Version == CgroupVersion.V1;
        var file = $"{folder}/{(isV1 ? "cpu.cfs_quota_us" : "cpu.max")}";
        var limit = isV1
            ? CgroupParser.CpuV1(files.ReadText(file), files.ReadText($"{folder}/cpu.cfs_period_us"), file)
            : CgroupParser.CpuV2(files.ReadText(file), file);
        return limit.Count * 1024 < wanted.CpuUnits * 1000L ? Gives(limit, "thousandths of a processor") : null;
    }

    private static string Gives(Limit limit, string unit) =>
        Say($"{limit.Source} gives {limit.Count:N0} {unit}");
}
