using System.Collections.Immutable;
using Support.Environments;

namespace Support.Measuring;

/// <summary>What was in use at one moment. Null is "not known here".</summary>
/// <param name="Suite">The suite's own process.</param>
/// <param name="Workers">The processes that hold the connections, added up; null where the suite's own does.</param>
/// <param name="Target">The target's process.</param>
/// <param name="CgroupBytes">Memory charged to the suite's control group.</param>
/// <param name="Sockets">TCP sockets of this network namespace.</param>
/// <param name="SlabBytes">Kernel slab memory of the host.</param>
/// <param name="TargetOpen">What the target itself counts as open.</param>
public sealed record ResourceReading(
    ProcessFacts? Suite, ProcessFacts? Workers, ProcessFacts? Target, long? CgroupBytes, SocketFacts? Sockets, long? SlabBytes, int? TargetOpen);

/// <summary>Reads what a step costs, before it and at its count.</summary>
/// <param name="targetPid">The target's process on this machine; null where it is not known.</param>
/// <param name="stats">The target's URL where it answers <c>/stats</c>; null where it does not.</param>
public sealed class ResourceMeter(int? targetPid, Uri? stats)
{
    /// <summary>Reads once; costs a few reads of /proc, and one request where the target has <c>/stats</c>.</summary>
    /// <param name="workers">The processes that hold the connections; empty where that is this one.</param>
    /// <param name="interrupted">Ends the wait for the target's answer, which is not known then; nothing is thrown.</param>
    public async Task<ResourceReading> ReadAsync(ImmutableArray<int> workers, CancellationToken interrupted) => new(
        ProcessFacts.Read(Environment.ProcessId),
        Sum(workers),
        targetPid is { } pid ? ProcessFacts.Read(pid) : null,
        CgroupUsage.Read()?.MemoryBytes,
        SocketFacts.Read(),
        MemInfoParser.Parse(FileTree.Machine.ReadText("/proc/meminfo"))?.SlabBytes,
        await TargetOpen.ReadAsync(stats, interrupted).ConfigureAwait(false));

    /// <summary>TCP sockets of this network namespace in TIME_WAIT now.</summary>
    public static int? TimeWait() => SocketFacts.Read()?.TimeWait;

    /// <summary>What a step cost, from the reading before it and the one at its count.</summary>
    public static StepResources Between(ResourceReading before, ResourceReading held)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(held);
        return new()
        {
            Suite = Cost(before.Suite, held.Suite),
            Workers = Cost(before.Workers, held.Workers),
            Target = Cost(before.Target, held.Target),
            CgroupBytes = held.CgroupBytes,
            KernelSocketBytes = held.Sockets?.TcpMemoryBytes,
            SlabDeltaBytes = held.SlabBytes - before.SlabBytes,
            TargetOpen = held.TargetOpen,
        };
    }

    // One that ended meanwhile is not known any more, and neither is their sum.
    private static ProcessFacts? Sum(ImmutableArray<int> processes)
    {
        var facts = processes.Select(id => ProcessFacts.Read(id)).ToList();
        return facts.Count == 0 || facts.Contains(null)
            ? null
            : facts.Aggregate((a, b) => new(a!.ResidentBytes + b!.ResidentBytes, a.CpuTime + b.CpuTime, a.Descriptors + b.Descriptors));
    }

    private static ProcessCost? Cost(ProcessFacts? before, ProcessFacts? held) => before is null || held is null
        ? null
        : new((held.CpuTime - before.CpuTime).TotalSeconds, before.ResidentBytes, held.ResidentBytes, held.Descriptors);
}
