using System.Globalization;

namespace Support.Host;

/// <summary>What <c>/proc/net/sockstat</c> says of TCP in this network namespace. Null is "not known", never zero.</summary>
/// <param name="InUse">Sockets in use; IPv4 from <c>sockstat</c>, IPv6 from <c>sockstat6</c>.</param>
/// <param name="TimeWait">Sockets in TIME_WAIT, of both families; only <c>sockstat</c> has it.</param>
/// <param name="MemoryPages">Pages of buffers charged to TCP; only <c>sockstat</c> has it, and it counts the whole host.</param>
public sealed record Sockstat(int? InUse, int? TimeWait, long? MemoryPages);

/// <summary>Reads <c>/proc/net/sockstat</c> and <c>sockstat6</c> (kernel: <c>net/ipv4/proc.c</c>, <c>sockstat_seq_show</c>).</summary>
public static class SockstatParser
{
    /// <summary>The values of the TCP line; null where there is none.</summary>
    /// <param name="text">The content of the file; null where it is absent.</param>
    public static Sockstat? Parse(string? text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith("TCP:", StringComparison.Ordinal) && !line.StartsWith("TCP6:", StringComparison.Ordinal))
                continue;

            var fields = line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new Sockstat((int?)After(fields, "inuse"), (int?)After(fields, "tw"), After(fields, "mem"));
        }

        return null;
    }

    private static long? After(string[] fields, string name)
    {
        var at = Array.IndexOf(fields, name) + 1;
        return at > 0 && at < fields.Length && int.TryParse(fields[at], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }
}
