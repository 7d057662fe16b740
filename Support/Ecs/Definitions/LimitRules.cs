using System.Collections.Immutable;
using System.Globalization;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>
/// <c>systemControls</c>: what is not in the container's own namespaces keeps the task from starting.
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
        const string fix =
            "\"systemControls\": [{ \"namespace\": \"net.core.somaxconn\", \"value\": \"4096\" }], or leave it out.";
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is 0)
            faults.Critical(
                $"{Somaxconn} is {Words.Quote(value)}; allowed: 1 to "
                + $"{int.MaxValue.ToString(CultureInfo.InvariantCulture)}", fix);
        else if (length < DefaultBacklog)
            faults.Warning($"{Somaxconn} {Words.Count(length)} is below the kernel's default of "
                + $"{Words.Count(DefaultBacklog)}: handshakes that don't fit are dropped silently", fix);
    }
}

/// <summary>How many files, and so connections, a process of the task may have open.</summary>
internal static class NofileRule
{
    private const string Name = "nofile";

    // ECS API reference, Ulimit.
    private static readonly ImmutableArray<string> Names =
    [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", Name, "nproc", "rss", "rtprio",
        "rttime", "sigpending", "stack",
    ];

    internal static Answer Nofile(TaskDefinition definition, DefinitionNeeds needs)
    {
        if (definition.IsWindows)
            return Answer.NotApplicable("Linux containers", "Windows containers have no ulimits");
        var needed = Needed(needs);
        var faults = new Faults(Expected(needs, needed));
        foreach (var container in definition.Containers)
            Shape(faults, container, needed);
        var carriers = definition.Carriers(needs);
        foreach (var container in carriers)
            Amount(faults, definition, container, needs, needed);
        return faults.Or(string.Join("; ", carriers.Select(container => $"{container.Called()}: {Said(container)}")));
    }

    // The suite spreads its connections over processes; a server is taken for one process.
    private static long Needed(DefinitionNeeds needs) => needs.RunsTheSuite
        ? ClientBudget.DescriptorsNeeded(needs.Connections)
        : needs.Connections + (long)ClientBudget.WorkerDescriptors;

    private static string Expected(DefinitionNeeds needs, long needed) => needs.RunsTheSuite
        ? $"nofile set, at least {Words.Count(needed)} per process: "
            + ClientBudget.DescriptorsNeededFor(needs.Connections)
        : $"nofile set, at least {Words.Count(needed)}: {Words.Count(needs.Connections)} connections and "
            + $"{ClientBudget.WorkerDescriptors} in reserve";

    private static void Shape(Faults faults, ContainerDefinition container, long needed)
    {
        foreach (var limit in container.Ulimits)
        {
            var what = $"{container.Called()}: ulimit {Words.Quote(limit.Name)}";
            if (!Names.Contains(limit.Name))
                faults.Critical($"{what} is unknown to ECS, which refuses it", $"In {container.Called()}: \"name\": \""
                    + $"{Support.Settings.NearestName.Of(limit.Name, Names)}\" in place of {Words.Quote(limit.Name)}.");
            if (limit.Soft is null || limit.Hard is null)
                faults.Critical($"{what} lacks softLimit or hardLimit, and ECS needs both", Fix(container, needed));
            // Of the others -1 is "no limit", as memlock often has it.
            if (limit.Name == Name && (limit.Soft is < 0 || limit.Hard is < 0))
                faults.Critical($"{what} is negative", Fix(container, needed));
            if (limit.Soft > limit.Hard && limit.Hard >= 0)
                faults.Critical(
                    $"{what} has soft {Words.Count(limit.Soft.Value)} above hard {Words.Count(limit.Hard.Value)}",
                    Fix(container, needed));
            if (limit.Name == Name && (limit.Hard > OpenFileLimits.Most || limit.Soft > OpenFileLimits.Most))
                faults.Critical($"{what} is above {Words.Count(OpenFileLimits.Most)}, the most that the kernel "
                    + "allows: the task does not start", Fix(container, needed));
        }

        if (container.Ulimits.Count(limit => limit.Name == Name) > 1)
            faults.Warning(
                $"{container.Called()}: nofile is given more than once", $"Keep one: {Fix(container, needed)}");
    }

    private static void Amount(
        Faults faults, TaskDefinition definition, ContainerDefinition container, DefinitionNeeds needs, long needed)
    {
        var set = container.Ulimits.LastOrDefault(limit => limit.Name == Name);
        if (set is null)
        {
            faults.Warning(
                $"{container.Called()} has no nofile: {Default(definition, needed)}", Fix(container, needed));
            return;
        }

        if (set.Hard < needed)
            faults.Warning($"{container.Called()} has {Said(container)}: connections above "
                + $"{Words.Count(Fits(set.Hard.Value, needs))} are not held", Fix(container, needed));
        else if (set.Soft < needed && !needs.RunsTheSuite)
            faults.Warning($"{container.Called()} has {Said(container)}: a server gets only the soft limit, unless it "
                + "raises it to the hard one at its start, as .NET, Go and Java do", Fix(container, needed));
    }

    private static string Default(TaskDefinition definition, long needed) => definition.IsFargate
        ? $"Fargate gives {Words.Count(OpenFileLimits.FargateDefault)} today"
            + $"{(needed > OpenFileLimits.FargateDefault ? ", which is not enough" : "")}, and has changed that twice"
        : "the Docker daemon of the instance decides (--default-ulimit), often 1,024 soft and 4,096 hard";

    private static long Fits(int hard, DefinitionNeeds needs) => needs.RunsTheSuite
        ? hard < ClientBudget.SelfTestDescriptors
            ? 0
            : (hard - ClientBudget.WorkerDescriptors) * (long)ClientBudget.MostWorkers
        : Math.Max(0, hard - ClientBudget.WorkerDescriptors);

    private static string Said(ContainerDefinition container) =>
        container.Ulimits.LastOrDefault(limit => limit.Name == Name) is { Soft: { } soft, Hard: { } hard }
            ? $"nofile soft {Words.Count(soft)}, hard {Words.Count(hard)}"
            : "no nofile";

    private static string Fix(ContainerDefinition container, long needed)
    {
        var limit = OpenFileLimits.RoundUp(needed);
        var more = needed > OpenFileLimits.Most ? ", and more tasks" : "";
        return $"In {container.Called()}: {OpenFileLimits.Ulimits(limit)}{more}.";
    }
}
