using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>What a report adds to what was found at a size, and takes from it.</summary>
public static class SizeReports
{
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
            $"as accepted in the baseline file{(row.BoundBy is { } bound ? $" ({bound})" : "")}: {row.Label} could not be measured here");
    }
}
