using Support.Host;

namespace Support.Targets;

/// <summary>How a server can be put into a control group here.</summary>
internal enum CgroupDriver
{
    None,

    V1,

    V2,

    /// <summary>By <c>systemd-run --scope</c>, which may be allowed where the files are not.</summary>
    SystemdRun,
}

/// <summary>
/// Whether and how a server can be put into a group here; else why not, in one sentence, and what to grant.
/// </summary>
internal sealed record CgroupSupport(CgroupDriver Driver, string? Why, string? Next)
{
    /// <summary>The least that a shell runs in.</summary>
    private static readonly GroupLimits Least = new(64L << 20, 256, 1024, 1024);

    /// <summary>systemd may not answer.</summary>
    private static readonly TimeSpan TrialDeadline = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Really makes a small group, starts a shell in it, and removes it: by the kernel's files, else by <c>systemd-
    /// run</c>.
    /// Also removes groups that a suite left here which was killed together with its supervisor.
    /// </summary>
    public static Task<CgroupSupport> ProbeAsync() => ProbeAsync(FileTree.Machine, Least, null);

    /// <summary>With another tree of files and another search path for programs.</summary>
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

/// <summary>Why a control group was not made: what happened, as a clause, and what is known of the cause.</summary>
internal sealed record CgroupFault(string Text, CgroupCauses Causes = CgroupCauses.Unknown)
{
    // Each variable by its name: the sudo of Ubuntu since 25.10 (sudo-rs) ignores -E, and the settings in CAPACITY_*
    // would be lost with it (github.com/trifectatechfoundation/sudo-rs, issue 1299). And env, for sudo has a PATH of
    // its own, and dotnet is often not on it.
    private const string Grant =
        "Run the tests as root (in bash: sudo --preserve-env=\"$(compgen -e | paste -sd, -)\" env \"PATH=$PATH\" "
        + "dotnet test), or where systemd makes groups for this user (systemd-run --user --scope true works there), or "
        + "in a container that has the groups of its host (docker run --privileged --cgroupns=host -v "
        + "/sys/fs/cgroup:/sys/fs/cgroup:rw).";

    private const string MakeRoom =
        "A group of cgroup v2 shares out memory and cpu only while no process is in itself. In a container, as root, "
        + "move its processes one level down and run the tests again: mkdir -p /sys/fs/cgroup/suite && for p in $(cat "
        + "/sys/fs/cgroup/cgroup.procs); do echo $p > /sys/fs/cgroup/suite/cgroup.procs; done";

    private const string Widen =
        "Ask for smaller sizes (Gate.Sizes), or give the container or the slice that the tests run in at least the "
        + "size (docker run --memory --cpus).";

    private const string Delegate =
        "systemd makes groups for this user, but without that limit. Let it: as root write the lines '[Service]' and "
        + "'Delegate=cpu memory pids' into /etc/systemd/system/user@.service.d/delegate.conf, run systemctl "
        + "daemon-reload, and log in again";

    private const string NoSwap =
        "A task would be killed where this machine swaps. Turn swap off while the tests run (as root: swapoff -a; "
        + "swapon -a turns it on again), or start the kernel with swapaccount=1.";

    private const string Lessen =
        "As root, the server could raise its own limits, which a task cannot. Install setpriv, which takes that from "
        + "it (Debian, Fedora: util-linux; Alpine: apk add setpriv), or run the tests as another user.";

    /// <summary>What to grant so that the group can be made.</summary>
    public string Next => Causes switch
    {
        var causes when causes.HasFlag(CgroupCauses.Swap) => NoSwap,
        var causes when causes.HasFlag(CgroupCauses.Capabilities) => Lessen,
        var causes when causes.HasFlag(CgroupCauses.Busy) => $"{MakeRoom}. Or: {Grant}",
        var causes when causes.HasFlag(CgroupCauses.TooSmall) => Widen,
        var causes when causes.HasFlag(CgroupCauses.NotDelegated) => $"{Delegate}. Or: {Grant}",
        _ => Grant,
    };
}

/// <summary>What keeps a control group from being made; several folders may have been tried.</summary>
[Flags]
internal enum CgroupCauses
{
    /// <summary>Not known: a permission, or a file system that cannot be written.</summary>
    Unknown = 0,

    /// <summary>The machine swaps, and the group cannot be kept from it.</summary>
    Swap = 1,

    /// <summary>The group above has processes of its own (cgroup v2).</summary>
    Busy = 2,

    /// <summary>The groups above have less than what is asked for.</summary>
    TooSmall = 4,

    /// <summary>systemd made the group without the file of a limit.</summary>
    NotDelegated = 8,

    /// <summary>The suite is root, and there is nothing that gives the server less than root has.</summary>
    Capabilities = 16,
}

/// <summary>What a server may use of the machine, as a task of ECS would.</summary>
/// <param name="MemoryBytes">
/// Memory without swap, the kernel's share for its sockets included; with v1, as on Fargate, without their buffers
/// (memory.kmem.tcp).
/// </param>
/// <param name="CpuUnits">CPU units: 1,024 are one vCPU. Given as a quota of each period of 100 ms.</param>
/// <param name="DescriptorsSoft">
/// Open files of each process, soft limit; no more than <paramref name="DescriptorsHard"/>.
/// </param>
/// <param name="DescriptorsHard">Open files of each process, hard limit.</param>
public sealed record GroupLimits(long MemoryBytes, int CpuUnits, int DescriptorsSoft, int DescriptorsHard);
