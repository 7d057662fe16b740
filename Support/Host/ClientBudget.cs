using System.Net;
using System.Net.NetworkInformation;

namespace Support.Host;

/// <summary>What the client's own limits leave for connections; checks and ceilings share it.</summary>
internal sealed record ClientBudget(EnvironmentFacts Facts, CheckContext Context)
{
    /// <summary>The most worker processes that hold the connections.</summary>
    /// <remarks>With the usual hard limit of 65,536 files they reach the million that is the most a step may want, and
    /// each costs memory that connections could have.</remarks>
    public const int MostWorkers = 16;

    /// <summary>Descriptors that a worker keeps for itself: what the runtime opens before the first connection
    /// (measured: 66), what it may load yet, the event queue, and the pool's own reserve of 32.</summary>
    public const int WorkerDescriptors = 192;

    /// <summary>Descriptors that a server of this suite keeps for itself: what it has open before the first connection
    /// (measured: 151, with TLS), and what it may load yet. One that has none left ends.</summary>
    public const int ServerDescriptors = 192;

    /// <summary>The most connections that a server of the self-test has at once: all that are wanted of it.</summary>
    public const int SelfTestConnections = 300;

    /// <summary>The files that a server of the self-test has to be allowed.</summary>
    public const int SelfTestDescriptors = SelfTestConnections + ServerDescriptors;

    /// <summary>Resident, without a connection (measured: 41 to 48 MB, shared code included).</summary>
    public const int WorkerBytes = 48_000_000;

    /// <summary>Resident memory of the suite for one held connection: the most that the pool may take.</summary>
    public const int SuiteBytes = 2_600;

    /// <summary>Of one end of an idle connection, inode and file included (kernel 6.18: 4.1 to 4.7 KB).</summary>
    public const int KernelBytes = 4_600;

    /// <summary>Resident memory of the embedded target for one connection, in bytes (measured on Kestrel).</summary>
    public const int TargetBytes = 14_000;

    /// <summary>Of one open on the client's side (measured: bare socket and C over epoll alike).</summary>
    public const int OpenMicroseconds = 125;

    /// <summary>
    /// The files that each process of the suite has to be allowed for so many connections in all: a worker, and a
    /// server of the self-test.
    /// </summary>
    public static long DescriptorsNeeded(long connections) =>
        Math.Max(PerWorker(connections) + WorkerDescriptors, SelfTestDescriptors);

    /// <summary>The same in words.</summary>
    public static string DescriptorsNeededFor(long connections) =>
        $"{Words.Count(connections)} connections in up to {MostWorkers} workers, {WorkerDescriptors} in reserve in "
        + $"each; {SelfTestDescriptors} for a server of the self-test";

    /// <summary>What the file limit allows all workers together; null where not known or unlimited.</summary>
    public static long? Descriptors(EnvironmentFacts facts) => DescriptorsOfWorker(facts) * MostWorkers;

    /// <summary>
    /// The connections that the file limit allows the embedded server, which has this process's; null where another is
    /// measured, and where it is not known or unlimited.
    /// </summary>
    public long? EmbeddedDescriptors => IsEmbedded && Facts.OpenFiles.Soft.Count is { } limit
        ? Math.Max(0, limit - ServerDescriptors)
        : null;

    /// <summary>
    /// Whether the target is this suite's own server, with this process's limits; at a size it has others.
    /// </summary>
    public bool IsEmbedded => Context.Settings is { Target.Url: null, Gate.MeasuresSizes: false };

    /// <summary>The workers that so many connections take; at least 1.</summary>
    public static int Workers(EnvironmentFacts facts, long connections) =>
        DescriptorsOfWorker(facts) is { } each and > 0
            ? (int)Math.Clamp((connections + each - 1) / each, 1, MostWorkers)
            : 1;

    /// <summary>(usable − listeners) × sources × destinations − held; null where not known.</summary>
    public long? Ports => Facts.Ports is { } range
        ? Math.Max(
            0,
            (Math.Max(0L, range.Usable - (Facts.Target?.ListenersInRange ?? 0)) * Sources * Destinations) - PortsHeld)
        : null;

    /// <summary>Local ports to the target that can't be used now.</summary>
    public int PortsHeld => (Facts.Target?.Held?.Total ?? TimeWait) - (TimeWaitIsReused ? TimeWait : 0);

    /// <summary>To the target; where those are not countable, all of this network namespace.</summary>
    public int TimeWait => Facts.Target?.Held?[TcpState.TimeWait] ?? Facts.Sockets?.TimeWait ?? 0;

    // Seen on kernel 6.18 with a range of 51 ports: those in TIME_WAIT block connect() at once and no longer after 1.5
    // s.
    // The same from a source address, as the pool binds it without a port (IP_BIND_ADDRESS_NO_PORT, ip(7)).
    public bool TimeWaitIsReused =>
        Facts.TimeWaitReuse.Count == 1 || (Facts.TimeWaitReuse.Count == 2 && IsLoopback(Facts.Target));

    /// <summary>The source addresses that connections are spread over; at least 1.</summary>
    public int Sources => Context.Settings.Pool.SourceAddresses is { IsDefaultOrEmpty: false } sources
        ? sources.Distinct().Count()
        : 1;

    /// <summary>
    /// The addresses of the target that connections are spread over; at least 1. Of two families the pool keeps to the
    /// one that answers: as far as is known here, that of the source addresses, else of the first.
    /// </summary>
    public int Destinations
    {
        get
        {
            if (Facts.Target is not { Addresses: { IsEmpty: false } addresses })
                return 1;
            var sources = Context.Settings.Pool.SourceAddresses;
            var family = sources.IsDefaultOrEmpty ? addresses[0].AddressFamily : sources[0].AddressFamily;
            return Math.Max(1, addresses.Distinct().Count(address => address.AddressFamily == family));
        }
    }

    /// <summary>Whether the target's memory and descriptors come from this machine.</summary>
    public bool IsLocal => Facts.Target?.IsLocal ?? Context.Settings.Target.Url is null;

    /// <summary>The ends of each connection that are on this machine.</summary>
    public int Ends => IsLocal ? 2 : 1;

    /// <summary>Memory that the workers of the ladder's top take before the first connection, in bytes.</summary>
    public long WorkerMemory => (long)Workers(Facts, Context.LadderTop) * WorkerBytes;

    /// <summary>Memory of this machine for one connection, in bytes.</summary>
    public int BytesPerConnection => SuiteBytes + KernelBytes + (IsLocal ? TargetBytes + KernelBytes : 0);

    /// <summary>What is left of the control group's limit, or of the host's memory, whichever is less.</summary>
    public Limit Available => Limit.Least(
        [
            Facts.Cgroup.MemoryAvailableBytes,
            Facts.Memory?.AvailableBytes is { } bytes
                ? new Limit.Number(bytes, "/proc/meminfo MemAvailable")
                : Limit.Absent("/proc/meminfo"),
        ], "memory");

    private static long PerWorker(long connections) => (connections + MostWorkers - 1) / MostWorkers;

    private static long? DescriptorsOfWorker(EnvironmentFacts facts) =>
        facts.OpenFiles.Soft.Count is { } limit ? Math.Max(0, limit - WorkerDescriptors) : null;

    private static bool IsLoopback(ResolvedTarget? target) =>
        target is { Addresses: { IsEmpty: false } addresses } && addresses.All(IPAddress.IsLoopback);
}
