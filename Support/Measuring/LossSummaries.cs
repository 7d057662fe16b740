using System.Collections.Immutable;
using Support.Pool;

namespace Support.Measuring;

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
        sorted[Math.Max((int)Math.Ceiling(share * sorted.Length), 1) - 1];

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
