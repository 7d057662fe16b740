using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using Support.Host;
using Support.Targets;

namespace Support.Measuring;

/// <summary>Reads what a step costs, before it and at its count.</summary>
/// <param name="targetPid">The target's process on this machine; null where it is not known.</param>
/// <param name="stats">The target's URL where it answers <c>/stats</c>; null where it does not.</param>
/// <param name="time">The clock; null is the system's.</param>
internal sealed class ResourceMeter(int? targetPid, Uri? stats, TimeProvider? time = null)
{
    /// <summary>
    /// Reads once; costs a few reads of /proc, at a count one pass over the kernel's sockets, and where the target has
    /// <c>/stats</c> a request.
    /// </summary>
    /// <param name="scope">What is to be read.</param>
    /// <param name="interrupted">
    /// Ends the wait for the target's answer, which is not known then; nothing is thrown.
    /// </param>
    public async Task<ResourceReading> ReadAsync(ReadingScope scope, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(scope);
        // First, and right after the pings: everything else may take its time.
        var established = scope.Held is null ? null : Established(scope.Target);
        var group = CgroupUsage.Read();
        var reading = new ResourceReading(
            ProcessFacts.Read(Environment.ProcessId),
            Sum(scope.Workers),
            targetPid is { } pid ? ProcessFacts.Read(pid) : null,
            group?.MemoryBytes,
            SocketFacts.Read(),
            MemInfo.Parse(FileTree.Machine.ReadText("/proc/meminfo"))?.SlabBytes,
            null)
        {
            KernelEstablished = established,
            Server = Server(scope),
            Throttled = group?.Throttling,
            OomKills = group?.OomKills,
            MemoryShare = CgroupMemory.Read().Share,
        };
        var answer = scope.Held is { } held
            ? await TargetOpen.SettledAsync(stats, held, time ?? TimeProvider.System, interrupted).ConfigureAwait(false)
            : await TargetOpen.StatsAsync(stats, interrupted).ConfigureAwait(false);
        return reading with { TargetOpen = answer?.Open, TargetStartedAt = answer?.StartedAt };
    }

    /// <summary>
    /// Whether the target is another process than at a reading: it says that it started since, or a process that held
    /// its listener is gone.
    /// </summary>
    /// <param name="before">The reading.</param>
    /// <param name="interrupted">Ends the wait for the target's answer.</param>
    public async Task<bool> HasRestartedAsync(ResourceReading before, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (before.Server is { } server)
        {
            var living = ProcessTable.Read().Select(row => row.Id).ToHashSet();
            if (server.Masters.Any(master => !living.Contains(master.Id)))
                return true;
        }

        return before.TargetStartedAt is { } started
            && await TargetOpen.StatsAsync(stats, interrupted).ConfigureAwait(false) is { } now
                && now.StartedAt != started;
    }

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
            KernelEstablished = held.KernelEstablished,
            Server = ServerState.Between(before.Server, held.Server),
        };
    }

    private static int? Established(ImmutableArray<IPEndPoint> target) =>
        target.IsEmpty || TcpTable.CountTo(target) is not { } sockets
            ? null
            : sockets[TcpState.Established] - target.Count(TargetStatsReader.IsConnectedTo);

    // The server is looked for where nothing is open yet, and then only read again.
    private static ServerState? Server(ReadingScope scope)
    {
        var own = scope.Workers.Append(Environment.ProcessId).ToHashSet();
        return scope.Before is { } before
            ? before.Server is { } found ? ServerReader.Again(found, own) : null
            : ServerReader.Find(scope.Target, own);
    }

    // One that ended meanwhile is not known any more, and neither is their sum.
    private static ProcessFacts? Sum(ImmutableArray<int> processes)
    {
        var facts = processes.Select(id => ProcessFacts.Read(id)).ToList();
        return facts.Count == 0 || facts.Contains(null)
            ? null
            : facts.Aggregate((a, b) => new(
                a!.ResidentBytes + b!.ResidentBytes, a.CpuTime + b.CpuTime, a.Descriptors + b.Descriptors));
    }

    private static ProcessCost? Cost(ProcessFacts? before, ProcessFacts? held) => before is null || held is null
        ? null
        : new((held.CpuTime - before.CpuTime).TotalSeconds, before.ResidentBytes, held.ResidentBytes, held.Descriptors);
}
