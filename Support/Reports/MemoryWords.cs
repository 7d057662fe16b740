using System.Collections.Immutable;
using System.Globalization;
using Support.Verdict;

namespace Support.Reports;

/// <summary>A fitted line in words.</summary>
internal static class MemoryWords
{
    internal const string Interval95 =
        "± is half the 95 % interval of the slope. The kernel's memory is that of the whole host, so anything else that runs there blurs it.";

    internal const string Predicted = "What the steps before a step said of its memory, and what was read; a prediction takes three steps. "
        + "The share is that of what the connections were predicted to add.";

    /// <summary>The predictions by step, as a reader follows the ladder.</summary>
    internal static IEnumerable<MemoryPrediction> InOrder(CapacityReport report) =>
        report.MemoryPredictions.OrderBy(prediction => prediction.Sessions).ThenBy(prediction => prediction.Of, StringComparer.Ordinal);

    /// <summary>As in <c>suite process: 2,310 bytes a connection (± 120 bytes) over 88.1 MiB at none (7 points, R² 0.980)</c>, and what speaks against it.</summary>
    internal static string Of(MemorySlope slope) =>
        $"{slope.Of}: {Words.Bytes(slope.BytesPerConnection)} a connection ({Interval(slope)}) over {Words.Bytes(slope.InterceptBytes)} at none "
        + $"({Words.Count(slope.Points.Length)} points, R² {R2(slope.RSquared)}){(Warning(slope) is { } warning ? $". {warning}" : "")}";

    /// <summary>As in <c>± 120 bytes</c>: half the 95 % interval.</summary>
    internal static string Interval(MemorySlope slope) => $"± {Words.Bytes(slope.HalfWidth)}";

    /// <summary>What one end of a connection costs in all, as in <c>client: 2,310 bytes in the process and 4,460 bytes in the kernel, 6,770 bytes in all</c>.</summary>
    internal static ImmutableArray<string> Ends(CapacityReport report)
    {
        MemorySlope? Slope(params string[] names) => report.MemorySlopes.LastOrDefault(slope => names.Contains(slope.Of));
        if (Slope(MemorySeries.Kernel) is not { } kernel)
            return [];
        (string Name, MemorySlope? Process)[] ends = [("client", Slope(MemorySeries.Suite, MemorySeries.Workers)), ("target", Slope(MemorySeries.Target))];
        return [.. ends.Where(end => end.Process is not null).Select(end => End(end.Name, end.Process!, kernel))];
    }

    // A sum is no better than what it is made of.
    private static string End(string name, MemorySlope process, MemorySlope kernel) =>
        $"{name}: {Words.Bytes(process.BytesPerConnection)} in the process and {Words.Bytes(kernel.BytesPerConnection)} in the kernel, "
        + $"{Words.Bytes(process.BytesPerConnection + kernel.BytesPerConnection)} in all"
        + (Warning(process) is null && Warning(kernel) is null ? "" : "; not to plan with yet, see the lines it is made of");

    /// <summary>How far off a prediction was, as in <c>+47.9 KiB (+5.9 %)</c>.</summary>
    internal static string Off(MemoryPrediction prediction)
    {
        var sign = prediction.OffBytes > 0 ? "+" : "";
        var share = prediction.OffShare is { } off ? $" ({sign}{(off * 100).ToString("0.0", CultureInfo.InvariantCulture)} %)" : "";
        return $"{sign}{Words.Bytes(prediction.OffBytes)}{share}";
    }

    /// <summary>Why the slope must not be planned with; null where nothing speaks against it.</summary>
    internal static string? Warning(MemorySlope slope)
    {
        if (MemoryFit.IsTooFew(slope))
            return $"Too few connections to plan with: at most {Words.Count(slope.Points.Max(point => point.Held))} were held, and it takes {Words.Count(MemoryFit.LeastHeldOfProcess)}";
        return MemoryFit.IsTooNoisy(slope)
            ? "Too noisy to plan with: the steps do not lie on a line; measure with more connections"
            : null;
    }

    internal static string R2(double value) =>
        double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : Words.NotKnown;
}
