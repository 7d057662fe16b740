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

    /// <summary>
    /// A run as a file may have it: without what its server said on standard error, which may hold anything. Of how the server ended, words that
    /// are known stay, so that whoever reads the file comes to the same verdict.
    /// </summary>
    /// <param name="run">The run as it was measured.</param>
    public static SizeRun Publishable(SizeRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (verdict, bottleneck) = (run.Verdict, run.Verdict.Bottleneck);
        return run with
        {
            NotStarted = Unquoted(run.NotStarted),
            Fault = Unquoted(run.Fault),
            Restarts = run.Restarts.IsDefaultOrEmpty ? [] : [.. run.Restarts.Select(ServerEndWords.OnlyKnown)],
            Verdict = verdict with
            {
                Reasons = verdict.Reasons.IsDefaultOrEmpty ? [] : [.. verdict.Reasons.Select(Unquoted).OfType<string>()],
                Bottleneck = bottleneck with { Cause = Unquoted(bottleneck.Cause) ?? "" },
            },
        };
    }

    /// <summary>A text without what a server said on standard error, as <see cref="Targets.ServerProcess"/> quotes it; what follows cannot be told from the quote.</summary>
    /// <param name="text">The text; null stays null.</param>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Unquoted(string? text) => text?.IndexOf(" It said: ", StringComparison.Ordinal) is { } start and >= 0 ? text[..start] : text;

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
