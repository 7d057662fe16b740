using Support.Host;

namespace Support.Targets;

/// <summary>How a server can be put into a control group here.</summary>
internal enum CgroupDriver
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the files of cgroup v1.</summary>
    V1,

    /// <summary>By the files of cgroup v2.</summary>
    V2,

    /// <summary>By <c>systemd-run --scope</c>, which may be allowed where the files are not.</summary>
    SystemdRun,
}

/// <summary>Whether and how a server can be put into a control group of a size here.</summary>
/// <param name="Driver">How.</param>
/// <param name="Why">Why not, in one sentence; null where it can.</param>
/// <param name="Next">What to grant; null where nothing is missing.</param>
internal sealed record CgroupSupport(CgroupDriver Driver, string? Why, string? Next)
{
    /// <summary>The least that a shell runs in.</summary>
    private static readonly GroupLimits Least = new(64L << 20, 256, 1024, 1024);

    /// <summary>systemd may not answer.</summary>
    private static readonly TimeSpan TrialDeadline = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Really makes a small group, starts a shell in it, and removes it: by the kernel's files, else by
    /// <c>systemd-run</c>.
    /// </summary>
    /// <remarks>Also removes groups that a suite left here which was killed together with its supervisor.</remarks>
    public static Task<CgroupSupport> ProbeAsync() => ProbeAsync(FileTree.Machine, Least, null);

    /// <summary>
    /// As <see cref="ProbeAsync()"/>, with another tree of files and another search path for programs.
    /// </summary>
    internal static async Task<CgroupSupport> ProbeAsync(FileTree files, GroupLimits wanted, string? searchPath)
    {
        if (!OperatingSystem.IsLinux())
        {
            const string next = "Run the tests on Linux, in a container or in a virtual machine.";
            return new(CgroupDriver.None, "control groups are a part of Linux", next);
        }

        var direct = CgroupParents.Find(files, wanted);
        if ((direct.Fault ?? await TrialAsync(direct, wanted, searchPath).ConfigureAwait(false)) is not { } first)
            return new(direct.Driver, null, null);

        var scope = CgroupParents.OfSystemd(files);
        if ((scope.Fault ?? await TrialAsync(scope, wanted, searchPath).ConfigureAwait(false)) is not { } second)
            return new(CgroupDriver.SystemdRun, null, null);

        var text = $"{first.Text.TrimEnd('.')}; and by systemd: {second.Text.TrimEnd('.')}";
        var both = new CgroupFault(text, first.Causes | second.Causes);
        return new(CgroupDriver.None, both.Text, both.Next);
    }

    /// <summary>Null where the group was made and is gone again, else why not.</summary>
    private static async Task<CgroupFault?> TrialAsync(CgroupParents parents, GroupLimits limits, string? searchPath)
    {
        var supervisor = Supervisor.Start(new("exit 0", "/", limits, parents) { SearchPath = searchPath });
        var deadline = Task.Delay(TrialDeadline, TimeProvider.System, CancellationToken.None);
        var first = await Task.WhenAny(supervisor.Started, deadline).ConfigureAwait(false);
        var end = await supervisor.EndAsync().ConfigureAwait(false);
        if (first != supervisor.Started)
            return new("it did not answer");

        if (await supervisor.Started.ConfigureAwait(false) is not SupervisorLine.Failed { Fault: var fault })
            return null;
        string[] texts = [fault.Text, end.Stderr.Replace('\n', ' ')];
        return fault with { Text = string.Join(": ", texts.Where(text => text.Length > 0)) };
    }
}
