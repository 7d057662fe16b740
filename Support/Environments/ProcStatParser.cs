using System.Globalization;

namespace Support.Environments;

/// <summary>Reads <c>/proc/&lt;pid&gt;/stat</c> and <c>/proc/&lt;pid&gt;/statm</c> (proc(5)).</summary>
public static class ProcStatParser
{
    // USER_HZ: the kernel tells processor time to user space in hundredths of a second on every architecture that .NET runs on.
    private const int TicksPerSecond = 100;

    // Fields 14 (utime) and 15 (stime), counted from field 3, the first behind the command's closing bracket.
    private const int UserTime = 14 - 3;
    private const int SystemTime = 15 - 3;

    /// <summary>Processor time, user and system, at a resolution of 10 ms; null where the text doesn't hold it.</summary>
    /// <param name="stat">The content of <c>stat</c>; the command may hold brackets, so fields count from the last one.</param>
    public static TimeSpan? CpuTime(string? stat)
    {
        var bracket = stat?.LastIndexOf(')') ?? -1;
        if (bracket < 0)
            return null;

        var fields = stat![(bracket + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > SystemTime && Number(fields[UserTime]) is { } user && Number(fields[SystemTime]) is { } system
            ? TimeSpan.FromSeconds((double)(user + system) / TicksPerSecond)
            : null;
    }

    /// <summary>Resident pages: the second number of <c>statm</c>; null where the text doesn't hold it.</summary>
    /// <param name="statm">The content of <c>statm</c>.</param>
    public static long? ResidentPages(string? statm)
    {
        var fields = (statm ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? Number(fields[1]) : null;
    }

    // 2^40 ticks are 348 years and 2^40 pages 4 PiB: beyond it the text is garbage, and arithmetic on it would overflow.
    private static long? Number(string field) =>
        long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 1L << 40 ? value : null;
}
