using Support.Measuring;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>What a report adds to what was found at a size, and takes from it.</summary>
public static class SizeReports
{
    // Of one or two periods of 100 ms a share says nothing.
    private const int LeastPeriods = 5;

    /// <summary>What was read of the server's control group in a run: the slope of its memory, and its worst step's throttling.</summary>
    public static SizeReadings Readings(SizeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var results = run.Steps.Select(step => step.Result).Concat((run.Search?.Tries ?? []).Select(tried => tried.Result)).OfType<StepResult>().ToList();
        var slope = MemoryFit.FromSteps(run.Steps, targetIsHere: true).FirstOrDefault(slope => slope.Of == MemorySeries.Group);
        var throttled = results.Select(result => result.Resources.Server?.Group).Where(group => group is { Periods: >= LeastPeriods, ThrottledPeriods: not null })
            .Max(group => (double?)group!.ThrottledPeriods!.Value / group.Periods!.Value);
        // A line through few or unsteady points is no figure to plan with.
        return new(slope is { RSquared: >= MemoryFit.LeastRSquared, BytesPerConnection: > 0 } ? slope.BytesPerConnection : null, throttled);
    }

    /// <summary>What was accepted for a size, for the verdict of a run that could not measure it.</summary>
    /// <param name="row">A row whose numbers are of the lock file.</param>
    public static AcceptedCapacity Accepted(SizeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new(
            row.Limit!.Low, row.MaxReliable, row.SafeLimit ?? 0, row.BoundBy,
            $"as accepted in the lock file{(row.BoundBy is { } bound ? $" ({bound})" : "")}: {row.Label} could not be measured here");
    }
}
