using System.Collections.Immutable;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>The verdict in one line, the same wherever there is room for one line only: JUnit, TRX, a title, a log.</summary>
public static class VerdictLine
{
    /// <summary>One line without control characters: how the run ended, what was measured, and what bound it.</summary>
    public static string Of(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var verdict = report.Verdict;
        var line = VerdictWords.Outcome(verdict.Outcome);
        if (Reasons(report) is { IsEmpty: false } reasons)
            line += $": {VerdictWords.Reasons(reasons).TrimEnd('.')}";
        if (VerdictWords.Incomplete(report) is { } incomplete)
            line += $" ({incomplete})";
        var warnings = verdict.Findings.IsDefaultOrEmpty ? "" : $" Warning: {WarningWords.Titles(verdict.Findings)}.";
        return $"{line}. {Change(report)}{AtSize(report)}{warnings}";
    }

    // The summary of a change says whether what is required is reached: the gate's own sentence of it would say it twice.
    private static ImmutableArray<string> Reasons(CapacityReport report)
    {
        var reasons = report.Verdict.Reasons;
        return report is { RequiredConnections: { } required, Sizes: { Change: { } change, Missed: [.., var last] } sizes }
            && sizes.Rows.Any(row => row.Label == change.After && row.Limit is not null && row.SafeLimit < required)
            ? reasons.Remove(last)
            : reasons;
    }

    private static string Change(CapacityReport report) => report.Sizes?.Change is { } change ? $"{SizeWords.Summary(change)} " : "";

    private static string AtSize(CapacityReport report)
    {
        if (report.Sizes is not { Chosen: { } chosen } sizes)
            return Measured(report);
        var label = Words.OneLine(chosen);
        if (!VerdictWords.NothingMeasured(report.Verdict))
        {
            var measured = sizes.Change is null || VerdictWords.ClientWasTheLimit(report.Verdict) ? Measured(report) : Brief(report.Verdict);
            return $"At {label}: {char.ToLowerInvariant(measured[0])}{measured[1..]}";
        }

        return sizes.Rows.FirstOrDefault(row => row.Label == chosen) is { Source: SizeSource.LockFile } row
            ? $"Nothing was measured at {label}; the lock file has {SizeWords.Interval(row.Limit)} held, safe limit {Words.Count(row.SafeLimit)}."
            : $"Nothing was measured at {label}.";
    }

    private static string Measured(CapacityReport report)
    {
        var verdict = report.Verdict;
        if (VerdictWords.NothingMeasured(verdict))
            return "Nothing was measured.";

        var (safe, by) = (Safe(verdict), BoundBy(verdict));
        var held = Words.Plain(verdict.HeldAtOnce ?? 0);
        return VerdictWords.ClientWasTheLimit(verdict)
            ? $"This client was the limit, and no capacity of the server is claimed: at least {held} held at once, safe limit {VerdictWords.OrMore(verdict, safe)}, "
                + $"maximum reliable {VerdictWords.OrMore(verdict, VerdictWords.MaxReliable(verdict))}; {by}."
            : $"Safe limit {safe}, maximum reliable {VerdictWords.MaxReliable(verdict)}, {held} held at once, exact limit {ExactWords.Brief(report)}; {by}.";
    }

    // What it held stands in the summary of the change.
    private static string Brief(RunVerdict verdict) => $"Safe limit {Safe(verdict)}; {BoundBy(verdict)}.";

    private static string Safe(RunVerdict verdict) => verdict.SafeLimit is { } limit and > 0 ? Words.Plain(limit) : "none";

    private static string BoundBy(RunVerdict verdict)
    {
        var bound = VerdictWords.BoundBy(verdict).TrimEnd('.');
        return bound.StartsWith(Words.NotKnown, StringComparison.Ordinal) ? $"what set the limit is {bound}" : $"limit set by {bound}";
    }
}
