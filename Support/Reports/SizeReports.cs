using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>What a report adds to what was found at a size.</summary>
public static class SizeReports
{
    /// <summary>What was accepted for a size, for the verdict of a run that could not measure it.</summary>
    /// <param name="row">A row whose numbers are of the lock file.</param>
    public static AcceptedCapacity Accepted(SizeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(
            row.Limit!.Low, row.MaxReliable, row.SafeLimit ?? 0, row.BoundBy,
            $"as accepted in the baseline file{(row.BoundBy is { } bound ? $" ({bound})" : "")}: {row.Label} could not be measured here");
    }
}
