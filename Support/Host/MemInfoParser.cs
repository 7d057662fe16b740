using System.Globalization;

namespace Support.Host;

/// <summary>The host's memory in bytes. Null is "not known", never zero.</summary>
/// <param name="TotalBytes">All that the kernel can use.</param>
/// <param name="AvailableBytes">What can be had without swapping: free, and caches that can be dropped.</param>
/// <param name="SlabBytes">The kernel's own objects, sockets among them.</param>
public sealed record MemInfo(long? TotalBytes, long? AvailableBytes, long? SlabBytes);

/// <summary>Reads <c>/proc/meminfo</c> (proc(5)).</summary>
public static class MemInfoParser
{
    /// <summary>The values; null where the text has none of them.</summary>
    /// <param name="text">The content of the file; null where it is absent.</param>
    public static MemInfo? Parse(string? text)
    {
        if (text is null)
            return null;

        var info = new MemInfo(Bytes(text, "MemTotal:"), Bytes(text, "MemAvailable:"), Bytes(text, "Slab:"));
        return info == new MemInfo(null, null, null) ? null : info;
    }

    private static long? Bytes(string text, string key)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(key, StringComparison.Ordinal))
                continue;

            // The unit is always kB and means 1,024 bytes. 2^40 KiB is more than any machine has: beyond it the text is garbage.
            var number = line[key.Length..].Trim();
            return number.EndsWith(" kB", StringComparison.Ordinal)
                && long.TryParse(number[..^3], NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
                && kibibytes <= 1L << 40
                    ? kibibytes * 1024
                    : null;
        }

        return null;
    }
}
