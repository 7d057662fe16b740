using System.Collections.Immutable;
using System.Net;
using Support.Host;

namespace Support.Measuring;

/// <summary>What is to be read.</summary>
/// <param name="Workers">The processes that hold the connections; empty where that is this one.</param>
internal sealed record ReadingScope(ImmutableArray<int> Workers)
{
    /// <summary>
    /// The target's addresses; empty where they are not known: then neither its sockets nor its processes are looked
    /// for.
    /// </summary>
    public ImmutableArray<IPEndPoint> Target { get; init; } = [];

    /// <summary>The reading before the step, at the step's count; null before it.</summary>
    public ResourceReading? Before { get; init; }

    /// <summary>What the step holds, at its count: a target that counts others is asked again in a moment.</summary>
    public int? Held { get; init; }
}

/// <summary>What was in use at one moment. Null is "not known here".</summary>
/// <param name="Suite">The suite's own process.</param>
/// <param name="Workers">The processes that hold the connections, added up; null where the suite's own does.</param>
/// <param name="Target">The target's process.</param>
/// <param name="CgroupBytes">Memory charged to the suite's control group.</param>
/// <param name="Sockets">TCP sockets of this network namespace.</param>
/// <param name="SlabBytes">Kernel slab memory of the host.</param>
/// <param name="TargetOpen">What the target itself counts as open.</param>
internal sealed record ResourceReading(
    ProcessFacts? Suite, ProcessFacts? Workers, ProcessFacts? Target, long? CgroupBytes, SocketFacts? Sockets,
    long? SlabBytes, int? TargetOpen)
{
    /// <summary>When the target says that it started.</summary>
    public DateTimeOffset? TargetStartedAt { get; init; }

    /// <summary>
    /// Established sockets of this machine towards the target, the statistics' own left out; read at a count only.
    /// </summary>
    public int? KernelEstablished { get; init; }

    /// <summary>The server, where it runs on this machine.</summary>
    public ServerState? Server { get; init; }

    /// <summary>How often and how long the suite's control group was throttled so far.</summary>
    public CpuThrottling? Throttled { get; init; }

    /// <summary>Processes of the suite's control group that were killed for memory so far.</summary>
    public long? OomKills { get; init; }

    /// <summary>Memory of the suite's control group ÷ its limit; cache that can be dropped does not count.</summary>
    public double? MemoryShare { get; init; }
}
