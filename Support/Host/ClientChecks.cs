namespace Support.Host;

/// <summary>What the client and its network run out of.</summary>
internal static class ClientChecks
{
    private const string MorePorts =
        "Task definition: \"systemControls\": [{ \"namespace\": "
        + "\"net.ipv4.ip_local_port_range\", \"value\": \"1024 65535\" }]; "
        + "or name more local addresses in Pool.SourceAddresses";

    private const string DeeperQueue =
        "Task definition: \"systemControls\": [{ \"namespace\": \"net.core.somaxconn\", \"value\": \"4096\" }], "
        + "the same for net.ipv4.tcp_max_syn_backlog; or lower Pool.InFlight. "
        + "A full queue drops handshakes silently, which looks like ConnectTimeout.";

    private const string LargerTable =
        "Raise net.netfilter.nf_conntrack_max on the host (a task can't), or drop the firewall rules that track. "
        + "A full table drops SYNs, which looks like ConnectTimeout.";

    internal static Answer FileDescriptors(EnvironmentFacts facts, CheckContext context)
    {
        var budget = new ClientBudget(facts, context);
        var embedded = budget.IsEmbedded ? context.LadderTop + (long)ClientBudget.ServerDescriptors : 0;
        var needed = Math.Max(ClientBudget.DescriptorsNeeded(context.LadderTop), embedded);
        var expected = $"at least {Words.Count(needed)} per process: "
            + ClientBudget.DescriptorsNeededFor(context.LadderTop)
            + (embedded > 0 ? $"; {Words.Count(embedded)} for the embedded server" : "");
        var actual = $"soft {facts.OpenFiles.Soft}, hard {facts.OpenFiles.Hard}";
        var limit = OpenFileLimits.RoundUp(needed);
        var next = $"Task definition: {OpenFileLimits.Ulimits(limit)}; in a shell: ulimit -n {limit}";
        if (facts.OpenFiles.Soft is Limit.Unknown)
            return Answer.Warning(expected, actual, next);
        if (facts.OpenFiles.Soft.Count < ClientBudget.SelfTestDescriptors)
            return Answer.Critical(
                expected, $"{actual}; the self-test needs {ClientBudget.SelfTestDescriptors} before any step", next);
        var allowed = ClientBudget.Descriptors(facts);
        return Judge(
            budget.EmbeddedDescriptors < allowed ? budget.EmbeddedDescriptors : allowed, context,
            Answer.Passed(expected, actual, next));
    }

    internal static Answer EphemeralPorts(EnvironmentFacts facts, CheckContext context)
    {
        var budget = new ClientBudget(facts, context);
        var expected = $"at least {Words.Count(context.LadderTop)} free ports to one target, "
            + $"over {budget.Sources} source {(budget.Sources == 1 ? "address" : "addresses")}";
        if (facts.Ports is not { } range || budget.Ports is not { } free)
            return Answer.Warning(expected, "not known: ip_local_port_range is absent or malformed", MorePorts);

        var reuse = budget is { TimeWait: > 0, TimeWaitIsReused: true } ? ", used again after a second" : "";
        var actual = $"{Words.Count(free)} free: ports {range.Low} to {range.High} "
            + $"less {Words.Count(range.Reserved)} reserved "
            + $"and {Words.Count(facts.Target?.ListenersInRange ?? 0)} "
            + $"listening, × {budget.Sources} × {budget.Destinations}, "
            + $"less {Words.Count(budget.PortsHeld)} held "
            + $"(TIME_WAIT {Words.Count(budget.TimeWait)}{reuse}; tcp_tw_reuse {facts.TimeWaitReuse})";
        return Judge(free, context, Answer.Passed(expected, actual, MorePorts));
    }

    /// <summary>The lesser of the listener's backlog and somaxconn; what doesn't fit is dropped (listen(2)).</summary>
    internal static Answer ListenBacklog(EnvironmentFacts facts, CheckContext context)
    {
        if (!new ClientBudget(facts, context).IsLocal)
            return Answer.NotApplicable("a target on this machine", "the target and its accept queue are elsewhere");

        long needed = context.Settings.Pool.InFlight;
        var lost = facts.Netstat is { } counters
            ? $"; so far {Or(counters.ListenOverflows)} overflows, {Or(counters.ListenDrops)} drops, "
                + $"{Or(counters.RequestQueueFullDrops)} SYNs dropped, {Or(counters.SyncookiesSent)} SYN cookies"
            : "";
        return Answer.PassedIf(
            Covers(facts.AcceptQueue, needed) && Covers(facts.SynBacklog, needed),
            $"somaxconn and tcp_max_syn_backlog at least {Words.Count(needed)} (Pool.InFlight)",
            $"somaxconn {facts.AcceptQueue}, tcp_max_syn_backlog {facts.SynBacklog}{lost}", DeeperQueue);
    }

    internal static Answer ConnectionTracking(EnvironmentFacts facts, CheckContext context)
    {
        var expected = $"room for {Words.Count(context.LadderTop)} more connections";
        return facts.ConnectionTrackingMax.Count is { } most
            ? Answer.PassedIf(
                most - (facts.ConnectionTrackingCount.Count ?? 0) >= context.LadderTop, expected,
                $"at most {facts.ConnectionTrackingMax}, tracked now {facts.ConnectionTrackingCount}", LargerTable)
            : Answer.NotApplicable(expected, $"this kernel tracks no connections: {facts.ConnectionTrackingMax}");
    }

    // Too few for the first step stops the ladder; too few for the last cuts it.
    private static Answer Judge(long? allowed, CheckContext context, Answer answer) => allowed switch
    {
        { } few when few < context.FirstStep => answer with
        {
            Outcome = CheckOutcome.Critical,
            Actual = $"{answer.Actual}; not even the first step of {Words.Count(context.FirstStep)} fits",
        },
        { } some when some < context.LadderTop => answer with
        {
            Outcome = CheckOutcome.Warning,
            Actual = $"{answer.Actual}; steps above {Words.Count(some)} are not attempted",
        },
        _ => answer with { Next = "" },
    };

    private static bool Covers(Limit limit, long needed) => limit is Limit.None || limit.Count >= needed;

    private static string Or(long? count) => count is { } known ? Words.Count(known) : "not known";
}
