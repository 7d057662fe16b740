using Support.Host;

namespace Support.Pool.Linux;

/// <summary>
/// Narrows the kernel's search for a local port to a few that are likely free. Left alone, connect(2) looks at port
/// after port of the whole range, and once half of it is taken that search is a third of what an open costs. Each
/// connection gets a window that lies one port further than the one before; where a window is full, the kernel searches
/// the whole range after all.
/// </summary>
/// <remarks>IP_LOCAL_PORT_RANGE, ip(7): since Linux 6.3; an older kernel refuses it, and nothing is narrowed.</remarks>
internal sealed unsafe class PortWindow
{
    /// <summary>Ports in a window; wide enough that a few that others hold don't fill it.</summary>
    public const int Width = 64;

    private readonly int low;
    private readonly int high;

    // Written by Narrow only.
    private int next;
    private bool isRefused;

    /// <summary>Windows over a range.</summary>
    /// <param name="range">
    /// The range of this network namespace; null where it is not known, and then nothing is narrowed.
    /// </param>
    /// <param name="start">Any number; where in the range the first window lies.</param>
    public PortWindow(PortRange? range, int start)
    {
        isRefused = range is null || range.High - range.Low < 2 * Width;
        (low, high) = range is null ? (0, 0) : (range.Low, range.High);
        next = isRefused ? low : low + (start % (high - low - Width));
    }

    /// <summary>Windows over the range that this machine's network namespace gives.</summary>
    /// <param name="phase">Where the first one lies, as a share of the range: processes that open side by side start
    /// apart, so that none finds its windows full of the others' ports. Null for anywhere, so that a step does not
    /// start where the last one did.</param>
    public static PortWindow OfThisMachine(double? phase)
    {
        var range = PortRange.Parse(FileTree.Machine.ReadText("/proc/sys/net/ipv4/ip_local_port_range"), null);
        return new(
            range,
            phase is { } share && range is not null ? (int)(share * (range.High - range.Low)) : Random.Shared.Next());
    }

    /// <summary>
    /// Lowest and highest port of the next window, as the option takes them; null where nothing is narrowed.
    /// </summary>
    public uint? Next()
    {
        if (isRefused)
            return null;
        var from = next;
        next = next + Width > high ? low : next + 1;
        return (uint)from | ((uint)(from + Width - 1) << 16);
    }

    /// <summary>Narrows a socket to the next window; false where it has the whole range.</summary>
    public bool Narrow(int descriptor)
    {
        if (Next() is not { } window)
            return false;
        isRefused = Libc.SetSocketOption(
            descriptor, Libc.ProtocolIp, Libc.IpLocalPortRange, &window, sizeof(uint)) != 0;
        return !isRefused;
    }

    /// <summary>Gives a socket the whole range back.</summary>
    public static void Widen(int descriptor)
    {
        var whole = 0u;
        _ = Libc.SetSocketOption(descriptor, Libc.ProtocolIp, Libc.IpLocalPortRange, &whole, sizeof(uint));
    }
}
