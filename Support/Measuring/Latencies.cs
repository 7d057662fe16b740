namespace Support.Measuring;

/// <summary>Makes latency summaries from microseconds.</summary>
internal static class Latencies
{
    private const double MicrosecondsPerMillisecond = 1000;

    /// <summary>
    /// Percentiles by nearest rank (the value at position ceil(p × n)) over all values, in milliseconds; null for none.
    /// </summary>
    public static LatencySummary? Of(IEnumerable<long> microseconds)
    {
        var sorted = microseconds.Order().ToArray();
        return sorted.Length == 0 ? null : new(At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), At(sorted, 1));
    }

    private static double At(long[] sorted, double share)
    {
        var rank = (int)Math.Ceiling(share * sorted.Length);
        return Math.Round(sorted[Math.Max(rank, 1) - 1] / MicrosecondsPerMillisecond, 3);
    }
}
