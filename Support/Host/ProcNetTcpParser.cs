using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
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

/// <summary>
/// Counts rows of <c>/proc/net/tcp</c> and <c>tcp6</c>, line by line and without an allocation a line.
/// </summary>
public sealed class ProcNetTcpParser
{
    private readonly byte[][] remotes;
    private readonly PortRange? range;

    // Written by Add only.
    private readonly int[] counts = new int[(int)TcpState.DeleteTcb + 1];
    private int listenersInRange;

    /// <summary>A count for one remote endpoint.</summary>
    /// <param name="remote">
    /// IPv4 is found as IPv4 and as IPv4 mapped into IPv6, which is how a dual-mode socket is listed.
    /// </param>
    /// <param name="range">Where given, listeners on a port of this range are counted beside it.</param>
    public ProcNetTcpParser(IPEndPoint remote, PortRange? range = null) : this([remote], range)
    {
    }

    /// <summary>A count for several remote endpoints together, as a name with several addresses has them.</summary>
    /// <param name="remotes">As with one.</param>
    /// <param name="range">As with one.</param>
    public ProcNetTcpParser(IReadOnlyCollection<IPEndPoint> remotes, PortRange? range = null)
    {
        ArgumentNullException.ThrowIfNull(remotes);
        this.remotes = [.. remotes.SelectMany(Spellings)];
        this.range = range;
    }

    /// <summary>What was counted so far.</summary>
    public TcpStateCounts Counts => new((int[])counts.Clone());

    /// <summary>Listeners on a port of the range; 0 where no range was given.</summary>
    public int ListenersInRange => listenersInRange;

    /// <summary>Takes one line of the file. A line that is no row, the header for one, counts nothing.</summary>
    /// <param name="line">The line without its line break.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (!ProcNetTcpLine.TryRead(line, out var row))
            return;

        if (IsRemote(row.Remote))
            counts[(int)row.State]++;
        else if (row.State == TcpState.Listen && range is not null && InRange(row.Local, range))
            listenersInRange++;
    }

    private static IEnumerable<byte[]> Spellings(IPEndPoint remote)
    {
        ArgumentNullException.ThrowIfNull(remote);
        var address = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
        yield return Spell(address, remote.Port);
        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
            yield return Spell(address.MapToIPv6(), remote.Port);
    }

    /// <summary>
    /// The words of the file for an endpoint: each 32 bits of the address as a number of this machine's byte order.
    /// </summary>
    private static byte[] Spell(IPAddress address, int port)
    {
        var text = new StringBuilder();
        foreach (var word in MemoryMarshal.Cast<byte, uint>(address.GetAddressBytes()))
            text.Append(CultureInfo.InvariantCulture, $"{word:X8}");

        return Encoding.ASCII.GetBytes(text.Append(CultureInfo.InvariantCulture, $":{port:X4}").ToString());
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
        ProcNetTcpLine.Hex(local[(local.LastIndexOf((byte)':') + 1)..]) is { } port && port >= range.Low
            && port <= range.High;
}
