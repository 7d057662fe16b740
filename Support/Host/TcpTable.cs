using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;

namespace Support.Host;

/// <summary>The TCP sockets of this network namespace.</summary>
public static class TcpTable
{
    /// <summary>Counts this machine's sockets whose remote end is <paramref name="remote"/>, by state.</summary>
    /// <param name="remote">
    /// The remote endpoint; a target on this machine is counted from the client's end only.
    /// </param>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    /// <returns>Null where the kernel's tables are not readable.</returns>
    public static TcpStateCounts? CountTo(IPEndPoint remote, FileTree? files = null) =>
        Read([remote], null, files)?.Counts;

    /// <summary>The same for several remote endpoints together, in one pass.</summary>
    /// <param name="remotes">The remote endpoints.</param>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    public static TcpStateCounts? CountTo(IReadOnlyCollection<IPEndPoint> remotes, FileTree? files = null) =>
        Read(remotes, null, files)?.Counts;

    /// <summary>
    /// The sockets in a state, those of IPv4 first; empty where the kernel's tables are not readable, as on other
    /// systems than Linux.
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
            if (ProcNetTcpLine.TryRead(line, out var row) && row.State == state && TcpRow.From(row) is { } found)
                rows.Add(found);
        }
    }

    /// <summary>
    /// The same for several remote endpoints together, and the listeners on ports of <paramref name="range"/>.
    /// </summary>
    internal static ProcNetTcpParser? Read(IReadOnlyCollection<IPEndPoint> remotes, PortRange? range, FileTree? files)
    {
        var parser = new ProcNetTcpParser(remotes, range);
        var tree = files ?? FileTree.Machine;

        // Not short-circuited: a machine without IPv6 has no tcp6, and its tcp counts all the same.
        var four = tree.ReadLines("/proc/net/tcp", parser.Add);
        var six = tree.ReadLines("/proc/net/tcp6", parser.Add);
        return four || six ? parser : null;
    }
}
