using System.Collections.Immutable;
using System.Globalization;
using Support.Host;

namespace Support.Targets.Groups;

/// <summary>The folders below which a group can be made, the likeliest first.</summary>
/// <param name="Way">How; <see cref="GroupWay.None"/> where there is no such folder.</param>
/// <param name="Memory">For the memory controller; with v2 for both; with systemd the mount point.</param>
/// <param name="Cpu">For the cpu controller of v1; with systemd the mount point.</param>
/// <param name="Why">Why there is none; null where there is.</param>
internal sealed record GroupPlaces(GroupWay Way, ImmutableArray<string> Memory, ImmutableArray<string> Cpu, string? Why)
{
    private const string NotMounted = "no control groups with the controllers memory and cpu are mounted";

    /// <summary>No group at all.</summary>
    public static GroupPlaces Nowhere { get; } = new(GroupWay.None, [], [], null);

    /// <summary>The controller whose line of <c>/proc/PID/cgroup</c> names a scope of systemd: empty for v2.</summary>
    public string Controller { get; private init; } = "";

    /// <summary>The folders for a group of a size, by the files of the machine.</summary>
    /// <param name="files">The machine.</param>
    /// <param name="limits">What the group is to have: a folder that has less itself is none.</param>
    public static GroupPlaces Find(FileTree files, GroupLimits limits)
    {
        var reader = new CgroupReader(files);
        if (reader.Locate("memory") is not { } memory || reader.Locate("cpu") is not { } cpu)
            return Nowhere with { Why = NotMounted };
        if (memory.Version != cpu.Version)
            return Nowhere with { Why = "the controllers memory and cpu are in control groups of different versions" };

        var narrow = ImmutableArray.CreateBuilder<string>();
        var memoryPlaces = Wide(memory, limits, files, narrow);
        var cpuPlaces = Wide(cpu, limits, files, narrow);
        if (memoryPlaces.IsEmpty || cpuPlaces.IsEmpty)
            return Nowhere with { Why = $"the groups above are smaller than what is asked for: {string.Join("; ", narrow.Distinct())}" };
        return memory.Version == CgroupVersion.V1
            ? new(GroupWay.V1, memoryPlaces, cpuPlaces, null)
            : new(GroupWay.V2, [.. memoryPlaces.Intersect(cpuPlaces)], [], null);
    }

    /// <summary>What is needed to find the scope that <c>systemd-run</c> makes.</summary>
    public static GroupPlaces OfSystemd(FileTree files)
    {
        var reader = new CgroupReader(files);
        if (reader.Locate("memory") is not { } memory || reader.Locate("cpu") is not { } cpu)
            return Nowhere with { Why = NotMounted };
        return memory.Version == CgroupVersion.V1
            ? new(GroupWay.SystemdRun, [memory.Mount], [cpu.Mount], null) { Controller = "memory" }
            : new(GroupWay.SystemdRun, [memory.Mount], [], null);
    }

    // The mount's root is outside of the suite's own group and its limits; then from the own group upwards.
    private static ImmutableArray<string> Wide(CgroupPlace place, GroupLimits limits, FileTree files, ImmutableArray<string>.Builder narrow)
    {
        var wide = ImmutableArray.CreateBuilder<string>();
        foreach (var folder in place.Folders.Where(folder => folder != place.Mount).Prepend(place.Mount))
        {
            var above = (place with { Group = folder[place.Mount.Length..] }).Folders.SelectMany(level => Limits(place.Version, level, files));
            if (above.FirstOrDefault(limit => limit.IsBelow(limits)) is { } found)
                narrow.Add(found.ToString());
            else
                wide.Add(folder);
        }

        return wide.ToImmutable();
    }

    // A file that is not there, as in the root group or of another controller, limits nothing.
    private static IEnumerable<Bound> Limits(CgroupVersion version, string folder, FileTree files)
    {
        var memory = $"{folder}/{(version == CgroupVersion.V1 ? "memory.limit_in_bytes" : "memory.max")}";
        var quota = $"{folder}/{(version == CgroupVersion.V1 ? "cpu.cfs_quota_us" : "cpu.max")}";
        yield return version == CgroupVersion.V1
            ? new(CgroupParser.MemoryV1(files.ReadText(memory), memory), IsMemory: true)
            : new(CgroupParser.MemoryV2(files.ReadText(memory), memory), IsMemory: true);
        yield return version == CgroupVersion.V1
            ? new(CgroupParser.CpuV1(files.ReadText(quota), files.ReadText($"{folder}/cpu.cfs_period_us"), quota), IsMemory: false)
            : new(CgroupParser.CpuV2(files.ReadText(quota), quota), IsMemory: false);
    }

    private sealed record Bound(Limit Limit, bool IsMemory)
    {
        public bool IsBelow(GroupLimits wanted) => IsMemory ? Limit.Count < wanted.MemoryBytes : Limit.Count * 1024 < wanted.CpuUnits * 1000L;

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Limit.Source} gives {Limit.Count:N0} {(IsMemory ? "bytes" : "thousandths of a processor")}");
    }
}
