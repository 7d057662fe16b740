namespace Support.Host;

/// <summary>
/// How often and how long a group was stopped because its processor quota was used up; null: not known.
/// </summary>
/// <param name="Periods">Periods in which it was stopped.</param>
/// <param name="Time">Summed over its processors: more than has passed where several were stopped.</param>
public sealed record CpuThrottling(long? Periods, TimeSpan? Time)
{
    /// <summary>The kernel's default, in kernel/sched/fair.c (<c>default_cfs_period</c>): 100 ms.</summary>
    public static readonly TimeSpan DefaultPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>The period of the group's quota.</summary>
    public TimeSpan Period { get; init; } = DefaultPeriod;

    /// <summary>
    /// Since an earlier reading, no longer than the periods in which it was stopped; null where not known.
    /// </summary>
    public TimeSpan? Since(CpuThrottling? before)
    {
        if (Time - before?.Time is not { } time || Periods - before?.Periods is not { } periods)
            return null;
        var most = periods * Period;
        return time < most ? time : most;
    }
}

/// <summary>Reads the files of one control group, v1 or v2. Processor limits are thousandths of a core.</summary>
internal static class CgroupParser
{
    // v1 writes LONG_MAX rounded down to a page for "no limit", and pages differ in size: 9223372036854771712 with 4
    // KiB.
    private const long NoLimitFrom = 1L << 62;

    // A hundred thousand processors stopped for ten years: beyond it the text is malformed, and a TimeSpan would
    // overflow.
    private const long LongestMicroseconds = 1L << 55;

    // max_cfs_quota_period in kernel/sched/core.c.
    private const long LongestPeriodMicroseconds = 1_000_000;

    private const string V1LimitKey = "hierarchical_memory_limit";

    /// <summary>v2 <c>memory.max</c>: bytes, or <c>max</c> for no limit.</summary>
    public static Limit MemoryV2(string? text, string source) =>
        text?.Trim() == "max" ? new Limit.None(source) : Limit.OfWholeNumber(text, source);

    /// <summary>v1 <c>memory.limit_in_bytes</c>: bytes; a number near 2^63 is no limit.</summary>
    public static Limit MemoryV1(string? text, string source)
    {
        var limit = Limit.OfWholeNumber(text, source);
        return limit.Count is { } bytes ? OfV1(bytes, source) : limit;
    }

    /// <summary>v1 <c>memory.stat</c>, <c>hierarchical_memory_limit</c>: the least limit of it and all above.</summary>
    public static Limit HierarchicalV1(string? text, string source)
    {
        if (text is null)
            return Limit.Absent(source);

        return Stat(text, V1LimitKey) is { } bytes
            ? OfV1(bytes, source)
            : new Limit.Unknown($"it has no '{V1LimitKey}'", source);
    }

    /// <summary>v2 <c>cpu.max</c>: quota and period in microseconds, or <c>max</c> and the period.</summary>
    public static Limit CpuV2(string? text, string source)
    {
        if (text is null)
            return Limit.Absent(source);

        if (KernelText.Fields(text) is not [var quota, var period])
            return Limit.Malformed(text, "a quota and a period", source);

        // A quota of "max" is read as the whole period, so that a period that is none is noticed all the same.
        var limit = Millicores(quota == "max" ? period : quota, period, text, source);
        return quota == "max" && limit is Limit.Number ? new Limit.None(source) : limit;
    }

    /// <summary>v1 <c>cpu.cfs_quota_us</c> and <c>cpu.cfs_period_us</c>, in microseconds; -1 is no limit.</summary>
    public static Limit CpuV1(string? quota, string? period, string source)
    {
        if (quota is null)
            return Limit.Absent(source);

        return quota.Trim() == "-1"
            ? new Limit.None(source)
            : Millicores(quota.Trim(), period?.Trim() ?? "", $"{quota.Trim()} of {period?.Trim()}", source);
    }

    /// <summary>
    /// <c>cpu.stat</c>: <c>throttled_usec</c> in microseconds (v2), <c>throttled_time</c> in nanoseconds (v1); null
    /// where neither count nor time is there, as in the root group.
    /// </summary>
    public static CpuThrottling? Throttling(string? text)
    {
        if (text is null)
            return null;

        var microseconds = Stat(text, "throttled_usec") ?? Stat(text, "throttled_time") / 1000;
        var time = microseconds is { } count and < LongestMicroseconds
            ? TimeSpan.FromMicroseconds(count)
            : (TimeSpan?)null;
        var throttling = new CpuThrottling(Stat(text, "nr_throttled"), time);
        return throttling is { Periods: null, Time: null } ? null : throttling;
    }

    /// <summary>Of a quota: v2 <c>cpu.max</c>, second field; v1 <c>cpu.cfs_period_us</c>. Else the default.</summary>
    internal static TimeSpan Period(string? text) =>
        KernelText.Number(KernelText.Fields(text).LastOrDefault(), LongestPeriodMicroseconds) is { } period and > 0
            ? TimeSpan.FromMicroseconds(period)
            : CpuThrottling.DefaultPeriod;

    /// <summary>Of lines "key value"; null where it is missing or not a number of at least 0.</summary>
    internal static long? Stat(string? text, string key) => KernelText.Number(KernelText.After(text, key + " "));

    private static Limit OfV1(long bytes, string source) =>
        bytes < NoLimitFrom ? new Limit.Number(bytes, source) : new Limit.None(source);

    // Periods are at most 1 s and quotas far below 2^40 µs (twelve days a period): beyond that the text is malformed.
    private static Limit Millicores(string quota, string period, string text, string source) =>
        KernelText.Number(quota, (1L << 40) - 1) is { } used and > 0 && KernelText.Number(period) is { } whole and > 0
            ? new Limit.Number(used * 1000 / whole, source)
            : Limit.Malformed(text, "a quota and a period in microseconds", source);
}
