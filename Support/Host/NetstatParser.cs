using System.Globalization;

namespace Support.Host;

/// <summary>What this network namespace's accept path lost since it came up. Null is "not known", never zero.</summary>
/// <param name="ListenOverflows">Handshakes dropped because an accept queue was full.</param>
/// <param name="ListenDrops">All handshakes dropped at a listener, the overflows included.</param>
/// <param name="RequestQueueFullDrops">SYNs dropped because a queue of half-open connections was full (<c>TCPReqQFullDrop</c>).</param>
/// <param name="SyncookiesSent">SYNs answered by a cookie because that queue was full.</param>
public sealed record NetstatCounters(long? ListenOverflows, long? ListenDrops, long? RequestQueueFullDrops, long? SyncookiesSent);

/// <summary>Reads the TcpExt lines of <c>/proc/net/netstat</c> (kernel: <c>net/ipv4/proc.c</c>, <c>netstat_seq_show</c>).</summary>
public static class NetstatParser
{
    private const string Prefix = "TcpExt:";

    /// <summary>The counters; null where the text has no TcpExt lines. The names stand in one line, the values in the next.</summary>
    /// <param name="text">The content of the file; null where it is absent.</param>
    public static NetstatCounters? Parse(string? text)
    {
        var lines = (text ?? "").Split('\n').Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Take(2).ToArray();
        if (lines.Length < 2)
            return null;

        var names = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var values = lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new NetstatCounters(
            Value(names, values, "ListenOverflows"),
            Value(names, values, "ListenDrops"),
            Value(names, values, "TCPReqQFullDrop"),
            Value(names, values, "SyncookiesSent"));
    }

    private static long? Value(string[] names, string[] values, string name)
    {
        var at = Array.IndexOf(names, name);
        return at > 0 && at < values.Length && long.TryParse(values[at], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }
}
