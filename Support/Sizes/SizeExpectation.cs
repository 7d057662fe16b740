using System.Collections.Immutable;
using Support.Host;
using Support.Settings;

namespace Support.Sizes;

/// <summary>What was measured beside what a task of that size is expected to hold. Pure.</summary>
internal static class SizeExpectation
{
    /// <summary>The row for a size; null where nothing is expected of it.</summary>
    public static ExpectedCapacity? Of(
        TaskSize size, ImmutableArray<ExpectedCapacity> expected) => expected.FirstOrDefault(row => row.Size == size);

    /// <summary>
    /// A warning where a size that was measured holds less than its row begins with, by the median of the runs; null
    /// elsewhere.
    /// </summary>
    public static Finding? Check(SizeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row is not { Source: SizeSource.Measured, Limit: { } limit, Expected: { } expected }
            || limit.Median >= expected.From)
            return null;
        var because = limit.IsLowerBound
            ? "this machine, and not the task, may be the limit"
            : row.Cause ?? "the cause is not known";
        return new(
            "Sizes.Expectation", $"{row.Label} holds less than is expected of it", CheckOutcome.Warning,
            $"{Words.Count(expected.From)} to {Words.Count(expected.To)} connections (Gate.Expected)",
            $"{LimitText.Of(limit)}; the likely cause: {because.TrimEnd('.')}",
            row.Next
            ?? "Measure the server's memory and processor time for a connection, and see what it keeps for each.");
    }
}
