namespace Support.Host;

/// <summary>The machine itself: platform, processor, memory.</summary>
internal static class MachineChecks
{
    internal static Answer Platform(EnvironmentFacts facts)
    {
        var runtime = facts.Runtime;
        var kernel = facts.KernelRelease is { } release ? $"{runtime.System} (kernel {release})" : runtime.System;
        var cpu = facts.Cpu?.Model ?? $"model not told, {runtime.Architecture}";
        var cores = facts.Cpu is { } info && info.Processors != runtime.Processors
            ? $"{runtime.Processors} cores for .NET of {info.Processors} on the host"
            : $"{runtime.Processors} cores";
        var gc = $"{(runtime.ServerGc ? "server" : "workstation")} GC, "
            + (runtime.ConcurrentGc ? "concurrent" : "not concurrent");
        return Answer.Passed(
            "known, so that two runs can be compared",
            $"{kernel}; {runtime.Framework} {runtime.Architecture}; {gc}, "
                + $"heap hard limit: {runtime.HeapHardLimitBytes.InBytes()}; {cpu}, {cores}");
    }

    /// <summary>
    /// Below one core a single thread is already stopped in each period; and opening needs its share.
    /// </summary>
    internal static Answer CpuLimit(EnvironmentFacts facts, CheckContext context)
    {
        var needed = Math.Max(1000, OpeningMillicores(context));
        var limit = facts.Cgroup.CpuMillicores;

        // A group without a quota file is the usual case outside of containers; the host's cores are then the limit.
        var host = (facts.Cpu?.Processors ?? facts.Runtime.Processors) * 1000L;
        return Answer.PassedIf(
            Math.Min(limit.Count ?? host, host) >= needed,
            $"at least {Words.Cores(needed)} {(needed == 1000 ? "core" : "cores")} for the suite",
            $"{limit.InCores()}, host {Words.Cores(host)} cores{Throttled(facts.Cgroup.Throttling)}",
            "Give the task more CPU (task definition: \"cpu\"), or read latencies "
            + "with care: without quota the suite stands still.");
    }

    internal static Answer MemoryLimit(EnvironmentFacts facts, CheckContext context)
    {
        var budget = new ClientBudget(facts, context);
        var (workers, each) = (budget.WorkerMemory, budget.BytesPerConnection);
        var needed = ((long)context.LadderTop * each) + workers;
        var limit = facts.Cgroup.MemoryLimitBytes;
        var expected =
            $"{Words.Bytes(needed)} available: {Words.Count(context.LadderTop)} connections × {Words.Count(each)} bytes"
                + $"{(budget.IsLocal ? ", both ends" : "")}, and {Words.Bytes(workers)} for the workers themselves";
        var host = facts.Memory?.TotalBytes is { } total ? $"{Words.Bytes(total)} in all" : "not known";
        var actual = $"available {budget.Available.InBytes()}; control group {limit.InBytes()}; host {host}";
        if (limit.Count is { } bytes && facts.Runtime.GcAvailableBytes > bytes)
            return Answer.Warning(
                $"the garbage collector sees no more than the limit of {Words.Bytes(bytes)}",
                $"it sees {Words.Bytes(facts.Runtime.GcAvailableBytes)}; {actual}",
                "Set \"memory\" on the container, not only on the task, or "
                + "DOTNET_GCHeapHardLimit: else the task may be killed.");

        if (budget.Available.Count is not { } left)
            return Answer.Warning(
                expected, actual, "Watch the memory of the first steps: nothing can be predicted here.");
        var most = Words.Count(Math.Max(0, left - workers) / each);
        return Answer.PassedIf(
            left >= needed, expected, actual, $"Raise the task's memory: this is enough for about {most} connections.");
    }

    /// <summary>An upper bound: idle connections have no buffers (300 opened on kernel 6.18: no page more).</summary>
    internal static Answer SocketMemory(EnvironmentFacts facts, CheckContext context)
    {
        var ends = (long)context.LadderTop * new ClientBudget(facts, context).Ends;
        var needed = ends * ClientBudget.KernelBytes;
        var expected = $"{Words.Bytes(needed)} below the pressure mark, were all {Words.Count(ends)} ends here "
            + $"to hold {Words.Count(ClientBudget.KernelBytes)} bytes of data; idle ones hold none";
        if (facts.TcpMem is not { } bounds)
            return Answer.Warning(
                expected, "not known: tcp_mem is absent or malformed",
                "Nothing, where messages are few: idle connections need no buffers.");

        var inUse = facts.Sockets?.TcpMemoryBytes;
        var pressure = bounds.Pressure * facts.Runtime.PageBytes;
        return Answer.PassedIf(
            pressure - (inUse ?? 0) >= needed, expected,
            $"pressure from {Words.Bytes(pressure)}, none given beyond "
                + $"{Words.Bytes(bounds.High * facts.Runtime.PageBytes)} "
                + $"(tcp_mem, whole host); in use {(inUse is { } used ? Words.Bytes(used) : "not known")}",
            "Raise net.ipv4.tcp_mem on the host (a task can't), or keep messages few while connections are counted.");
    }

    // The first figure is for the rate that was asked for, the second for a ladder that has to open its top in time.
    private static long OpeningMillicores(CheckContext context)
    {
        var rate = context.Settings.Pool.Rate ?? 0;
        var least = context.LadderTop / Math.Max(0.001, context.Settings.Ladder.StepTimeout.TotalSeconds);
        return (long)Math.Ceiling(Math.Max(rate, least) * ClientBudget.OpenMicroseconds / 1000);
    }

    private static string Throttled(CpuThrottling? throttling)
    {
        if (throttling?.Periods is not { } periods)
            return "";
        var time = throttling.Time is { } stopped ? Say($", {stopped.TotalSeconds:0.###} s") : "";
        return $"; throttled in {Words.Count(periods)} periods so far{time}";
    }
}
