namespace Support.Host;

/// <summary>One row a resource: the number, the arithmetic behind it, and how to raise it.</summary>
internal static class CeilingRows
{
    private const string RaiseFiles = "Raise ulimits nofile in the task definition, up to 1,048,576.";

    internal static Ceiling Descriptors(EnvironmentFacts facts)
    {
        var basis = facts.OpenFiles.Soft is Limit.Number limit
            ? $"({Words.Count(limit.Value)} − {ClientBudget.WorkerDescriptors} in reserve) × {ClientBudget.MostWorkers} workers; {limit.Source}"
            : facts.OpenFiles.Soft.ToString();
        return new Ceiling(Resource.Descriptors, "file descriptors of the suite", "client", ClientBudget.Descriptors(facts), basis, RaiseFiles);
    }

    internal static Ceiling Ports(EnvironmentFacts facts, CheckContext context)
    {
        const string next = "Widen net.ipv4.ip_local_port_range to \"1024 65535\" (systemControls), or add Pool.SourceAddresses.";
        if (facts.Ports is not { } range)
            return new Ceiling(Resource.Ports, "ephemeral ports", "client", null, "not known: ip_local_port_range is absent or garbage", next);

        var basis = $"({Words.Count(range.Usable)} ports − {Words.Count(facts.Target?.ListenersInRange ?? 0)} listening) "
            + $"× {ClientBudget.Sources(context)} source × {ClientBudget.Destinations(facts, context)} destination "
            + $"− {Words.Count(ClientBudget.PortsHeld(facts))} held";
        return new Ceiling(Resource.Ports, "ephemeral ports", "client", ClientBudget.Ports(facts, context), basis, next);
    }

    internal static Ceiling Memory(EnvironmentFacts facts, CheckContext context)
    {
        var local = ClientBudget.IsLocal(facts, context);
        var each = ClientBudget.BytesPerConnection(local);
        var available = ClientBudget.Available(facts);
        var workers = ClientBudget.WorkerMemory(facts, context.LadderTop);
        var parts = $"{Words.Count(ClientBudget.SuiteBytes)} own + {Words.Count(ClientBudget.KernelBytes)} kernel"
            + (local
                ? $" + {Words.Count(ClientBudget.TargetBytes)} target + {Words.Count(ClientBudget.KernelBytes)} its kernel, "
                    + "as the target is on this machine"
                : "");
        return new Ceiling(
            Resource.Memory,
            "memory of the suite",
            local ? "both" : "client",
            available.Count is { } left ? Math.Max(0, left - workers) / each : null,
            $"({Words.Bytes(available)} − {Words.Bytes(workers)} for the workers themselves) ÷ {Words.Count(each)} bytes ({parts}; measured on kernel 6.18)",
            "Give the task more memory.");
    }

    internal static Ceiling ConnectionTracking(EnvironmentFacts facts, CheckContext context)
    {
        var side = ClientBudget.IsLocal(facts, context) ? "both" : "client";
        if (facts.ConnectionTrackingMax.Count is not { } most)
            return new Ceiling(Resource.ConnectionTracking, "connection tracking", side, null, facts.ConnectionTrackingMax.ToString(), "");

        var now = facts.ConnectionTrackingCount.Count;
        var basis = $"{Words.Count(most)} − {(now is { } tracked ? Words.Count(tracked) : "an unknown number")} tracked now; "
            + "binds only where a firewall rule tracks";
        const string next = "Raise net.netfilter.nf_conntrack_max on the host.";
        return new Ceiling(Resource.ConnectionTracking, "connection tracking", side, Math.Max(0, most - (now ?? 0)), basis, next);
    }

    /// <summary>No number: tcp_mem counts queued data, so it bounds traffic and not idle connections; a number would mislead.</summary>
    internal static Ceiling SocketMemory(EnvironmentFacts facts, CheckContext context)
    {
        var ends = ClientBudget.IsLocal(facts, context) ? 2 : 1;
        var basis = facts.TcpMem is { } bounds
            ? $"no limit for idle connections, which hold no buffers; with one page queued at each of {ends} ends a connection, "
                + $"pressure would begin at {Words.Count(bounds.Pressure / ends)} connections"
            : "not known: tcp_mem is absent or garbage";
        return new Ceiling(Resource.SocketMemory, "socket memory", ends == 2 ? "both" : "client", null, basis, "");
    }

    internal static IEnumerable<Ceiling> TargetDescriptors(EnvironmentFacts facts)
    {
        if (facts.TargetOpenFiles is not { } files)
            yield break;

        var open = facts.TargetDescriptorsOpen;
        var basis = files.Soft is Limit.Number limit
            ? $"{Words.Count(limit.Value)} − {(open is { } count ? Words.Count(count) : "an unknown number")} open now; {limit.Source}"
            : files.Soft.ToString();
        yield return new Ceiling(
            Resource.Descriptors,
            "file descriptors of the target",
            "server",
            files.Soft.Count is { } most ? Math.Max(0, most - (open ?? 0)) : null,
            basis,
            RaiseFiles);
    }
}
