using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Support.Host;

/// <summary>How many sockets of this network namespace are in which state, for one remote endpoint.</summary>
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
    /// Counts this machine's sockets whose remote end is one of <paramref name="remotes"/>, by state; a target on this
    /// machine is counted from the client's end only. Null where the kernel's tables are not readable.
    /// </summary>
    public static TcpStateCounts? CountTo(IReadOnlyCollection<IPEndPoint> remotes, FileTree? files = null) =>
        Read(remotes, null, files)?.Counts;

    /// <summary>
    /// The sockets in a state, those of IPv4 first; empty where the tables are not readable. A table can have a row for
    /// each of 100,000 connections, and few listen.
    /// </summary>
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

    /// <summary>IPv4 is found also as mapped into IPv6, which is how a dual-mode socket is listed.</summary>
    public TcpTableParser(IReadOnlyCollection<IPEndPoint> remotes, PortRange? range = null)
    {
        this.remotes = [.. remotes.SelectMany(Spellings)];
        this.range = range;
    }

    /// <summary>What was counted so far.</summary>
    public TcpStateCounts Counts => new([.. counts]);

    /// <summary>Listeners on a port of the range; 0 where no range was given.</summary>
    public int ListenersInRange { get; private set; }

    /// <summary>Takes one line. A line that is no row, as the heading, counts nothing.</summary>
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

    /// <summary>Each 32 bits of the address as a number of this machine's byte order.</summary>
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

/// <summary>One socket of <c>/proc/net/tcp</c> or <c>tcp6</c>.</summary>
/// <param name="Local">The socket's own end.</param>
/// <param name="Remote">The other end; all zero for a listener.</param>
/// <param name="State">Its state.</param>
/// <param name="Inode">What <c>/proc/PID/fd</c> names it by; 0 where no process holds it.</param>
internal readonly record struct TcpRow(IPEndPoint Local, IPEndPoint Remote, TcpState State, long Inode)
{
    /// <summary>The row of a line; null where an end or the inode cannot be read.</summary>
    public static TcpRow? From(TcpLine line) =>
        EndPoint(line.Local) is { } local && EndPoint(line.Remote) is { } remote && line.Inode is { } inode
            ? new(local, remote, line.State, inode)
            : null;

    /// <summary>
    /// As <c>0100007F:1F90</c>: the address as 32-bit words in the machine's byte order, and the port.
    /// </summary>
    private static IPEndPoint? EndPoint(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        if (colon is not (8 or 32) || TcpLine.Hex(text[(colon + 1)..]) is not (<= ushort.MaxValue and { } port))
            return null;

        Span<byte> bytes = stackalloc byte[colon / 2];
        for (var offset = 0; offset < bytes.Length; offset += 4)
        {
            if (!Utf8Parser.TryParse(text.Slice(offset * 2, 8), out uint word, out var used, 'X') || used != 8)
                return null;
            if (BitConverter.IsLittleEndian)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[offset..], word);
            else
                BinaryPrimitives.WriteUInt32BigEndian(bytes[offset..], word);
        }

        return new IPEndPoint(new IPAddress(bytes), port);
    }
}

/// <summary>
/// One line of the same files, as long as its bytes live. Columns: slot, local address:port, remote address:port,
/// state, in hexadecimal; then five others, and the inode (kernel: Documentation/networking/proc_net_tcp.rst).
/// </summary>
internal readonly ref struct TcpLine
{
    private const int ColumnsBeforeTheInode = 5;

    // include/net/tcp_states.h, from TCP_ESTABLISHED = 1 to TCP_NEW_SYN_RECV = 12.
    private static readonly TcpState[] KernelStates =
    [
        TcpState.Unknown, TcpState.Established, TcpState.SynSent, TcpState.SynReceived, TcpState.FinWait1,
        TcpState.FinWait2, TcpState.TimeWait, TcpState.Closed, TcpState.CloseWait, TcpState.LastAck, TcpState.Listen,
        TcpState.Closing, TcpState.SynReceived,
    ];

    private readonly ReadOnlySpan<byte> rest;

    private TcpLine(ReadOnlySpan<byte> local, ReadOnlySpan<byte> remote, TcpState state, ReadOnlySpan<byte> rest)
    {
        Local = local;
        Remote = remote;
        State = state;
        this.rest = rest;
    }

    /// <summary>The socket's own end, as in <c>0100007F:1F90</c>.</summary>
    public ReadOnlySpan<byte> Local { get; }

    /// <summary>The other end.</summary>
    public ReadOnlySpan<byte> Remote { get; }

    /// <summary>The socket's state.</summary>
    public TcpState State { get; }

    /// <summary>The inode; null where the line ends before it or has no number there.</summary>
    public long? Inode
    {
        get
        {
            var columns = rest;
            for (var column = 0; column < ColumnsBeforeTheInode; column++)
                Next(ref columns);
            var inode = Next(ref columns);
            return Utf8Parser.TryParse(inode, out long number, out var used) && used == inode.Length && number >= 0
                ? number
                : null;
        }
    }

    /// <summary>Splits a line without its line break; false for what is no row, as the heading.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out TcpLine row)
    {
        var slot = Next(ref line);
        var local = Next(ref line);
        var remote = Next(ref line);
        var state = Next(ref line);
        row = default;
        if (slot.IsEmpty || slot[^1] != (byte)':' || Hex(state) is not { } code || code >= KernelStates.Length)
            return false;
        row = new(local, remote, KernelStates[code], line);
        return true;
    }

    /// <summary>A number as these files spell it; null where it is none, or above 2^31.</summary>
    public static int? Hex(ReadOnlySpan<byte> field) =>
        Utf8Parser.TryParse(field, out int value, out var used, 'X') && used == field.Length && value >= 0
            ? value
            : null;

    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        var end = line.IndexOf((byte)' ');
        var field = end < 0 ? line : line[..end];
        line = line[field.Length..];
        return field;
    }
}
