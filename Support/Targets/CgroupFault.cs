namespace Support.Targets;

/// <summary>Why a control group was not made.</summary>
/// <param name="Text">What happened, as a clause.</param>
/// <param name="Causes">What is known of the cause.</param>
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

    /// <summary>What to grant so that the group can be made.</summary>
    public string Next => Causes switch
    {
        var causes when causes.HasFlag(CgroupCauses.Swap) => NoSwap,
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
}
