using System.Globalization;

namespace Support.Host;

/// <summary>The bounds of TCP buffer memory, of the whole host, in pages.</summary>
/// <param name="Low">Below it the kernel doesn't moderate.</param>
/// <param name="Pressure">From here on it shrinks buffers.</param>
/// <param name="High">Beyond it no buffer is given.</param>
public sealed record TcpMem(long Low, long Pressure, long High);

/// <summary>Reads <c>/proc/sys/net/ipv4/tcp_mem</c> (tcp(7)).</summary>
public static class TcpMemParser
{
    // 4 PiB in pages of 4 KiB: beyond it the text is garbage, and bytes would overflow.
    private const long MostPages = 1L << 40;

    /// <summary>The three bounds; null where the text is not three ascending numbers.</summary>
    /// <param name="text">The content of the file; null where it is absent.</param>
    public static TcpMem? Parse(string? text)
    {
        var fields = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 3
            && Pages(fields[0]) is { } low && Pages(fields[1]) is { } pressure && Pages(fields[2]) is { } high
            && low <= pressure && pressure <= high
                ? new TcpMem(low, pressure, high)
                : null;
    }

    private static long? Pages(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pages) && pages <= MostPages ? pages : null;
}
