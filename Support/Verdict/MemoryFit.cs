using System.Collections.Immutable;
using Support.Measuring;

namespace Support.Verdict;

/// <summary>Memory against held connections as a straight line: ordinary least squares, so that what each connection
/// adds stands apart from what a process costs anyway.</summary>
internal static class MemoryFit
{
    /// <summary>
    /// The fewest different counts of held connections that a line is drawn through: two always fit, and prove nothing.
    /// </summary>
    public const int LeastCounts = 3;

    /// <summary>
    /// The R² below which a slope is told with a warning: so much of what was read did not come from the connections.
    /// </summary>
    public const double LeastRSquared = 0.95;

    /// <summary>The fewest connections that one point of a process's line must have held. A runtime grows and gives
    /// back megabytes on its own; a few hundred connections at some kilobytes each are no more than that.</summary>
    public const int LeastHeldOfProcess = 500;

    // Below this share of what was there, nothing is left of the counts once the number of processes is taken out: the
    // line would be made of rounding.
    private const double LeastShareLeft = 1e-9;

    /// <summary>
    /// The lines of the client's processes, the server's process and its control group, and the kernel; one that has
    /// too few points is left out.
    /// </summary>
    /// <param name="steps">The ladder's steps.</param>
    /// <param name="targetIsHere">
    /// Whether the target runs on this machine; a step that could read its process says so by itself.
    /// </param>
    /// <param name="fresh">
    /// What a server took that was started anew: then the server's lines are through these. Empty where that was not
    /// measured: then they are through the steps, and upper bounds.
    /// </param>
    public static ImmutableArray<MemorySlope> FromSteps(
        IEnumerable<JudgedStep> steps, bool targetIsHere = false, ImmutableArray<FreshStage> fresh = default)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ImmutableArray<FreshStage> stages = fresh.IsDefault ? [] : fresh;
        return
        [
            .. MemorySeries.From(steps, targetIsHere)
                .Select(series => OfServer(series.Of) is { } bytes ? OfServer(series, stages, bytes) : Line(series))
                .OfType<MemorySlope>(),
        ];
    }

    /// <summary>
    /// For every step with <see cref="LeastCounts"/> or more before it: what those said of it, and what was read.
    /// </summary>
    /// <param name="steps">The ladder's steps in order.</param>
    /// <param name="targetIsHere">As in <see cref="FromSteps"/>.</param>
    public static ImmutableArray<MemoryPrediction> Predictions(IEnumerable<JudgedStep> steps, bool targetIsHere = false)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return
        [
            .. from series in MemorySeries.From(steps, targetIsHere)
            from index in Enumerable.Range(0, series.Steps.Length)
            let line = Of(series.Of, series.Steps.Take(index).Select(step => step.Point))
            where line is not null
            let step = series.Steps[index]
            let processes = step.Point.Processes
            select new MemoryPrediction(
                series.Of, step.Sessions, step.Point.Held, line.At(0, processes), line.At(step.Point.Held, processes),
                step.Point.Bytes),
        ];
    }

    /// <summary>
    /// The least-squares line through the points; null below <see cref="LeastCounts"/> different counts.
    /// </summary>
    /// <remarks>bytes = base × processes + slope × held: every worker brings a base of its own, and a step with more
    /// workers must not look as if its connections cost more. With one process throughout this is the ordinary line.
    /// The share of the processes is taken out of both sides first (Frisch and Waugh 1933, Econometrica 1): x̃ = x −
    /// w·Σwx ÷ Σw². Then slope = Σx̃ỹ ÷ Σx̃², R² = 1 − Σ(ỹ − slope·x̃)² ÷ Σỹ² (1 where every y is the same, as the line
    /// then explains all there is), and half the interval is t · √(Σ(ỹ − slope·x̃)² ÷ (n − 2) ÷ Σx̃²) with n − 2
    /// degrees of freedom.</remarks>
    public static MemorySlope? Of(MemoryOwner owner, IEnumerable<MemoryPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        ImmutableArray<MemoryPoint> all = [.. points];
        if (all.Select(point => point.Held).Distinct().Count() < LeastCounts)
            return null;
        var weight = all.Sum(point => Square(point.Processes));
        var heldEach = all.Sum(point => (double)point.Processes * point.Held) / weight;
        var bytesEach = all.Sum(point => (double)point.Processes * point.Bytes) / weight;
        var left = all.Select(point =>
            (X: point.Held - (point.Processes * heldEach), Y: point.Bytes - (point.Processes * bytesEach))).ToArray();
        var spread = left.Sum(point => Square(point.X));
        if (spread <= LeastShareLeft * all.Sum(point => Square(point.Held)))
            return null;
        var slope = left.Sum(point => point.X * point.Y) / spread;
        var missed = left.Sum(point => Square(point.Y - (slope * point.X)));
        var total = left.Sum(point => Square(point.Y));
        var halfWidth = StudentT.Of95Percent(all.Length - 2) * Math.Sqrt(missed / (all.Length - 2) / spread);
        return new(owner, slope, halfWidth, bytesEach - (slope * heldEach),
            total == 0 ? 1 : Math.Clamp(1 - (missed / total), 0, 1), all);
    }

    /// <summary>
    /// Whether a process held too few connections for its line to be planned with; the kernel's memory has no runtime
    /// in it.
    /// </summary>
    internal static bool IsTooFew(MemorySlope slope) =>
        slope.Owner != MemoryOwner.Kernel && slope.Points.Max(point => point.Held) < LeastHeldOfProcess;

    /// <summary>Whether the steps lie too far from a line for it to be planned with.</summary>
    internal static bool IsTooNoisy(MemorySlope slope) =>
        slope.RSquared < LeastRSquared || slope.BytesPerConnection < 0;

    // Null for the client's processes, which are this suite's own, and for the kernel's share, which is measured within
    // each step.
    private static Func<FreshStage, long?>? OfServer(MemoryOwner owner) => owner switch
    {
        MemoryOwner.Target => stage => stage.ProcessBytes,
        MemoryOwner.Group => stage => stage.GroupBytes,
        _ => null,
    };

    private static MemorySlope? OfServer(
        MemorySeries series, ImmutableArray<FreshStage> fresh, Func<FreshStage, long?> bytes)
    {
        var anew = Of(
            series.Of,
            fresh.Where(stage => bytes(stage) is not null)
                .Select(stage => new MemoryPoint(stage.Held, bytes(stage)!.Value)));
        return anew ?? (Line(series) is { } grown ? grown with { IsUpperBound = true } : null);
    }

    private static MemorySlope? Line(MemorySeries series) =>
        Of(series.Of, series.Steps.Select(step => step.Point));

    private static double Square(double value) => value * value;
}
