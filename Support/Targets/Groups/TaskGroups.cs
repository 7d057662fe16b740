using Support.Host;

namespace Support.Targets.Groups;

/// <summary>Whether a server can be put into a control group of a size here.</summary>
public static class TaskGroups
{
    /// <summary>The least that a shell runs in.</summary>
    private static readonly GroupLimits Least = new(64L << 20, 256, 1024, 1024);

    /// <summary>systemd may not answer.</summary>
    private static readonly TimeSpan TrialDeadline = TimeSpan.FromSeconds(20);

    /// <summary>Really makes a small group, starts a shell in it, and removes it: by the kernel's files, else by <c>systemd-run</c>.</summary>
    /// <remarks>Also removes groups that a suite left here which was killed together with its keeper.</remarks>
    public static Task<GroupAbility> ProbeAsync() => ProbeAsync(FileTree.Machine, Least, null);

    /// <summary>As <see cref="ProbeAsync()"/>, with another tree of files and another search path for programs.</summary>
    internal static async Task<GroupAbility> ProbeAsync(FileTree files, GroupLimits wanted, string? searchPath)
    {
        if (!OperatingSystem.IsLinux())
            return new(GroupWay.None, "control groups are a part of Linux", "Run the tests on Linux, in a container or in a virtual machine.");

        var places = GroupPlaces.Find(files, wanted);
        var direct = places.Why ?? await TrialAsync(places, wanted, searchPath).ConfigureAwait(false);
        if (direct is null)
            return new(places.Way, null, null);

        var scope = GroupPlaces.OfSystemd(files);
        var systemd = scope.Why ?? await TrialAsync(scope, wanted, searchPath).ConfigureAwait(false);
        return systemd is null
            ? new(GroupWay.SystemdRun, null, null)
            : new(GroupWay.None, $"{direct.TrimEnd('.')}; and by systemd: {systemd.TrimEnd('.')}", GroupAdvice.For($"{direct}; {systemd}"));
    }

    /// <summary>Null where the group was made and is gone again, else why not.</summary>
    private static async Task<string?> TrialAsync(GroupPlaces places, GroupLimits limits, string? searchPath)
    {
        var keeper = Keeper.Start(new("exit 0", "/", limits, places) { SearchPath = searchPath });
        var first = await Task.WhenAny(keeper.Started, Task.Delay(TrialDeadline, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        var end = await keeper.EndAsync().ConfigureAwait(false);
        if (first != keeper.Started)
            return "it did not answer";

        return await keeper.Started.ConfigureAwait(false) is KeeperLine.Failed failed
            ? string.Join(": ", new[] { failed.Why, end.LastWords.Replace('\n', ' ') }.Where(text => text.Length > 0))
            : null;
    }
}
