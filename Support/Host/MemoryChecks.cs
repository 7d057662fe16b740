namespace Support.Host;

/// <summary>Memory: the control group's and the host's, and the kernel's for TCP.</summary>
internal static class MemoryChecks
{
    internal static Answer MemoryLimit(EnvironmentFacts facts, CheckContext context)
    {
        var local = ClientBudget.IsLocal(facts, context);
        var each = ClientBudget.BytesPerConnection(local);
        var workers = ClientBudget.WorkerMemory(facts, context.LadderTop);
        var needed = ((long)context.LadderTop * each) + workers;
        var limit = facts.Cgroup.MemoryLimitBytes;
        var available = ClientBudget.Available(facts);
        var expected = $"{Words.Bytes(needed)} available: {Words.Count(context.LadderTop)} connections × {Words.Count(each)} bytes"
            + (local ? ", both ends" : "")
            + $", and {Words.Bytes(workers)} for the workers themselves";
        var actual = $"available {Words.Bytes(available)}; control group {Words.Bytes(limit)}; host {Host(facts)}";
        if (limit.Count is { } bytes && facts.Runtime.GcAvailableBytes > bytes)
            return new Answer(
                CheckOutcome.Warning,
                $"the garbage collector sees no more than the limit of {Words.Bytes(bytes)}",
                $"it sees {Words.Bytes(facts.Runtime.GcAvailableBytes)}; {actual}",
                "Set \"memory\" on the container, not only on the task, or DOTNET_GCHeapHardLimit: else the task may be killed.");

        const string watch = "Watch the memory of the first steps: nothing can be predicted here.";
        if (available.Count is not { } left)
            return new Answer(CheckOutcome.Warning, expected, actual, watch);

        var next = $"Raise the task's memory: this is enough for about {Words.Count(Math.Max(0, left - workers) / each)} connections.";
        return left < needed
            ? new Answer(CheckOutcome.Warning, expected, actual, next)
            : new Answer(CheckOutcome.Passed, expected, actual);
    }

    /// <summary>An upper bound: tcp_mem counts buffers, and idle connections have none (300 opened on kernel 6.18: no page more).</summary>
    internal static Answer SocketMemory(EnvironmentFacts facts, CheckContext context)
    {
        var ends = ClientBudget.IsLocal(facts, context) ? 2 : 1;
        var needed = (long)context.LadderTop * ends * ClientBudget.KernelBytes;
        var expected = $"{Words.Bytes(needed)} below the pressure mark, were all {Words.Count((long)context.LadderTop * ends)} ends here "
            + $"to hold {Words.Count(ClientBudget.KernelBytes)} bytes of data; idle ones hold none";
        const string none = "Nothing, where messages are few: idle connections need no buffers.";
        if (facts.TcpMem is not { } bounds)
            return new Answer(CheckOutcome.Warning, expected, "not known: tcp_mem is absent or garbage", none);

        var inUse = facts.Sockets?.TcpMemoryBytes;
        var pressure = bounds.Pressure * facts.Runtime.PageBytes;
        var actual = $"pressure from {Words.Bytes(pressure)}, none given beyond {Words.Bytes(bounds.High * facts.Runtime.PageBytes)} "
            + $"(tcp_mem, whole host); in use {(inUse is { } used ? Words.Bytes(used) : "not known")}";
        const string raise = "Raise net.ipv4.tcp_mem on the host (a task can't), or keep messages few while connections are counted.";
        return pressure - (inUse ?? 0) < needed
            ? new Answer(CheckOutcome.Warning, expected, actual, raise)
            : new Answer(CheckOutcome.Passed, expected, actual);
    }

    private static string Host(EnvironmentFacts facts) =>
        facts.Memory?.TotalBytes is { } total ? $"{Words.Bytes(total)} in all" : "not known";
}
