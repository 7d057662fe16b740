using System.Globalization;

namespace Support.Host;

/// <summary>The host's memory in bytes: <c>/proc/meminfo</c> (proc(5)). Null is "not known", never zero.</summary>
/// <param name="TotalBytes">All that the kernel can use.</param>
/// <param name="AvailableBytes">What can be had without swapping: free, and caches that can be dropped.</param>
/// <param name="SlabBytes">The kernel's own objects, sockets among them.</param>
public sealed record MemInfo(long? TotalBytes, long? AvailableBytes, long? SlabBytes)
{
    /// <summary>Null where the text has none of them.</summary>
    public static MemInfo? Parse(string? text)
    {
        var info = new MemInfo(Bytes(text, "MemTotal:"), Bytes(text, "MemAvailable:"), Bytes(text, "Slab:"));
        return info == new MemInfo(null, null, null) ? null : info;
    }

    // The unit is always kB and means 1,024 bytes. 2^40 KiB is more than any machine has: beyond it the text is
    // malformed.
    private static long? Bytes(string? text, string key) =>
        KernelText.After(text, key)?.Trim() is { } number && number.EndsWith(" kB", StringComparison.Ordinal)
            ? KernelText.Number(number.AsSpan(0, number.Length - 3), 1L << 40) * 1024
            : null;
}

/// <summary>
/// What this network namespace's accept path lost since it came up: the TcpExt lines of <c>/proc/net/netstat</c>
/// (kernel: <c>net/ipv4/proc.c</c>). Null is "not known", never zero.
/// </summary>
/// <param name="ListenOverflows">Handshakes dropped because an accept queue was full.</param>
/// <param name="ListenDrops">All handshakes dropped at a listener, the overflows included.</param>
/// <param name="RequestQueueFullDrops">SYNs dropped: a queue of half-open connections was full.</param>
/// <param name="SyncookiesSent">SYNs answered by a cookie because that queue was full.</param>
public sealed record NetstatCounters(
    long? ListenOverflows, long? ListenDrops, long? RequestQueueFullDrops, long? SyncookiesSent)
{
    private const string Prefix = "TcpExt:";

    /// <summary>Null where there are no TcpExt lines. The names stand in one line, the values in the next.</summary>
    public static NetstatCounters? Parse(string? text)
    {
        var lines = (text ?? "")
            .Split('\n').Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Take(2).ToArray();
        if (lines.Length < 2)
            return null;

        var (names, values) = (KernelText.Fields(lines[0]), KernelText.Fields(lines[1]));
        return new(Value("ListenOverflows"), Value("ListenDrops"), Value("TCPReqQFullDrop"), Value("SyncookiesSent"));

        long? Value(string name) => Array.IndexOf(names, name) is var at and > 0 && at < values.Length
            ? KernelText.Number(values[at])
            : null;
    }
}

/// <summary>The TCP sockets of this network namespace at one moment. Null is "not known here", never zero.</summary>
/// <param name="TcpMemoryBytes">Buffers charged to TCP on the whole host. Idle sockets hold none.</param>
/// <param name="InUse">Sockets in use, IPv4 and IPv6.</param>
/// <param name="TimeWait">Sockets in TIME_WAIT.</param>
public sealed record SocketFacts(long? TcpMemoryBytes, int? InUse, int? TimeWait)
{
    /// <summary>Reads <c>/proc/net/sockstat</c> and <c>sockstat6</c>; null where they are not readable.</summary>
    public static SocketFacts? Read(FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        if (Sockstat.Parse(tree.ReadText("/proc/net/sockstat")) is not { } four)
            return null;

        var six = Sockstat.Parse(tree.ReadText("/proc/net/sockstat6"));
        return new(four.MemoryPages * Environment.SystemPageSize, four.InUse + (six?.InUse ?? 0), four.TimeWait);
    }
}

/// <summary>The TCP line of <c>/proc/net/sockstat</c> or <c>sockstat6</c> (kernel: <c>net/ipv4/proc.c</c>).</summary>
/// <param name="InUse">IPv4 from <c>sockstat</c>, IPv6 from <c>sockstat6</c>.</param>
/// <param name="TimeWait">Of both families; only <c>sockstat</c> has it.</param>
/// <param name="MemoryPages">Of buffers charged to TCP; only <c>sockstat</c> has it, for the whole host.</param>
internal sealed record Sockstat(int? InUse, int? TimeWait, long? MemoryPages)
{
    /// <summary>The values; null where there is no such line.</summary>
    public static Sockstat? Parse(string? text)
    {
        if ((KernelText.After(text, "TCP:") ?? KernelText.After(text, "TCP6:")) is not { } line)
            return null;
        var fields = KernelText.Fields(line);
        return new((int?)After("inuse"), (int?)After("tw"), After("mem"));

        long? After(string name) => Array.IndexOf(fields, name) + 1 is var at and > 0 && at < fields.Length
            ? KernelText.Number(fields[at], int.MaxValue)
            : null;
    }
}

/// <summary>The bounds of TCP buffer memory, of the whole host, in pages: <c>tcp_mem</c> (tcp(7)).</summary>
/// <param name="Low">Below it the kernel doesn't moderate.</param>
/// <param name="Pressure">From here on it shrinks buffers.</param>
/// <param name="High">Beyond it no buffer is given.</param>
public sealed record TcpMem(long Low, long Pressure, long High)
{
    // 4 PiB in pages of 4 KiB: beyond it the text is malformed, and bytes would overflow.
    private const long MostPages = 1L << 40;

    /// <summary>Null where the text is not three ascending numbers.</summary>
    public static TcpMem? Parse(string? text) =>
        KernelText.Fields(text) is [var first, var second, var third]
        && KernelText.Number(first, MostPages) is { } low
        && KernelText.Number(second, MostPages) is { } pressure && low <= pressure
        && KernelText.Number(third, MostPages) is { } high && pressure <= high
            ? new(low, pressure, high)
            : null;
}

/// <summary>
/// The local ports of outgoing connections: <c>ip_local_port_range</c> less <c>ip_local_reserved_ports</c> (kernel:
/// Documentation/networking/ip-sysctl.rst).
/// </summary>
/// <param name="Low">The lowest; 1 to 65535.</param>
/// <param name="High">The highest; at least <paramref name="Low"/>.</param>
/// <param name="Reserved">How many of them are reserved and never given.</param>
public sealed record PortRange(int Low, int High, int Reserved)
{
    /// <summary>How many can be given, for each source address and destination.</summary>
    public int Usable => High - Low + 1 - Reserved;

    /// <summary>Null where the range is not known.</summary>
    /// <param name="range">Two numbers, as in <c>32768 60999</c>; null where the file is absent.</param>
    /// <param name="reserved">As <c>8080,9000-9010</c>; null or empty: none; what is no range is ignored.</param>
    public static PortRange? Parse(string? range, string? reserved)
    {
        if (KernelText.Fields(range) is not [var first, var last]
            || Port(first) is not { } low || Port(last) is not { } high || low > high)
            return null;

        var taken = new HashSet<int>();
        foreach (var part in (reserved ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', 2);
            if (Port(ends[0]) is not { } from || Port(ends[^1]) is not { } to)
                continue;
            for (var port = Math.Max(from, low); port <= Math.Min(to, high); port++)
                taken.Add(port);
        }

        return new(low, high, taken.Count);
    }

    private static int? Port(string text) =>
        (int?)KernelText.Number(text, ushort.MaxValue) is { } port and > 0 ? port : null;
}

/// <summary>How many files a process may have open: <c>/proc/PID/limits</c> (proc(5)).</summary>
/// <param name="Soft">What is in force now.</param>
/// <param name="Hard">What the process may raise it to; .NET raises soft to hard when it starts.</param>
public sealed record OpenFileLimits(Limit Soft, Limit Hard)
{
    /// <summary>
    /// What Fargate gives a container that sets none, soft and hard (ECS API reference, ContainerDefinition, ulimits).
    /// </summary>
    /// <remarks>It was 1,024/4,096 until 2022 and 1,024/65,535 until 2024.</remarks>
    internal const int FargateDefault = 65_535;

    /// <summary>The most that Fargate, and a kernel with its default <c>fs.nr_open</c>, allows.</summary>
    internal const int Most = 1_048_576;

    private const string Name = "Max open files";
    private const string Own = "/proc/self/limits";

    /// <summary>Those of this process, and of every process that it starts.</summary>
    internal static OpenFileLimits OfThisProcess(FileTree? files = null) =>
        Parse((files ?? FileTree.Machine).ReadText(Own), Own);

    /// <summary>Of the line "Max open files"; null where the file is absent.</summary>
    public static OpenFileLimits Parse(string? text, string source)
    {
        if (text is null)
            return Both(Limit.Absent(source));
        if (KernelText.After(text, Name) is not { } line)
            return Both(new Limit.Unknown($"it has no line '{Name}'", source));
        return KernelText.Fields(line) is [var soft, var hard, ..]
            ? new(Of(soft, source), Of(hard, source))
            : Both(Limit.Malformed(Name + line, "a soft and a hard limit", source));
    }

    /// <summary>A round number to ask for: the next power of two, at least the 65,536 that cost nothing.</summary>
    internal static int RoundUp(long needed) =>
        (int)Math.Clamp((long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)needed), FargateDefault + 1, Most);

    /// <summary>The limit as a container definition sets it.</summary>
    internal static string Ulimits(int limit) =>
        Say($"\"ulimits\": [{{ \"name\": \"nofile\", \"softLimit\": {limit}, \"hardLimit\": {limit} }}]");

    private static Limit Of(string field, string source) =>
        field == "unlimited" ? new Limit.None(source)
        : KernelText.Number(field) is { } value ? new Limit.Number(value, source)
        : Limit.Malformed(field, "a number or 'unlimited'", source);

    private static OpenFileLimits Both(Limit limit) => new(limit, limit);
}

/// <summary>The processor: <c>/proc/cpuinfo</c>, which each architecture writes in its own words.</summary>
/// <param name="Model">The model in words; null where the kernel gives none.</param>
/// <param name="Processors">The logical processors that are listed.</param>
public sealed record CpuInfo(string? Model, int Processors)
{
    private const int Arm = 0x41;

    // Main ID register, Implementer field (Arm Architecture Reference Manual, MIDR_EL1).
    private static readonly Dictionary<int, string> Implementers = new()
    {
        [Arm] = "Arm",
        [0x48] = "HiSilicon",
        [0x51] = "Qualcomm",
        [0x61] = "Apple",
        [0xc0] = "Ampere",
    };

    // Main ID register, PartNum field, of the cores that cloud providers rent out (Arm's technical reference manuals).
    private static readonly Dictionary<int, string> ArmParts = new()
    {
        [0xd08] = "Cortex-A72",
        [0xd0c] = "Neoverse N1",
        [0xd40] = "Neoverse V1",
        [0xd49] = "Neoverse N2",
        [0xd4f] = "Neoverse V2",
    };

    /// <summary>Null where the text lists none.</summary>
    public static CpuInfo? Parse(string? text)
    {
        var pairs = (text ?? "").Split('\n').Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        var processors = pairs["processor"].Count();
        return processors == 0 ? null : new(ModelOf(pairs), processors);
    }

    // x86 has "model name"; arm64 only the numbers of the main ID register.
    private static string? ModelOf(ILookup<string, string> pairs)
    {
        if (pairs["model name"].FirstOrDefault() is { Length: > 0 } name)
            return name;
        if (Hex(pairs["CPU implementer"]) is not { } implementer || Hex(pairs["CPU part"]) is not { } part)
            return null;

        var maker = Implementers.GetValueOrDefault(implementer, $"implementer 0x{implementer:x2}");
        var core = implementer == Arm ? ArmParts.GetValueOrDefault(part) : null;
        return $"{maker} {core ?? $"part 0x{part:x3}"}";
    }

    private static int? Hex(IEnumerable<string> values) =>
        values.FirstOrDefault() is { } text && text.StartsWith("0x", StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}

/// <summary>How the kernel writes its tables: lines, fields between blanks, unsigned numbers.</summary>
internal static class KernelText
{
    /// <summary>A number of digits alone, at most so large; null for everything else.</summary>
    public static long? Number(ReadOnlySpan<char> text, long most = long.MaxValue) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most
            ? value
            : null;

    /// <summary>The fields of a line; none where it is absent.</summary>
    public static string[] Fields(string? line) =>
        (line ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The rest of the first line that begins so; null where there is none.</summary>
    public static string? After(string? text, string start)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
                return line[start.Length..].ToString();
        }

        return null;
    }
}
