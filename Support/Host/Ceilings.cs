using System.Collections.Immutable;

namespace Support.Host;

/// <summary>What one resource allows, predicted before anything is opened.</summary>
/// <param name="Kind">The resource.</param>
/// <param name="Resource">As in "file descriptors of the suite".</param>
/// <param name="Side"><c>client</c>, <c>server</c> or <c>both</c> (one machine).</param>
/// <param name="Connections">Null where it sets no limit or where it is not known.</param>
/// <param name="Basis">The arithmetic behind the number, or why there is none.</param>
/// <param name="Next">How to raise it; empty where nothing is to be done.</param>
public sealed record Ceiling(Resource Kind, string Resource, string Side, long? Connections, string Basis, string Next);

/// <summary>What each resource allows, one row a resource.</summary>
public sealed record CeilingTable(ImmutableArray<Ceiling> Rows)
{
    /// <summary>The row with the lowest number; null where no row has one.</summary>
    public Ceiling? BindsFirst => Rows.Where(row => row.Connections is not null).MinBy(row => row.Connections);
}

/// <summary>What this machine allows, predicted.</summary>
/// <param name="Table">One row a resource.</param>
/// <param name="MaxAttemptable">
/// What descriptors and ports allow: steps above can only fail; null where not known.
/// </param>
/// <param name="Reason">The same in words: <c>ClientLimit(fd)</c> or <c>ClientLimit(ports)</c>, and why.</param>
internal sealed record CeilingPrediction(CeilingTable Table, int? MaxAttemptable, string? Reason)
{
    /// <summary>Which of the two is least; null together with <see cref="MaxAttemptable"/>.</summary>
    public Resource? Least { get; init; }
}

/// <summary>Predicts what each resource allows: the number, its arithmetic, how to raise it.</summary>
internal static class CeilingPredictor
{
    private static readonly string RaiseFiles =
        $"Raise ulimits nofile in the task definition, up to {Words.Count(OpenFileLimits.Most)}.";

    /// <summary>Pure: the same facts give the same table.</summary>
    public static CeilingPrediction Predict(EnvironmentFacts facts, CheckContext context)
    {
        var budget = new ClientBudget(facts, context);
        var (descriptors, ports, server) = (Descriptors(facts), Ports(budget), TargetDescriptors(budget));
        var table = new CeilingTable(
        [
            descriptors,
            ports,
            Memory(budget),
            ConnectionTracking(budget),
            SocketMemory(budget),
            .. server is null ? ImmutableArray<Ceiling>.Empty : [server],
        ]);

        // The embedded server is of this suite: one that has no descriptor left ends, and that says nothing.
        var own = budget.IsEmbedded && server is not null ? [descriptors, server, ports] : new[] { descriptors, ports };
        if (own.Where(row => row.Connections is not null).MinBy(row => row.Connections) is not { } least)
            return new CeilingPrediction(table, null, null);
        var (most, name) = (least.Connections!.Value, least.Kind == Resource.Ports ? "ports" : "fd");
        return new CeilingPrediction(
            table, (int)Math.Min(most, int.MaxValue),
            $"ClientLimit({name}): {least.Resource} allow {Words.Count(most)} connections ({least.Basis})")
        {
            Least = least.Kind,
        };
    }

    private static Ceiling Descriptors(EnvironmentFacts facts)
    {
        var basis = facts.OpenFiles.Soft is Limit.Number limit
            ? $"({Words.Count(limit.Value)} − {ClientBudget.WorkerDescriptors} in reserve) × "
                + $"{ClientBudget.MostWorkers} workers; "
                + limit.Source
            : facts.OpenFiles.Soft.ToString();
        return new(Resource.Descriptors, "file descriptors of the suite", "client", ClientBudget.Descriptors(facts),
            basis, RaiseFiles);
    }

    private static Ceiling Ports(ClientBudget budget)
    {
        const string next =
            "Widen net.ipv4.ip_local_port_range to \"1024 65535\" (systemControls), or add Pool.SourceAddresses.";
        var facts = budget.Facts;
        var basis = facts.Ports is not { } range
            ? "not known: ip_local_port_range is absent or malformed"
            : $"({Words.Count(range.Usable)} ports − {Words.Count(facts.Target?.ListenersInRange ?? 0)} listening) "
                + $"× {budget.Sources} source × {budget.Destinations} "
                + $"destination − {Words.Count(budget.PortsHeld)} held";
        return new(Resource.Ports, "ephemeral ports", "client", budget.Ports, basis, next);
    }

    private static Ceiling Memory(ClientBudget budget)
    {
        var workers = budget.WorkerMemory;
        var parts = $"{Words.Count(ClientBudget.SuiteBytes)} own + {Words.Count(ClientBudget.KernelBytes)} kernel"
            + (budget.IsLocal
                ? $" + {Words.Count(ClientBudget.TargetBytes)} target + "
                    + $"{Words.Count(ClientBudget.KernelBytes)} its kernel, "
                    + "as the target is on this machine"
                : "");
        return new(
            Resource.Memory, "memory of the suite", budget.IsLocal ? "both" : "client",
            budget.Available.Count is { } left ? Math.Max(0, left - workers) / budget.BytesPerConnection : null,
            $"({budget.Available.InBytes()} − {Words.Bytes(workers)} for the workers themselves) "
                + $"÷ {Words.Count(budget.BytesPerConnection)} bytes ({parts}; measured on kernel 6.18)",
            "Give the task more memory.");
    }

    private static Ceiling ConnectionTracking(ClientBudget budget)
    {
        var side = budget.IsLocal ? "both" : "client";
        var facts = budget.Facts;
        if (facts.ConnectionTrackingMax.Count is not { } most)
            return new(Resource.ConnectionTracking, "connection tracking", side, null,
                facts.ConnectionTrackingMax.ToString(), "");

        var basis = $"{Words.Count(most)} − {OrUnknown(facts.ConnectionTrackingCount.Count)} tracked now; "
            + "binds only where a firewall rule tracks";
        const string next = "Raise net.netfilter.nf_conntrack_max on the host.";
        return new(Resource.ConnectionTracking, "connection tracking", side, Left(
            most, facts.ConnectionTrackingCount.Count), basis, next);
    }

    // No number: tcp_mem counts queued data, so it bounds traffic and not idle connections; a number would mislead.
    private static Ceiling SocketMemory(ClientBudget budget)
    {
        var basis = budget.Facts.TcpMem is { } bounds
            ? "no limit for idle connections, which hold no buffers; with one page queued at each of "
                + $"{budget.Ends} ends a connection, "
                + $"pressure would begin at {Words.Count(bounds.Pressure / budget.Ends)} connections"
            : "not known: tcp_mem is absent or malformed";
        return new(Resource.SocketMemory, "socket memory", budget.IsLocal ? "both" : "client", null, basis, "");
    }

    // Null where another's are not known.
    private static Ceiling? TargetDescriptors(ClientBudget budget)
    {
        var facts = budget.Facts;
        if ((budget.IsEmbedded ? facts.OpenFiles : facts.TargetOpenFiles) is not { } files)
            return null;

        var open = facts.TargetDescriptorsOpen;
        var used = budget.IsEmbedded ? $"{ClientBudget.ServerDescriptors} in reserve" : $"{OrUnknown(open)} open now";
        var left = budget.IsEmbedded ? budget.EmbeddedDescriptors
            : files.Soft.Count is { } most ? Left(most, open)
            : null;
        var basis = files.Soft is Limit.Number limit
            ? $"{Words.Count(limit.Value)} − {used}; {limit.Source}"
            : files.Soft.ToString();
        return new(Resource.Descriptors, "file descriptors of the target", "server", left, basis, RaiseFiles);
    }

    private static long Left(long most, long? used) => Math.Max(0, most - (used ?? 0));

    private static string OrUnknown(long? count) => count is { } known ? Words.Count(known) : "an unknown number";
}
