using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.NetworkInformation;

namespace Support.Host;

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
    /// As in <c>0100007F:1F90</c>: the address as 32-bit words in the machine's byte order, the port as a number.
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

/// <summary>One line of the same files, as it is spelt there; it lives as long as the line's bytes.</summary>
/// <remarks>
/// Columns: slot, local address:port, remote address:port, state, in hexadecimal; then five others, and the inode
/// (kernel: Documentation/networking/proc_net_tcp.rst).
/// </remarks>
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

    /// <summary>Splits a line.</summary>
    /// <param name="line">The line without its line break.</param>
    /// <param name="row">The line's columns.</param>
    /// <returns>False for what is no row, as the heading.</returns>
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
