using System.Globalization;

namespace Support.Reports;

/// <summary>A fitted line in words.</summary>
internal static class MemoryWords
{
    /// <summary>As in <c>suite process: 2,310 bytes a connection over 88.1 MiB at none (7 points, R² 0.980)</c>, and what speaks against it.</summary>
    internal static string Of(MemorySlope slope) =>
        $"{slope.Of}: {Words.Bytes(slope.BytesPerConnection)} a connection over {Words.Bytes(slope.InterceptBytes)} at none "
        + $"({Words.Count(slope.Points.Length)} points, R² {R2(slope.RSquared)}){(Warning(slope) is { } warning ? $". {warning}" : "")}";

    /// <summary>Why the slope must not be planned with; null where nothing speaks against it.</summary>
    internal static string? Warning(MemorySlope slope)
    {
        var most = slope.Points.Max(point => point.Held);
        if (slope.Of.EndsWith("process", StringComparison.Ordinal) && most < MemoryFit.LeastHeldOfProcess)
            return $"Too few connections to plan with: at most {Words.Count(most)} were held, and it takes {Words.Count(MemoryFit.LeastHeldOfProcess)}";
        return slope.RSquared < MemoryFit.LeastRSquared || slope.BytesPerConnection < 0
            ? "Too noisy to plan with: the steps do not lie on a line; measure with more connections"
            : null;
    }

    internal static string R2(double value) =>
        double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : Words.NotKnown;
}
