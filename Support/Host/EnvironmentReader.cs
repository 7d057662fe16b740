using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Support.Host;

/// <summary>Reads the machine. What can't be read is a value, never an exception.</summary>
/// <param name="files">The files to read; null reads the machine's own.</param>
/// <param name="resolve">Finds the addresses of a name; null asks the system's resolver.</param>
/// <param name="time">The clock of the resolver's deadline; null is the system's.</param>
/// <param name="runtime">What .NET tells; null asks it.</param>
internal sealed class EnvironmentReader(
    FileTree? files = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null,
    TimeProvider? time = null, RuntimeFacts? runtime = null)
{
    private const string Ipv4 = "/proc/sys/net/ipv4";
    private const string Netfilter = "/proc/sys/net/netfilter";

    private readonly FileTree files = files ?? FileTree.Machine;
    private readonly TargetResolver resolver = new(resolve ?? Dns.GetHostAddressesAsync, time ?? TimeProvider.System);

    /// <summary>Reads everything once, in milliseconds, and up to 5 s more where the resolver doesn't answer.</summary>
    /// <param name="target">Where connections go to; null where not known yet.</param>
    /// <param name="targetPid">The target's process, where it runs on this machine; else null.</param>
    /// <param name="cancellationToken">Ends the wait for the resolver.</param>
    public async Task<EnvironmentFacts> ReadAsync(Uri? target, int? targetPid, CancellationToken cancellationToken)
    {
        var facts = ReadMachine();
        if (target is not null)
        {
            var resolved = await resolver.ResolveAsync(target, cancellationToken).ConfigureAwait(false);
            facts = facts with { Target = CountSockets(resolved, facts.Ports) };
        }

        return targetPid is { } pid ? WithTargetProcess(facts, pid) : facts;
    }

    /// <summary>What .NET tells of this process.</summary>
    internal static RuntimeFacts ReadRuntime() => new()
    {
        IsLinux = OperatingSystem.IsLinux(),
        System = RuntimeInformation.OSDescription,
        Framework = RuntimeInformation.FrameworkDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        Processors = Environment.ProcessorCount,
        ServerGc = GCSettings.IsServerGC,
        ConcurrentGc = GCSettings.LatencyMode is not GCLatencyMode.Batch,
        HeapHardLimitBytes = HeapHardLimit(),
        GcAvailableBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
    };

    private EnvironmentFacts ReadMachine() => new()
    {
        Runtime = runtime ?? ReadRuntime(),
        KernelRelease = files.ReadText("/proc/sys/kernel/osrelease")?.Trim(),
        Cpu = CpuInfo.Parse(files.ReadText("/proc/cpuinfo")),
        Memory = MemInfo.Parse(files.ReadText("/proc/meminfo")),
        Cgroup = new CgroupReader(files).Read(),
        OpenFiles = OpenFileLimits.OfThisProcess(files),
        DescriptorsOpen = files.CountEntries("/proc/self/fd"),
        Ports = PortRange.Parse(
            files.ReadText($"{Ipv4}/ip_local_port_range"), files.ReadText($"{Ipv4}/ip_local_reserved_ports")),
        TimeWaitReuse = Number($"{Ipv4}/tcp_tw_reuse"),
        AcceptQueue = Number("/proc/sys/net/core/somaxconn"),
        SynBacklog = Number($"{Ipv4}/tcp_max_syn_backlog"),
        Netstat = NetstatCounters.Parse(files.ReadText("/proc/net/netstat")),
        ConnectionTrackingMax = Number($"{Netfilter}/nf_conntrack_max"),
        ConnectionTrackingCount = Number($"{Netfilter}/nf_conntrack_count"),
        TcpMem = TcpMem.Parse(files.ReadText($"{Ipv4}/tcp_mem")),
        Sockets = SocketFacts.Read(files),
    };

    private Limit Number(string path) => Limit.OfWholeNumber(files.ReadText(path), path);

    private ResolvedTarget CountSockets(ResolvedTarget resolved, PortRange? range)
    {
        if (resolved.Addresses.IsEmpty || resolved.Port is < 1 or > ushort.MaxValue)
            return resolved;

        var remotes = resolved.Addresses.Distinct().Select(address => new IPEndPoint(address, resolved.Port));
        var parser = TcpTable.Read([.. remotes], range, files);
        return resolved with { Held = parser?.Counts, ListenersInRange = parser?.ListenersInRange ?? 0 };
    }

    private EnvironmentFacts WithTargetProcess(EnvironmentFacts facts, int pid)
    {
        var path = Say($"/proc/{pid}/limits");
        var text = files.ReadText(path);
        return facts with
        {
            TargetOpenFiles = text is null ? null : OpenFileLimits.Parse(text, path),
            TargetDescriptorsOpen = ProcessFacts.DescriptorsOf(pid, files),
        };
    }

    // A hard limit of 0 is how the runtime spells that there is none.
    private static Limit HeapHardLimit()
    {
        const string name = "GCHeapHardLimit";
        if (!GC.GetConfigurationVariables().TryGetValue(name, out var value))
            return new Limit.Unknown("the runtime doesn't tell", name);

        var bytes = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        return bytes > 0 ? new Limit.Number(bytes, name) : new Limit.None(name);
    }
}

/// <summary>Finds the addresses of the target, with a deadline.</summary>
internal sealed class TargetResolver(Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
{
    /// <summary>
    /// The resolver's default is 2 attempts of 5 s (resolv.conf(5)); one must be enough for a load test.
    /// </summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    internal async Task<ResolvedTarget> ResolveAsync(Uri url, CancellationToken cancellationToken)
    {
        var resolved = new ResolvedTarget { Host = url.IdnHost, Port = url.Port };
        if (IPAddress.TryParse(url.IdnHost, out var literal))
            return resolved with { IsAddress = true, Addresses = [literal], IsLocal = AllLocal([literal]) };

        var started = time.GetTimestamp();
        var (addresses, failure) = await AskAsync(url.IdnHost, cancellationToken).ConfigureAwait(false);
        return resolved with
        {
            Addresses = [.. addresses],
            Elapsed = time.GetElapsedTime(started),
            Failure = failure,
            IsLocal = addresses.Length > 0 && AllLocal(addresses),
        };
    }

    private async Task<(IPAddress[] Addresses, NameFailure? Failure)> AskAsync(
        string host, CancellationToken cancellationToken)
    {
        try
        {
            // getaddrinfo can't be cancelled: the wait is, and the call ends by itself.
            var addresses = await resolve(host, cancellationToken)
                .WaitAsync(Deadline, time, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0
                ? (addresses, null)
                : ([], new NameFailure(NameFailureKind.NoSuchName, "the name has no address"));
        }
        catch (SocketException error)
        {
            var kind = error.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData
                ? NameFailureKind.NoSuchName
                : NameFailureKind.ResolverFailed;
            return ([], new NameFailure(kind, error.Message));
        }
        catch (TimeoutException)
        {
            return ([], new NameFailure(
                NameFailureKind.ResolverFailed, $"no answer within {Deadline.TotalSeconds:0} s"));
        }
    }

    private static bool AllLocal(IPAddress[] addresses) =>
        Array.TrueForAll(addresses, IPAddress.IsLoopback) || Array.TrueForAll(addresses, Own().Contains);

    private static HashSet<IPAddress> Own()
    {
        try
        {
            var interfaces = NetworkInterface.GetAllNetworkInterfaces();
            return [.. interfaces.SelectMany(face => face.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
