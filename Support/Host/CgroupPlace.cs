using System.Text.RegularExpressions;

namespace Support.Host;

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
/// <param name="Mount">The mount point, as in <c>/sys/fs/cgroup/memory</c>.</param>
/// <param name="Group">
/// The path of the process's group below it; <c>/</c> where it is the mount's root or not visible.
/// </param>
internal sealed record CgroupPlace(CgroupVersion Version, string Mount, string Group)
{
    /// <summary>
    /// The folders from the group up to the mount's root, deepest first: a limit on any of them applies.
    /// </summary>
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
/// Finds a controller's files from <c>/proc/PID/cgroup</c> (cgroups(7)) and <c>/proc/self/mountinfo</c> (proc(5)).
/// </summary>
internal static partial class CgroupLocator
{
    /// <summary>
    /// The place of one controller. A v1 mount of it wins: on a hybrid system v2 is mounted beside it without it.
    /// </summary>
    /// <param name="controller">As in <c>memory</c> or <c>cpu</c>.</param>
    /// <param name="cgroup">The content of the process's <c>/proc/PID/cgroup</c>; null where it is absent.</param>
    /// <param name="mountInfo">The content of <c>/proc/self/mountinfo</c>; null where it is absent.</param>
    /// <returns>Null where the controller is mounted nowhere.</returns>
    public static CgroupPlace? Locate(string controller, string? cgroup, string? mountInfo)
    {
        var mounts = (mountInfo ?? "").Split('\n').Select(Parse).OfType<Mount>().ToArray();
        if (mounts.FirstOrDefault(mount => mount.Type == "cgroup" && mount.Options.Contains(controller)) is { } first)
            return Place(
                CgroupVersion.V1, first, PathOf(cgroup, controllers => controllers.Split(',').Contains(controller)));

        return mounts.FirstOrDefault(mount => mount.Type == "cgroup2") is { } second
            ? Place(CgroupVersion.V2, second, PathOf(cgroup, controllers => controllers.Length == 0))
            : null;
    }

    // Without a cgroup namespace the path is the host's; the mount's own root is then a prefix of it (bind-mounted by
    // the container engine). Where it is not, the group can't be seen from here, and the mount's root is the nearest
    // that can.
    private static CgroupPlace Place(CgroupVersion version, Mount mount, string? path)
    {
        var root = mount.Root.TrimEnd('/');
        var below = path is not null && !path.Contains("/..", StringComparison.Ordinal)
            && (path == root || path.StartsWith(root + "/", StringComparison.Ordinal));
        var group = below ? path![root.Length..].TrimEnd('/') : "";
        return new CgroupPlace(version, mount.Point, group.Length == 0 ? "/" : group);
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
