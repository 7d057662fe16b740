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
        if (verdict.Reasons.Length > 0)
            line += $": {VerdictWords.Reasons(verdict.Reasons).TrimEnd('.')}";
        if (VerdictWords.Incomplete(report) is { } incomplete)
            line += $" ({incomplete})";
        var warnings = verdict.Findings.IsDefaultOrEmpty ? "" : $" Warning: {WarningWords.Titles(verdict.Findings)}.";
        return $"{line}. {Change(report)}{AtSize(report)}{warnings}";
    }

    private static string Change(CapacityReport report) =>
        report.Sizes?.Change is { } change ? $"{Words.OneLine(change.Summary).TrimEnd('.')}. " : "";

    private static string AtSize(CapacityReport report)
    {
        if (report.Sizes is not { Chosen: { } chosen } sizes)
            return Measured(report);
        var (label, measured) = (Words.OneLine(chosen), Measured(report));
        if (!VerdictWords.NothingMeasured(report.Verdict))
            return $"At {label}: {char.ToLowerInvariant(measured[0])}{measured[1..]}";
        return sizes.Rows.FirstOrDefault(row => row.Label == chosen) is { Source: SizeSource.LockFile } row
            ? $"Nothing was measured at {label}; the lock file has {SizeWords.Interval(row.Limit)} held, safe limit {Words.Count(row.SafeLimit)}."
            : $"Nothing was measured at {label}.";
    }

    private static string Measured(CapacityReport report)
    {
        var verdict = report.Verdict;
        if (VerdictWords.NothingMeasured(verdict))
            return "Nothing was measured.";

        var safe = verdict.SafeLimit is { } limit and > 0 ? Words.Plain(limit) : "none";
        var held = Words.Plain(verdict.HeldAtOnce ?? 0);
        var bound = VerdictWords.BoundBy(verdict).TrimEnd('.');
        var by = bound.StartsWith(Words.NotKnown, StringComparison.Ordinal) ? $"what set the limit is {bound}" : $"limit set by {bound}";
        return VerdictWords.ClientWasTheLimit(verdict)
            ? $"This client was the limit, and no capacity of the server is claimed: at least {held} held at once, safe limit {VerdictWords.OrMore(verdict, safe)}, "
                + $"maximum reliable {VerdictWords.OrMore(verdict, VerdictWords.MaxReliable(verdict))}; {by}."
            : $"Safe limit {safe}, maximum reliable {VerdictWords.MaxReliable(verdict)}, {held} held at once, exact limit {ExactWords.Brief(report)}; {by}.";
    }
}
