using System.Collections.Immutable;
using Support.Measuring;
using Support.Verdict;

namespace Support.Reports;

/// <summary>Memory against held connections as a straight line: ordinary least squares, so that what each connection adds stands apart
/// from what the process costs anyway.</summary>
public static class MemoryFit
{
    /// <summary>The fewest different counts of held connections that a line is drawn through: two always fit, and prove nothing.</summary>
    public const int LeastCounts = 3;

    /// <summary>The R² below which a slope is told with a warning: so much of what was read did not come from the connections.</summary>
    public const double LeastRSquared = 0.95;

    /// <summary>The fewest connections that one point of a process's line must have held. A runtime grows and gives back megabytes on its
    /// own; a few hundred connections at some kilobytes each are no more than that.</summary>
    public const int LeastHeldOfProcess = 500;

    /// <summary>The lines of the suite's process, the target's process and the kernel's sockets; one that has too few points is left out.</summary>
    public static ImmutableArray<MemorySlope> FromSteps(IEnumerable<JudgedStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var results = steps.Select(step => step.Result).OfType<StepResult>().ToArray();
        MemorySlope?[] slopes =
        [
            Of("suite process", Points(results, resources => resources.Suite?.ResidentBytesHeld)),
            Of("target process", Points(results, resources => resources.Target?.ResidentBytesHeld)),
            Of("kernel sockets", Points(results, resources => resources.SlabDeltaBytes)),
        ];
        return [.. slopes.OfType<MemorySlope>()];
    }

    /// <summary>The least-squares line through the points; null below <see cref="LeastCounts"/> different counts.</summary>
    /// <remarks>slope = Σ(x − x̄)(y − ȳ) ÷ Σ(x − x̄)²; R² = 1 − Σ(y − ŷ)² ÷ Σ(y − ȳ)², and 1 where every y is the same, as the line then
    /// explains all there is.</remarks>
    public static MemorySlope? Of(string name, IEnumerable<MemoryPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        ImmutableArray<MemoryPoint> all = [.. points];
        if (all.Select(point => point.Held).Distinct().Count() < LeastCounts)
            return null;

        var meanHeld = all.Average(point => (double)point.Held);
        var meanBytes = all.Average(point => (double)point.Bytes);
        var slope = all.Sum(point => (point.Held - meanHeld) * (point.Bytes - meanBytes)) / all.Sum(point => Square(point.Held - meanHeld));
        var intercept = meanBytes - (slope * meanHeld);
        var spread = all.Sum(point => Square(point.Bytes - meanBytes));
        var left = all.Sum(point => Square(point.Bytes - intercept - (slope * point.Held)));
        return new MemorySlope(name, slope, intercept, spread == 0 ? 1 : Math.Clamp(1 - (left / spread), 0, 1), all);
    }

    private static IEnumerable<MemoryPoint> Points(StepResult[] results, Func<StepResources, long?> bytes) =>
        from result in results
        let read = bytes(result.Resources)
        where read is not null
        select new MemoryPoint(result.Held, read.Value);

    private static double Square(double value) => value * value;
}
