using System.Globalization;

namespace Support.Reports;

/// <summary>A fitted line in words.</summary>
internal static class MemoryWords
{
    /// <summary>As in <c>suite process: 2,310 bytes a connection over 88.1 MiB at none (7 points, R² 0.980)</c>.</summary>
    internal static string Of(MemorySlope slope) =>
        $"{slope.Of}: {Words.Bytes(slope.BytesPerConnection)} a connection over {Words.Bytes(slope.InterceptBytes)} at none "
        + $"({Words.Count(slope.Points.Length)} points, R² {R2(slope.RSquared)})";

    internal static string R2(double value) =>
        double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : Words.NotKnown;
}
