using System.Globalization;

namespace Support.Host;

/// <summary>Reads <c>/proc/&lt;pid&gt;/stat</c> and <c>/proc/&lt;pid&gt;/statm</c> (proc(5)).</summary>
public static class ProcStatParser
{
    // USER_HZ: the kernel tells processor time to user space in hundredths of a second on every architecture that .NET runs on.
    private const int TicksPerSecond = 100;

    // Field 4 (ppid), 22 (starttime) and 24 (rss); 16 and 17 are cutime and cstime, of children that ended and were waited for.
    private const int Parent = 4 - 3;
    private const int ChildrenUserTime = 16 - 3;
    private const int ChildrenSystemTime = 17 - 3;
    private const int StartTime = 22 - 3;
    private const int Resident = 24 - 3;

    // Fields 14 (utime) and 15 (stime), counted from field 3, the first behind the command's closing bracket.
    private const int UserTime = 14 - 3;
    private const int SystemTime = 15 - 3;

    /// <summary>Processor time, user and system, at a resolution of 10 ms; null where the text doesn't hold it.</summary>
    /// <param name="stat">The content of <c>stat</c>; the command may hold brackets, so fields count from the last one.</param>
    public static TimeSpan? CpuTime(string? stat)
    {
        var fields = Fields(stat);
        return fields.Length > SystemTime && Number(fields[UserTime]) is { } user && Number(fields[SystemTime]) is { } system ? Time(user + system) : null;
    }

    /// <summary>The process as a row of a table; null where the text doesn't hold it.</summary>
    /// <param name="pid">Its id.</param>
    /// <param name="stat">The content of <c>stat</c>.</param>
    public static ProcessRow? Row(int pid, string? stat)
    {
        if (stat is null)
            return null;
        var fields = Fields(stat);
        var open = stat.IndexOf('(', StringComparison.Ordinal);
        return fields.Length > Resident && open >= 0
            && Number(fields[Parent]) is { } parent and <= int.MaxValue
            && Number(fields[UserTime]) is { } user && Number(fields[SystemTime]) is { } system
            && Number(fields[ChildrenUserTime]) is { } childrenUser && Number(fields[ChildrenSystemTime]) is { } childrenSystem
            && Number(fields[StartTime]) is { } start && Number(fields[Resident]) is { } pages
            ? new(new(pid, start), stat[(open + 1)..stat.LastIndexOf(')')], (int)parent, Time(user + system + childrenUser + childrenSystem), pages)
            : null;
    }

    /// <summary>Resident pages: the second number of <c>statm</c>; null where the text doesn't hold it.</summary>
    /// <param name="statm">The content of <c>statm</c>.</param>
    public static long? ResidentPages(string? statm)
    {
        var fields = (statm ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? Number(fields[1]) : null;
    }

    private static string[] Fields(string? stat)
    {
        var bracket = stat?.LastIndexOf(')') ?? -1;
        return bracket < 0 ? [] : stat![(bracket + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static TimeSpan Time(long ticks) => TimeSpan.FromSeconds((double)ticks / TicksPerSecond);

    // 2^40 ticks are 348 years and 2^40 pages 4 PiB: beyond it the text is garbage, and arithmetic on it would overflow.
    private static long? Number(string field) =>
        long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 1L << 40 ? value : null;
}
