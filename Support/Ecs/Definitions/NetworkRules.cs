using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>The network of the task, and the ports of what it opens.</summary>
internal static class NetworkRules
{
    internal const string PortRange = "net.ipv4.ip_local_port_range";
    internal const string WidestRange =
        "\"systemControls\": [{ \"namespace\": \"net.ipv4.ip_local_port_range\", \"value\": \"1024 65535\" }]";

    // The kernel's default (Documentation/networking/ip-sysctl.rst): 28,232 ports.
    private const string DefaultRange = "32768 60999";

    internal static Answer NetworkMode(TaskDefinition definition, DefinitionNeeds needs)
    {
        const string fix = "\"networkMode\": \"awsvpc\".";
        var mode = definition.Network();
        var faults = new Faults(definition.IsFargate ? "awsvpc, the only mode of Fargate" : "awsvpc or host");
        if (mode is not ("awsvpc" or "bridge" or "host" or "none"))
            faults.Critical($"network mode {Words.Quote(mode)} is none of awsvpc, bridge, host and none", fix);
        else if (definition.IsFargate && mode != "awsvpc")
            faults.Critical($"{Given(definition)}: Fargate has awsvpc only", fix);
        else if (mode == "none")
            faults.Critical("none: the containers have no network, so no connection is possible", fix);
        else if (mode == "bridge")
            faults.Warning(
                $"{Given(definition)}: {Density(mode)}",
                $"{fix} Or \"networkMode\": \"host\" for one task per instance.");
        if (mode is "awsvpc" or "host")
            Ports(faults, definition, mode);
        return faults.Or($"{mode}: {Density(mode)}");
    }

    /// <summary>Only who connects takes a local port for each connection.</summary>
    internal static Answer LocalPorts(TaskDefinition definition, DefinitionNeeds needs)
    {
        if (!needs.RunsTheSuite)
            return Answer.NotApplicable(
                "a task that opens connections", "a server takes no local port for a connection that it accepts");
        var set = definition.Containers.SelectMany(container => container.SystemControls)
            .LastOrDefault(control => control.Namespace == PortRange);
        var faults = new Faults($"at least {Words.Count(needs.Connections)} local ports to one address of the target");
        if (definition.Network() == "host")
            return Answer.NotApplicable(
                "a network of the task's own",
                "under host the instance's own range counts: see Environment.EphemeralPorts");
        if (Host.PortRange.Parse(set?.Value ?? DefaultRange, null) is not { } range)
            return Answer.NotApplicable("a range of ports", "the range cannot be read: see the kernel settings");
        var said = Say($"{Words.Count(range.Usable)} ports, {range.Low} to "
            + $"{range.High}{(set is null ? ", the kernel's default" : "")}");
        if (range.Usable < needs.Connections)
            faults.Warning(
                $"{said}: connections above that need a target with several addresses",
                $"{WidestRange} gives 64,512; beyond that name more source "
                + "addresses (Pool.SourceAddresses) or run more tasks.");
        return faults.Or(said);
    }

    private static void Ports(Faults faults, TaskDefinition definition, string mode)
    {
        foreach (var container in definition.Containers)
        {
            foreach (var port in container.Ports
                .Where(port => port.HostPort is > 0 && port.HostPort != port.ContainerPort))
            {
                faults.Critical(
                    Say($"{container.Called()} maps port {port.ContainerPort} to "
                        + $"{port.HostPort}: under {mode} both have to be the same"),
                    $"In {container.Called()}: \"portMappings\": "
                    + Say($"[{{ \"containerPort\": {port.ContainerPort} }}]."));
            }
        }
    }

    // ECS developer guide, "Amazon ECS task networking options". Tasks per instance and connections per task are two
    // densities.
    private static string Density(string mode) => mode switch
    {
        "awsvpc" => "a network interface and an address for each task; on EC2 the interfaces of the instance type "
            + "limit how many tasks it takes, not what each holds",
        "host" => "the instance's own network: no translation, but ports, kernel settings and connection tracking are "
            + "shared, so one such task per instance",
        _ => "many tasks on an instance, yet each connection is translated and tracked by it, and its tracking table "
            + "(nf_conntrack_max) limits all of them together",
    };

    private static string Given(TaskDefinition definition) =>
        definition.NetworkMode ?? "no network mode, which is bridge";
}
