using Support.Targets;

namespace Support.Sizes;

/// <summary>The accepted capacity of a server at a size.</summary>
/// <param name="Limit">The limit over all runs.</param>
/// <param name="Runs">The runs that it is made of.</param>
/// <param name="MaxReliable">The least of the runs; null where there was none.</param>
/// <param name="SafeLimit">The least of the runs.</param>
/// <param name="BoundBy">What bound it, in a word or two; null where that was not known.</param>
/// <param name="BytesPerConnection">To three digits, so that noise makes no difference; null where not known.</param>
/// <param name="Provenance">What the numbers rest on.</param>
/// <param name="ThrottledShare">
/// As <see cref="SizeRow.ThrottledShare"/>, to two places; null where not known, and in files of before.
/// </param>
/// <param name="StartSeconds">
/// As <see cref="SizeRow.StartSeconds"/>, to one place; null where not known, and in files of before.
/// </param>
internal sealed record BaselineEntry(
    LimitInterval Limit, int Runs, int? MaxReliable, int SafeLimit, string? BoundBy, long? BytesPerConnection,
    BaselineProvenance Provenance, double? ThrottledShare = null, double? StartSeconds = null)
{
    /// <summary>To three significant digits: 12,345 is 12,300.</summary>
    /// <param name="bytes">Null or not finite: not known.</param>
    public static long? Rounded(double? bytes)
    {
        if (bytes is not { } value || !double.IsFinite(value))
            return null;
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, Math.Abs(value)))) - 2));
        return (long)(Math.Round(value / unit) * unit);
    }
}

/// <summary>What accepted numbers rest on: numbers of other things are not compared with them.</summary>
/// <param name="SuiteVersion">As in <c>1.0.0</c>.</param>
/// <param name="Method">The number of the method of measuring; see <see cref="BaselineFile.Method"/>.</param>
/// <param name="Measured">The day, UTC.</param>
/// <param name="Image">The digest that the server's image is pinned by; null where it is not.</param>
/// <param name="Definition">
/// The hash of what in the task definition bears on capacity and is not its size; null where there is no definition.
/// </param>
/// <param name="Declared">What the server may use in such a task.</param>
/// <param name="Effective">What it could use where it was measured; null where not known.</param>
/// <param name="CpuModel">The processor; null where not known.</param>
/// <param name="Kernel">The kernel's release; null where not known.</param>
/// <param name="Repeats">How many runs were wanted.</param>
internal sealed record BaselineProvenance(
    string SuiteVersion, int Method, DateOnly Measured, string? Image, string? Definition, GroupLimits Declared,
    GroupLimits? Effective,
    string? CpuModel, string? Kernel, int Repeats);
