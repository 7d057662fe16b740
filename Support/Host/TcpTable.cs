using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Support.Host;

/// <summary>How many sockets of this network namespace are in which state, counted for one remote endpoint.</summary>
/// <param name="byState">Indexed by <see cref="TcpState"/>.</param>
public sealed class TcpStateCounts(int[] byState)
{
    /// <summary>The sockets in one state.</summary>
    public int this[TcpState state] => (int)state < byState.Length ? byState[(int)state] : 0;

    /// <summary>The sockets in any state.</summary>
    public int Total => byState.Sum();
}

/// <summary>The TCP sockets of this network namespace, in <c>/proc/net/tcp</c> and <c>tcp6</c>.</summary>
internal static class TcpTable
{
    /// <summary>
    /// Counts this machine's sockets whose remote end is one of <paramref name="remotes"/>, by state.
    /// </summary>
    /// <param name="remotes">
    /// The remote endpoints; a target on this machine is counted from the client's end only.
    /// </param>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    /// <returns>Null where the kernel's tables are not readable.</returns>
    public static TcpStateCounts? CountTo(IReadOnlyCollection<IPEndPoint> remotes, FileTree? files = null) =>
        Read(remotes, null, files)?.Counts;

    /// <summary>
    /// The sockets in a state, those of IPv4 first; empty where the kernel's tables are not readable.
    /// </summary>
    /// <param name="state">The state: a table can have a row for each of 100,000 connections, and few listen.</param>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    internal static ImmutableArray<TcpRow> Rows(TcpState state, FileTree? files = null)
    {
        var rows = ImmutableArray.CreateBuilder<TcpRow>();
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
            (files ?? FileTree.Machine).ReadLines(table, Add);
        return rows.ToImmutable();

        void Add(ReadOnlySpan<byte> line)
        {
            if (TcpLine.TryRead(line, out var row) && row.State == state && TcpRow.From(row) is { } found)
                rows.Add(found);
        }
    }

    /// <summary>As <see cref="CountTo"/>, and the listeners on ports of <paramref name="range"/>.</summary>
    internal static TcpTableParser? Read(IReadOnlyCollection<IPEndPoint> remotes, PortRange? range, FileTree? files)
    {
        var parser = new TcpTableParser(remotes, range);
        var tree = files ?? FileTree.Machine;

        // Not short-circuited: a machine without IPv6 has no tcp6, and its tcp counts all the same.
        var four = tree.ReadLines("/proc/net/tcp", parser.Add);
        var six = tree.ReadLines("/proc/net/tcp6", parser.Add);
        return four || six ? parser : null;
    }
}

/// <summary>Counts the rows of these tables, line by line and without an allocation a line.</summary>
internal sealed class TcpTableParser
{
    private readonly byte[][] remotes;
    private readonly PortRange? range;
    private readonly int[] counts = new int[(int)TcpState.DeleteTcb + 1];

    /// <summary>A count for several remote endpoints together, as a name with several addresses has them.</summary>
    /// <param name="remotes">
    /// IPv4 is found as IPv4 and as IPv4 mapped into IPv6, which is how a dual-mode socket is listed.
    /// </param>
    /// <param name="range">Where given, listeners on a port of this range are counted beside it.</param>
    public TcpTableParser(IReadOnlyCollection<IPEndPoint> remotes, PortRange? range = null)
    {
        this.remotes = [.. remotes.SelectMany(Spellings)];
        this.range = range;
    }

    /// <summary>What was counted so far.</summary>
    public TcpStateCounts Counts => new([.. counts]);

    /// <summary>Listeners on a port of the range; 0 where no range was given.</summary>
    public int ListenersInRange { get; private set; }

    /// <summary>Takes one line of the file. A line that is no row, the header for one, counts nothing.</summary>
    /// <param name="line">The line without its line break.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (!TcpLine.TryRead(line, out var row))
            return;

        if (IsRemote(row.Remote))
            counts[(int)row.State]++;
        else if (row.State == TcpState.Listen && range is not null && InRange(row.Local, range))
            ListenersInRange++;
    }

    private static IEnumerable<byte[]> Spellings(IPEndPoint remote)
    {
        var address = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
        yield return Spell(address, remote.Port);
        if (address.AddressFamily == AddressFamily.InterNetwork)
            yield return Spell(address.MapToIPv6(), remote.Port);
    }

    /// <summary>
    /// The words of the file for an endpoint: each 32 bits of the address as a number of this machine's byte order.
    /// </summary>
    private static byte[] Spell(IPAddress address, int port)
    {
        var words = MemoryMarshal.Cast<byte, uint>(address.GetAddressBytes()).ToArray();
        return Encoding.ASCII.GetBytes($"{string.Concat(words.Select(word => $"{word:X8}"))}:{port:X4}");
    }

    private bool IsRemote(ReadOnlySpan<byte> field)
    {
        foreach (var remote in remotes)
        {
            if (field.SequenceEqual(remote))
                return true;
        }

        return false;
    }

    private static bool InRange(ReadOnlySpan<byte> local, PortRange range) =>
        TcpLine.Hex(local[(local.LastIndexOf((byte)':') + 1)..]) is { } port && port >= range.Low && port <= range.High;
}
