using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Support.Host;

/// <summary>What the control groups of this process allow, and what they have used.</summary>
/// <param name="Version">Of the memory controller, else of the processor's; null where none is mounted.</param>
/// <param name="MemoryLimitBytes">The least limit on the group and on every visible one above it.</param>
/// <param name="MemoryAvailableBytes">Below the nearest limit; cache that can be dropped counts as left.</param>
/// <param name="CpuMillicores">The least processor quota, in thousandths of a core.</param>
/// <param name="Throttling">That of the group with the least quota; null where not readable.</param>
public sealed record CgroupFacts(
    CgroupVersion? Version, Limit MemoryLimitBytes, Limit MemoryAvailableBytes, Limit CpuMillicores,
    CpuThrottling? Throttling)
{
    /// <summary>The facts where there is no control group, and why.</summary>
    public static CgroupFacts Without(string why) => new(
        null, new Limit.Unknown(why, "cgroup"), new Limit.Unknown(why, "cgroup"), new Limit.Unknown(why, "cgroup"),
        null);
}

/// <summary>Reads the control groups of a process, this one by default, from its own up to the mount's root.</summary>
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

    /// <summary>The mount's root where the process's group is not visible below it.</summary>
    internal CgroupPlacement? Locate(string controller)
    {
        // The mounts are this process's own whoever is asked for: what is read is read through them.
        var process = pid is { } id ? Say($"{id}") : "self";
        var placement = CgroupLocator.Locate(
            controller, files.ReadText($"/proc/{process}/cgroup"), files.ReadText("/proc/self/mountinfo"));
        return placement is null
            || files.HasFolder(placement.Folders.First()) ? placement : placement with { Group = "/" };
    }

    /// <summary>Of the group with the least quota, which stops the process first, else of the most throttled.</summary>
    internal CpuThrottling? Throttling(CgroupPlacement placement) =>
        CpuThatBinds(placement, placement.Folders).Throttling;

    /// <summary>Of the given levels, and in how many periods of that quota there was work.</summary>
    internal (long? Periods, CpuThrottling? Throttling) CpuThatBinds(GroupLevels levels)
    {
        var (folder, throttling) = CpuThatBinds(levels.Placement, levels.Folders);
        return (folder is null
            ? null
            : CgroupParser.Stat(files.ReadText($"{folder}/cpu.stat"), "nr_periods"), throttling);
    }

    /// <summary>
    /// In use at the level with the least limit, and that limit; without a limit those of the group itself.
    /// </summary>
    internal (long? Bytes, long? Limit) MemoryThatBinds(GroupLevels levels) => levels.Folders
        .Select(folder => Memory(levels.Placement, folder))
        .Select(level => (level.Used, Limit: level.Limit.Count))
        .OrderBy(level => level.Limit ?? long.MaxValue)
        // On v1 a group shows the limit of one above it, where more may be charged.
        .ThenByDescending(level => level.Limit is null ? null : level.Used)
        .First();

    internal long? Charged(CgroupPlacement placement, string folder)
    {
        var file = $"{folder}/{(placement.Version == CgroupVersion.V1 ? "memory.usage_in_bytes" : "memory.current")}";
        return Limit.OfWholeNumber(files.ReadText(file), file).Count;
    }

    /// <summary>
    /// Killed for memory: v2 <c>memory.events</c>, v1 <c>memory.oom_control</c>; null where not readable.
    /// </summary>
    internal long? OomKills(CgroupPlacement placement, string folder) =>
        CgroupParser.Stat(
            files.ReadText(
                $"{folder}/{(placement.Version == CgroupVersion.V1 ? "memory.oom_control" : "memory.events")}"),
            "oom_kill");

    private static Limit.Unknown NotMounted(string controller) =>
        new Limit.Unknown("no such controller is mounted", controller);

    private (string? Folder, CpuThrottling? Throttling) CpuThatBinds(
        CgroupPlacement placement, IEnumerable<string> folders) => folders
        .Select(
            folder => (Folder: (string?)folder, Quota: Cpu(placement, folder).Count, Throttling: Throttling(
                placement, folder)))
        .Where(level => level.Throttling is not null)
        .OrderBy(level => level.Quota ?? long.MaxValue)
        .ThenByDescending(level => level.Throttling!.Time)
        .Select(level => (level.Folder, level.Throttling))
        .FirstOrDefault();

    private CpuThrottling? Throttling(CgroupPlacement placement, string folder) =>
        CgroupParser.Throttling(files.ReadText($"{folder}/cpu.stat")) is { } throttling
            ? throttling with { Period = CgroupParser.Period(
                files.ReadText(
                    $"{folder}/{(placement.Version == CgroupVersion.V1 ? "cpu.cfs_period_us" : "cpu.max")}")) }
            : null;

    private Level Memory(CgroupPlacement placement, string folder)
    {
        var stat = files.ReadText($"{folder}/memory.stat");
        var cache = CgroupParser.Stat(
            stat, placement.Version == CgroupVersion.V1 ? "total_inactive_file" : "inactive_file")
            ?? 0;
        var limit = placement.Version == CgroupVersion.V1 ? MemoryV1(folder, stat) : MemoryV2(folder);
        return new Level(limit, Charged(placement, folder) is { } charged ? Math.Max(0, charged - cache) : null);
    }

    private Limit MemoryV1(string folder, string? stat) => Limit.Least(
        [
            CgroupParser.MemoryV1(files.ReadText($"{folder}/memory.limit_in_bytes"), $"{folder}/memory.limit_in_bytes"),
            CgroupParser.HierarchicalV1(stat, $"{folder}/memory.stat"),
        ], folder);

    private Limit MemoryV2(string folder) =>
        IsRoot(folder, "memory", "memory.max")
            ? new Limit.None($"{folder}, the root group")
            : CgroupParser.MemoryV2(files.ReadText($"{folder}/memory.max"), $"{folder}/memory.max");

    private Limit Cpu(CgroupPlacement placement, string folder)
    {
        if (placement.Version == CgroupVersion.V1)
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

/// <summary>Which of the two control group interfaces.</summary>
public enum CgroupVersion
{
    /// <summary>One mount a controller (kernel: Documentation/admin-guide/cgroup-v1).</summary>
    V1 = 1,

    /// <summary>One mount for all (kernel: Documentation/admin-guide/cgroup-v2.rst).</summary>
    V2 = 2,
}

/// <summary>Where one controller's files of a process are.</summary>
/// <param name="Version">Which interface.</param>
/// <param name="Mount">As in <c>/sys/fs/cgroup/memory</c>.</param>
/// <param name="Group">Below it; <c>/</c> where it is the mount's root or not visible.</param>
internal sealed record CgroupPlacement(CgroupVersion Version, string Mount, string Group)
{
    /// <summary>From the group up to the mount's root, deepest first: a limit on any of them applies.</summary>
    public IEnumerable<string> Folders
    {
        get
        {
            for (var group = Group.TrimEnd('/'); group.Length > 0; group = group[..group.LastIndexOf('/')])
                yield return Mount + group;

            yield return Mount;
        }
    }
}

/// <summary>
/// Finds a controller's files from <c>/proc/PID/cgroup</c> and <c>/proc/self/mountinfo</c> (proc(5)).
/// </summary>
internal static partial class CgroupLocator
{
    /// <summary>
    /// Null where it is mounted nowhere. A v1 mount wins: on a hybrid system v2 is mounted beside it without it.
    /// </summary>
    /// <param name="controller">As in <c>memory</c> or <c>cpu</c>.</param>
    /// <param name="cgroup">The process's <c>/proc/PID/cgroup</c>; null where it is absent.</param>
    /// <param name="mountInfo"><c>/proc/self/mountinfo</c>; null where it is absent.</param>
    public static CgroupPlacement? Locate(string controller, string? cgroup, string? mountInfo)
    {
        var mounts = (mountInfo ?? "").Split('\n').Select(Parse).OfType<Mount>().ToArray();
        if (mounts.FirstOrDefault(mount => mount.Type == "cgroup" && mount.Options.Contains(controller)) is { } first)
            return PlacementOf(
                CgroupVersion.V1, first, PathOf(cgroup, controllers => controllers.Split(',').Contains(controller)));

        return mounts.FirstOrDefault(mount => mount.Type == "cgroup2") is { } second
            ? PlacementOf(CgroupVersion.V2, second, PathOf(cgroup, controllers => controllers.Length == 0))
            : null;
    }

    // Without a cgroup namespace the path is the host's; the mount's own root is then a prefix of it (bind-mounted by
    // the container engine). Where it is not, the group can't be seen from here, and the mount's root is the nearest
    // that can.
    private static CgroupPlacement PlacementOf(CgroupVersion version, Mount mount, string? path)
    {
        var root = mount.Root.TrimEnd('/');
        var below = path is not null && !path.Contains("/..", StringComparison.Ordinal)
            && (path == root || path.StartsWith(root + "/", StringComparison.Ordinal));
        var group = below ? path![root.Length..].TrimEnd('/') : "";
        return new CgroupPlacement(version, mount.Point, group.Length == 0 ? "/" : group);
    }

    // A line is "hierarchy:controllers:path"; v2 has no controllers, and a path may hold colons.
    private static string? PathOf(string? cgroup, Func<string, bool> wanted) =>
        (cgroup ?? "").Split('\n')
            .Select(line => line.TrimEnd('\r').Split(':', 3))
            .Where(fields => fields.Length == 3 && wanted(fields[1]) && fields[2].StartsWith('/'))
            .Select(fields => fields[2])
            .FirstOrDefault();

    // "id parent major:minor root point options [optional…] - type source superoptions"
    private static Mount? Parse(string line)
    {
        var halves = line.Split(" - ", 2);
        if (halves.Length != 2)
            return null;

        var left = halves[0].Split(' ');
        var right = halves[1].Split(' ');
        return left.Length >= 6 && right.Length >= 3
            ? new Mount(Unescape(left[3]), Unescape(left[4]), right[0], right[2].TrimEnd('\r').Split(','))
            : null;
    }

    // The kernel writes blank, tab, line feed and backslash as three octal digits.
    private static string Unescape(string field) =>
        Octal().Replace(field, match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString());

    [GeneratedRegex(@"\\([0-3][0-7]{2})")]
    private static partial Regex Octal();

    private sealed record Mount(string Root, string Point, string Type, string[] Options);
}
