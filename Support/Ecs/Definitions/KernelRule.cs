using System.Collections.Immutable;
using System.Globalization;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>
/// <c>systemControls</c>: what exists in the container's own namespaces can be set, anything else keeps the task from
/// starting.
/// </summary>
internal static class KernelRule
{
    private const string Somaxconn = "net.core.somaxconn";

    // SOMAXCONN since Linux 5.4 (include/linux/socket.h).
    private const int DefaultBacklog = 4096;

    // ECS API reference, SystemControl: the namespaced ones of IPC.
    private static readonly ImmutableArray<string> Ipc =
    [
        "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax",
        "kernel.shmmni", "kernel.shm_rmid_forced",
    ];

    // Absent or read-only in a network namespace (kernel 6.18; aws/containers-roadmap issue 2368).
    private static readonly ImmutableArray<string> OfTheHost =
    [
        "net.core.rmem_max", "net.core.wmem_max", "net.core.rmem_default", "net.core.wmem_default",
        "net.core.netdev_max_backlog", "net.core.optmem_max", "net.core.default_qdisc", "net.ipv4.tcp_mem",
        "net.ipv4.udp_mem", "net.ipv4.tcp_max_orphans", "net.netfilter.nf_conntrack_max", "net.nf_conntrack_max",
        "net.netfilter.nf_conntrack_buckets",
    ];

    internal static Answer KernelSettings(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("settings of the task's own namespaces, in a form that the kernel takes");
        ImmutableArray<SystemControl> all =
        [
            .. definition.Containers.SelectMany(container => container.SystemControls),
        ];
        foreach (var control in all)
            Judge(faults, definition, control);
        foreach (var twice in all.GroupBy(control => control.Namespace)
            .Where(group => group.Select(control => control.Value).Distinct().Skip(1).Any()))
            faults.Warning($"{Words.Quote(twice.Key)} has several values: where containers share a network, the one "
                + "of the container that starts last counts", $"Keep one value of {Words.Quote(twice.Key)}.");
        return faults.Or(all.IsEmpty
            ? "none set"
            : string.Join(", ", all.Select(control => $"{control.Namespace} = {Words.Quote(control.Value)}")));
    }

    private static void Judge(Faults faults, TaskDefinition definition, SystemControl control)
    {
        var name = control.Namespace;
        var remove = $"Remove {Words.Quote(name)} from \"systemControls\".";
        var isNet = name.StartsWith("net.", StringComparison.Ordinal);
        if (definition.IsWindows)
            faults.Critical($"{Words.Quote(name)}: Windows containers take no systemControls", remove);
        else if (OfTheHost.Contains(name)
            || !(isNet || Ipc.Contains(name) || name.StartsWith("fs.mqueue.", StringComparison.Ordinal)))
            faults.Critical(
                $"{Words.Quote(name)} is not namespaced: the task will fail to start",
                $"{remove} It is the host's; on EC2 set it in the instance's user data.");
        else if (isNet && definition.Network() == "host")
            faults.Critical(
                $"{Words.Quote(name)}: under host there is no network of the task's own to set it in",
                $"{remove} Or \"networkMode\": \"awsvpc\".");
        else if (control.Value.Trim().Length == 0)
            faults.Critical($"{Words.Quote(name)} has no value", remove);
        else if (name == NetworkRules.PortRange)
            Range(faults, control.Value);
        else if (name == Somaxconn)
            Backlog(faults, control.Value);
    }

    private static void Range(Faults faults, string value)
    {
        if (PortRange.Parse(value, null) is null)
            faults.Critical($"{NetworkRules.PortRange} is {Words.Quote(value)}; allowed: the lowest and the highest "
                + "port with a space between, 1 to 65535", $"{NetworkRules.WidestRange}.");
    }

    private static void Backlog(Faults faults, string value)
    {
        const string mend =
            "\"systemControls\": [{ \"namespace\": \"net.core.somaxconn\", \"value\": \"4096\" }], or leave it out.";
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is 0)
            faults.Critical(
                $"{Somaxconn} is {Words.Quote(value)}; allowed: 1 to "
                + $"{int.MaxValue.ToString(CultureInfo.InvariantCulture)}", mend);
        else if (length < DefaultBacklog)
            faults.Warning($"{Somaxconn} {Words.Count(length)} is below the kernel's default of "
                + $"{Words.Count(DefaultBacklog)}: handshakes that don't fit are dropped silently", mend);
    }
}
