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

    private static double At(long[] sorted, double share) =>
        Math.Round(sorted[NearestRank(sorted.Length, share)] / MicrosecondsPerMillisecond, 3);

    /// <summary>Where the percentile by nearest rank stands among so many sorted values; at least one.</summary>
    internal static int NearestRank(int count, double share) => Math.Max((int)Math.Ceiling(share * count), 1) - 1;
}
