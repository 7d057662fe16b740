using System.Collections.Immutable;
using Support.Pool;

namespace Support.Measuring;

/// <summary>How the open connections of a step ended during its hold.</summary>
/// <param name="Count">How many ended.</param>
/// <param name="MedianAgeSeconds">From the last byte on a connection to its end: the median.</param>
/// <param name="AgeSpreadSeconds">
/// Between the 5th and the 95th percentile of those ages; near 0 where each ended at the same age, as an idle timeout
/// ends them.
/// </param>
/// <param name="TimeSpreadSeconds">
/// Between the 5th and the 95th percentile of the moments; near 0 where all ended at once, as a crash ends them.
/// </param>
public sealed record LossSummary(int Count, double MedianAgeSeconds, double AgeSpreadSeconds, double TimeSpreadSeconds);

/// <summary>
/// Whether the target still answers, asked with one connection after a step that held less than 99 %.
/// </summary>
public enum TargetAnswer
{
    /// <summary>Nobody asked.</summary>
    NotAsked,

    /// <summary>One more connection was opened and answered a ping, once the step's own were closed.</summary>
    Opens,

    /// <summary>It answers, but opens no connection.</summary>
    Rejects,

    /// <summary>Nobody answers any more: refused, unreachable or silent.</summary>
    Gone,

    /// <summary>It answers again as another process than before: it was restarted during the step.</summary>
    Restarted,
}

/// <summary>Makes a summary of how open connections ended.</summary>
internal static class LossSummaries
{
    private const double Low = 0.05;
    private const double High = 0.95;

    /// <summary>Percentiles by nearest rank (the value at position ceil(p × n)), in seconds; null for none.</summary>
    public static LossSummary? Of(ImmutableArray<Loss> losses)
    {
        if (losses.IsDefaultOrEmpty)
            return null;
        var ages = losses.Select(loss => loss.AgeSeconds).Order().ToArray();
        var moments = losses.Select(loss => loss.AtSeconds).Order().ToArray();
        return new(losses.Length, Round(At(ages, 0.5)), Spread(ages), Spread(moments));
    }

    /// <summary>The median by nearest rank of values that are sorted; at least one.</summary>
    internal static double Median(double[] sorted) => At(sorted, 0.5);

    private static double Spread(double[] sorted) => Round(At(sorted, High) - At(sorted, Low));

    private static double At(double[] sorted, double share) =>
        sorted[Latencies.NearestRank(sorted.Length, share)];

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
