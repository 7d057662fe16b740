using System.Globalization;

namespace Support.Host;

/// <summary>What the client runs out of first: descriptors and ports.</summary>
internal static class BudgetChecks
{
    private const string MorePorts =
        "Task definition: \"systemControls\": [{ \"namespace\": \"net.ipv4.ip_local_port_range\", \"value\": \"1024 65535\" }]; "
        + "or name more local addresses in Pool.SourceAddresses";

    internal static Answer FileDescriptors(EnvironmentFacts facts, CheckContext context)
    {
        const int most = ClientBudget.MostWorkers;
        var needed = ((context.LadderTop + most - 1L) / most) + ClientBudget.WorkerDescriptors;
        var expected = $"at least {Words.Count(needed)} a process: {Words.Count(context.LadderTop)} connections in up to {most} workers, "
            + $"{ClientBudget.WorkerDescriptors} in reserve in each";
        var actual = $"soft {facts.OpenFiles.Soft}, hard {facts.OpenFiles.Hard}";
        var limit = DescriptorLimit.RoundedUp(needed).ToString(CultureInfo.InvariantCulture);
        var next = $"Task definition: \"ulimits\": [{{ \"name\": \"nofile\", \"softLimit\": {limit}, \"hardLimit\": {limit} }}]; "
            + $"in a shell: ulimit -n {limit}";
        return facts.OpenFiles.Soft is Limit.Unknown
            ? new Answer(CheckOutcome.Warning, expected, actual, next)
            : Judge(ClientBudget.Descriptors(facts), context, new Answer(CheckOutcome.Passed, expected, actual, next));
    }

    internal static Answer EphemeralPorts(EnvironmentFacts facts, CheckContext context)
    {
        var sources = ClientBudget.Sources(context);
        var expected = $"at least {Words.Count(context.LadderTop)} free ports to one target, "
            + $"over {sources} source {(sources == 1 ? "address" : "addresses")}";
        if (facts.Ports is not { } range)
            return new Answer(CheckOutcome.Warning, expected, "not known: ip_local_port_range is absent or garbage", MorePorts);

        var free = ClientBudget.Ports(facts, context)!.Value;
        var timeWait = ClientBudget.TimeWait(facts);
        var reuse = timeWait > 0 && ClientBudget.TimeWaitIsReused(facts) ? ", used again after a second" : "";
        var actual = $"{Words.Count(free)} free: ports {range.Low} to {range.High} less {Words.Count(range.Reserved)} reserved "
            + $"and {Words.Count(facts.Target?.ListenersInRange ?? 0)} listening, × {sources} × {ClientBudget.Destinations(facts, context)}, "
            + $"less {Words.Count(ClientBudget.PortsHeld(facts))} held "
            + $"(TIME_WAIT {Words.Count(timeWait)}{reuse}; tcp_tw_reuse {facts.TimeWaitReuse})";
        return Judge(free, context, new Answer(CheckOutcome.Passed, expected, actual, MorePorts));
    }

    /// <summary>Too few for the first step stops the ladder; too few for the last cuts it.</summary>
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
}
