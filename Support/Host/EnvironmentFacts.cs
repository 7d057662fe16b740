using System.Collections.Immutable;
using System.Net;

namespace Support.Host;

/// <summary>Everything that the checks and the predicted ceiling rest on, read once before the first step.</summary>
public sealed record EnvironmentFacts
{
    /// <summary>What .NET says of the process and the machine.</summary>
    public required RuntimeFacts Runtime { get; init; }

    /// <summary>The kernel's release; null where not known.</summary>
    public string? KernelRelease { get; init; }

    /// <summary>The processor; null where not known.</summary>
    public CpuInfo? Cpu { get; init; }

    /// <summary>The host's memory; null where not known.</summary>
    public MemInfo? Memory { get; init; }

    /// <summary>The control groups of this process.</summary>
    public CgroupFacts Cgroup { get; init; } = CgroupFacts.Without("not read");

    /// <summary>How many files this process may have open.</summary>
    public OpenFileLimits OpenFiles { get; init; } = OpenFileLimits.Parse(null, "/proc/self/limits");

    /// <summary>The descriptors that this process has open already; null where not known.</summary>
    public int? DescriptorsOpen { get; init; }

    /// <summary>The local ports that connections get; null where not known.</summary>
    public PortRange? Ports { get; init; }

    /// <summary>0 never, 1 always, 2 on loopback only: may a port in TIME_WAIT be used again after a second.</summary>
    public Limit TimeWaitReuse { get; init; } = Limit.Absent("tcp_tw_reuse");

    /// <summary><c>net.core.somaxconn</c>: the longest accept queue that a listener can have.</summary>
    public Limit AcceptQueue { get; init; } = Limit.Absent("somaxconn");

    /// <summary><c>tcp_max_syn_backlog</c>: half-open connections that a listener remembers.</summary>
    public Limit SynBacklog { get; init; } = Limit.Absent("tcp_max_syn_backlog");

    /// <summary>What the accept path of this network namespace lost so far; null where not known.</summary>
    public NetstatCounters? Netstat { get; init; }

    /// <summary>The connections that the firewall can track; unknown where it tracks none.</summary>
    public Limit ConnectionTrackingMax { get; init; } = Limit.Absent("nf_conntrack_max");

    /// <summary>The connections that the firewall tracks now.</summary>
    public Limit ConnectionTrackingCount { get; init; } = Limit.Absent("nf_conntrack_count");

    /// <summary>The bounds of TCP buffer memory; null where not known.</summary>
    public TcpMem? TcpMem { get; init; }

    /// <summary>The TCP sockets of this network namespace; null where not known.</summary>
    public SocketFacts? Sockets { get; init; }

    /// <summary>Where the target is; null where none was named.</summary>
    public ResolvedTarget? Target { get; init; }

    /// <summary>The file limits of the target's process, where it runs here and may be read; else null.</summary>
    public OpenFileLimits? TargetOpenFiles { get; init; }

    /// <summary>The descriptors that the target's process has open; null where not known.</summary>
    public int? TargetDescriptorsOpen { get; init; }
}

/// <summary>What .NET says of the process and the machine.</summary>
public sealed record RuntimeFacts
{
    /// <summary>Whether this is Linux: nothing else has <c>/proc</c> and control groups.</summary>
    public required bool IsLinux { get; init; }

    /// <summary>The operating system in its own words.</summary>
    public required string System { get; init; }

    /// <summary>The runtime, as in <c>.NET 10.0.1</c>.</summary>
    public required string Framework { get; init; }

    /// <summary>The processor architecture of the process, as in <c>Arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The processors that .NET works with; at least 1.</summary>
    public required int Processors { get; init; }

    /// <summary>Server garbage collection, with one heap a core; else workstation.</summary>
    public bool ServerGc { get; init; }

    /// <summary>Whether the old generation is collected in the background.</summary>
    public bool ConcurrentGc { get; init; }

    /// <summary>The most that the managed heap may take, in bytes; unknown where the runtime doesn't tell.</summary>
    public Limit HeapHardLimitBytes { get; init; } = new Limit.Unknown("the runtime doesn't tell", "GC configuration");

    /// <summary>The memory that the garbage collector believes to have, in bytes.</summary>
    public long GcAvailableBytes { get; init; }

    /// <summary>The size of a page of memory, in bytes.</summary>
    public int PageBytes { get; init; } = Environment.SystemPageSize;
}

/// <summary>Where the target is.</summary>
public sealed record ResolvedTarget
{
    /// <summary>The host as the URL names it, without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>The port; 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The addresses, in the resolver's order; empty where it gave none.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>Whether the host is an address, so that nothing was asked.</summary>
    public bool IsAddress { get; init; }

    /// <summary>How long the resolver took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why there is no address; null where there is one.</summary>
    public NameFailure? Failure { get; init; }

    /// <summary>In this network namespace: both ends of each connection are then this machine's.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Sockets here whose remote end is an address of the target; null where not known.</summary>
    public TcpStateCounts? Held { get; init; }

    /// <summary>Listeners here on a port of the local port range; they take it from connections.</summary>
    public int ListenersInRange { get; init; }
}

/// <summary>Why a name has no address: whose fault it is, and what the system said.</summary>
public sealed record NameFailure(NameFailureKind Kind, string Message);

/// <summary>Why a name has no address: the name, or the resolver.</summary>
public enum NameFailureKind
{
    /// <summary>The resolver answered: there is no such name, or it has no address (EAI_NONAME, EAI_NODATA).</summary>
    NoSuchName,

    /// <summary>The resolver did not answer, or said that it can't (EAI_AGAIN, EAI_FAIL, the deadline).</summary>
    ResolverFailed,
}
