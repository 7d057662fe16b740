using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace Support.Targets;

/// <summary>One socket of <c>/proc/net/tcp</c>.</summary>
/// <param name="Local">The socket's own end.</param>
/// <param name="Remote">The other end; all zero for a listener.</param>
/// <param name="State">The kernel's number (include/net/tcp_states.h).</param>
/// <param name="Inode">What <c>/proc/PID/fd</c> names it by; 0 where no process holds it.</param>
internal readonly record struct TcpRow(IPEndPoint Local, IPEndPoint Remote, int State, long Inode);

/// <summary>The text of <c>/proc/net/tcp</c> and <c>/proc/net/tcp6</c> (kernel Documentation/networking/proc_net_tcp.rst).</summary>
internal static class ListenerTable
{
    /// <summary>TCP_TIME_WAIT.</summary>
    public const int TimeWait = 6;

    /// <summary>TCP_LISTEN.</summary>
    public const int Listen = 10;

    // Column of the inode: sl, local, rem, st, tx:rx, tr:tm, retrnsmt, uid, timeout, inode.
    private const int InodeColumn = 9;

    /// <summary>The rows that can be read; others, the heading among them, are left out.</summary>
    public static ImmutableArray<TcpRow> Parse(string text)
    {
        var rows = ImmutableArray.CreateBuilder<TcpRow>();
        foreach (var line in text.Split('\n'))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > InodeColumn
                && EndPoint(columns[1]) is { } local
                && EndPoint(columns[2]) is { } remote
                && int.TryParse(columns[3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var state)
                && long.TryParse(columns[InodeColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var inode))
                rows.Add(new(local, remote, state, inode));
        }

        return rows.ToImmutable();
    }

    /// <summary>The inodes of what listens at an address and port: the socket bound to the address itself, else those bound to any address.</summary>
    public static ImmutableArray<long> ListenersAt(ImmutableArray<TcpRow> rows, IPEndPoint endpoint)
    {
        var address = Plain(endpoint.Address);
        var listeners = rows.Where(row => row.State == Listen && row.Local.Port == endpoint.Port).ToArray();
        var exact = listeners.Where(row => Plain(row.Local.Address).Equals(address)).ToArray();

        // A listener on :: takes IPv4 as well, unless IPV6_V6ONLY is set, which the table does not tell; 0.0.0.0 is nearer then.
        var any = listeners.Where(row => row.Local.Address.Equals(
            address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any)).ToArray();
        var dual = listeners.Where(row => row.Local.Address.Equals(IPAddress.IPv6Any)).ToArray();
        var nearest = exact.Length > 0 ? exact : any.Length > 0 ? any : dual;
        return [.. nearest.Select(row => row.Inode).Where(inode => inode > 0).Distinct()];
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>As in <c>0100007F:1F90</c>: the address as 32-bit words in the machine's byte order, the port as a number.</summary>
    private static IPEndPoint? EndPoint(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32) || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port))
            return null;

        var bytes = new byte[colon / 2];
        for (var offset = 0; offset < bytes.Length; offset += 4)
        {
            if (!uint.TryParse(text.AsSpan(offset * 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var word))
                return null;
            if (BitConverter.IsLittleEndian)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), word);
            else
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(offset), word);
        }

        return new IPEndPoint(new IPAddress(bytes), port);
    }
}
