using System.Net;
using System.Net.NetworkInformation;

namespace Support.Host;

/// <summary>The arithmetic of what the client's own limits leave for connections; the checks and the predicted ceiling share it.</summary>
public static class ClientBudget
{
    /// <summary>The most worker processes that hold the connections: with the usual hard limit of 65,536 files they reach the million
    /// that is the most a step may want, and each costs memory that connections could have.</summary>
    public const int MostWorkers = 16;

    /// <summary>Descriptors that a worker keeps for itself: what the runtime opens before the first connection (measured: 66), what it
    /// may load yet, the event queue, and the pool's own reserve of 32.</summary>
    public const int WorkerDescriptors = 192;

    /// <summary>Resident memory of a worker without a connection, in bytes (measured: 41 to 48 MB, code that it shares included).</summary>
    public const int WorkerBytes = 48_000_000;

    /// <summary>Resident memory of the suite for one held connection, in bytes: the most that the pool may take.</summary>
    public const int SuiteBytes = 2_600;

    /// <summary>Kernel memory of one end of an idle connection, in bytes: inode and file included (kernel 6.18: 4.1 to 4.7 KB).</summary>
    public const int KernelBytes = 4_600;

    /// <summary>Resident memory of the embedded target for one connection, in bytes (measured on Kestrel).</summary>
    public const int TargetBytes = 14_000;

    /// <summary>Processor time of one open on the client's side, in microseconds (measured: bare socket and C over epoll alike).</summary>
    public const int OpenMicroseconds = 125;

    /// <summary>Connections that the file limit allows one worker, which inherits it: limit − reserve; null where not known or unlimited.</summary>
    public static long? DescriptorsOfWorker(EnvironmentFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.OpenFiles.Soft.Count is { } limit ? Math.Max(0, limit - WorkerDescriptors) : null;
    }

    /// <summary>Connections that the file limit allows all workers together; null where not known or unlimited.</summary>
    public static long? Descriptors(EnvironmentFacts facts) => DescriptorsOfWorker(facts) * MostWorkers;

    /// <summary>The workers that so many connections take; at least 1.</summary>
    internal static int Workers(EnvironmentFacts facts, long connections) => DescriptorsOfWorker(facts) is { } each and > 0
        ? (int)Math.Clamp((connections + each - 1) / each, 1, MostWorkers)
        : 1;

    /// <summary>Connections that the ports allow: (usable − listeners) × sources × destinations − held; null where not known.</summary>
    public static long? Ports(EnvironmentFacts facts, CheckContext context)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(context);
        if (facts.Ports is not { } range)
            return null;

        long usable = Math.Max(0, range.Usable - (facts.Target?.ListenersInRange ?? 0));
        return Math.Max(0, (usable * Sources(context) * Destinations(facts, context)) - PortsHeld(facts));
    }

    /// <summary>Local ports to the target that can't be used now.</summary>
    internal static int PortsHeld(EnvironmentFacts facts)
    {
        var reusable = TimeWaitIsReused(facts) ? TimeWait(facts) : 0;
        return facts.Target?.Held is { } held ? held.Total - reusable : TimeWait(facts) - reusable;
    }

    /// <summary>Sockets in TIME_WAIT to the target; where those are not countable, all of this network namespace.</summary>
    internal static int TimeWait(EnvironmentFacts facts) =>
        facts.Target?.Held?[TcpState.TimeWait] ?? facts.Sockets?.TimeWait ?? 0;

    // Seen on kernel 6.18 with a range of 51 ports: those in TIME_WAIT block connect() at once and no longer after 1.5 s. The same
    // from a source address, as the pool binds it without a port (IP_BIND_ADDRESS_NO_PORT, ip(7)): connect() then picks the port.
    internal static bool TimeWaitIsReused(EnvironmentFacts facts) =>
        facts.TimeWaitReuse.Count == 1 || (facts.TimeWaitReuse.Count == 2 && IsLoopback(facts.Target));

    private static bool IsLoopback(TargetPlace? target) =>
        target is { Addresses: { IsEmpty: false } addresses } && addresses.All(IPAddress.IsLoopback);

    /// <summary>The source addresses that connections are spread over; at least 1.</summary>
    internal static int Sources(CheckContext context) =>
        context.Settings.Pool.SourceAddresses.IsDefaultOrEmpty ? 1 : context.Settings.Pool.SourceAddresses.Distinct().Count();

    /// <summary>
    /// The addresses of the target that connections are spread over, each with ports of its own; at least 1. Where the name has addresses of
    /// two families the pool keeps to the one that answers: as far as is known here, that of the source addresses, else of the first.
    /// </summary>
    internal static int Destinations(EnvironmentFacts facts, CheckContext context)
    {
        if (facts.Target is not { Addresses: { IsEmpty: false } addresses })
            return 1;
        var sources = context.Settings.Pool.SourceAddresses;
        var family = sources.IsDefaultOrEmpty ? addresses[0].AddressFamily : sources[0].AddressFamily;
        return Math.Max(1, addresses.Distinct().Count(address => address.AddressFamily == family));
    }

    /// <summary>Whether the target's memory and descriptors come from this machine.</summary>
    internal static bool IsLocal(EnvironmentFacts facts, CheckContext context) =>
        facts.Target?.IsLocal ?? context.Settings.Target.Url is null;

    /// <summary>Memory that the workers for so many connections take before the first of them, in bytes.</summary>
    internal static long WorkerMemory(EnvironmentFacts facts, long connections) => (long)Workers(facts, connections) * WorkerBytes;

    /// <summary>Memory of this machine for one connection, in bytes.</summary>
    internal static int BytesPerConnection(bool local) => SuiteBytes + KernelBytes + (local ? TargetBytes + KernelBytes : 0);

    /// <summary>What is left of the control group's limit, or of the host's memory, whichever is less.</summary>
    internal static Limit Available(EnvironmentFacts facts)
    {
        var host = facts.Memory?.AvailableBytes is { } bytes
            ? (Limit)new Limit.Number(bytes, "/proc/meminfo MemAvailable")
            : Limit.Absent("/proc/meminfo");
        return Limit.Least([facts.Cgroup.MemoryAvailableBytes, host], "memory");
    }
}
