namespace Support.Host;

/// <summary>The TCP sockets of this network namespace at one moment. Null is "not known here", never zero.</summary>
/// <param name="TcpMemoryBytes">Buffers charged to TCP on the whole host, in bytes: pages × page size. Idle sockets hold none.</param>
/// <param name="InUse">Sockets in use, IPv4 and IPv6.</param>
/// <param name="TimeWait">Sockets in TIME_WAIT.</param>
public sealed record SocketFacts(long? TcpMemoryBytes, int? InUse, int? TimeWait)
{
    /// <summary>Reads <c>/proc/net/sockstat</c> and <c>sockstat6</c>.</summary>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    /// <returns>Null where they are not readable.</returns>
    public static SocketFacts? Read(FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        if (SockstatParser.Parse(tree.ReadText("/proc/net/sockstat")) is not { } four)
            return null;

        var six = SockstatParser.Parse(tree.ReadText("/proc/net/sockstat6"));
        return new SocketFacts(four.MemoryPages * Environment.SystemPageSize, four.InUse + (six?.InUse ?? 0), four.TimeWait);
    }
}
