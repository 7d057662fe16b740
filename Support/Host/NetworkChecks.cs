namespace Support.Host;

/// <summary>What the kernel keeps for connections beside their sockets.</summary>
internal static class NetworkChecks
{
    private const string DeeperQueue =
        "Task definition: \"systemControls\": [{ \"namespace\": \"net.core.somaxconn\", \"value\": \"4096\" }], "
        + "the same for net.ipv4.tcp_max_syn_backlog; or lower Pool.InFlight. "
        + "A full queue drops handshakes silently, which looks like ConnectTimeout.";

    private const string LargerTable =
        "Raise net.netfilter.nf_conntrack_max on the host (a task can't), or drop the firewall rules that track. "
        + "A full table drops SYNs, which looks like ConnectTimeout.";

    /// <summary>The accept queue is the lesser of the listener's backlog and somaxconn; what doesn't fit is dropped (listen(2)).</summary>
    internal static Answer ListenBacklog(EnvironmentFacts facts, CheckContext context)
    {
        if (!ClientBudget.IsLocal(facts, context))
            return new Answer(CheckOutcome.NotApplicable, "a target on this machine", "the target and its accept queue are elsewhere");

        long needed = context.Settings.Pool.InFlight;
        var expected = $"somaxconn and tcp_max_syn_backlog at least {Words.Count(needed)} (Pool.InFlight)";
        var lost = facts.Netstat is { } counters
            ? $"; so far {Or(counters.ListenOverflows)} overflows, {Or(counters.ListenDrops)} drops, "
                + $"{Or(counters.RequestQueueFullDrops)} SYNs dropped, {Or(counters.SyncookiesSent)} SYN cookies"
            : "";
        var actual = $"somaxconn {facts.AcceptQueue}, tcp_max_syn_backlog {facts.SynBacklog}{lost}";
        return Covers(facts.AcceptQueue, needed) && Covers(facts.SynBacklog, needed)
            ? new Answer(CheckOutcome.Passed, expected, actual)
            : new Answer(CheckOutcome.Warning, expected, actual, DeeperQueue);
    }

    internal static Answer ConnectionTracking(EnvironmentFacts facts, CheckContext context)
    {
        var expected = $"room for {Words.Count(context.LadderTop)} more connections";
        if (facts.ConnectionTrackingMax.Count is not { } most)
            return new Answer(CheckOutcome.NotApplicable, expected, $"this kernel tracks no connections: {facts.ConnectionTrackingMax}");

        var actual = $"at most {facts.ConnectionTrackingMax}, tracked now {facts.ConnectionTrackingCount}";
        return most - (facts.ConnectionTrackingCount.Count ?? 0) < context.LadderTop
            ? new Answer(CheckOutcome.Warning, expected, actual, LargerTable)
            : new Answer(CheckOutcome.Passed, expected, actual);
    }

    private static bool Covers(Limit limit, long needed) => limit is Limit.None || limit.Count >= needed;

    private static string Or(long? count) => count is { } known ? Words.Count(known) : "not known";
}
