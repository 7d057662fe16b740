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
        if (!report.Complete)
            line += $" (stopped early: {(report.Interrupted is { } by ? Words.OneLine(by) : "cause not known")})";
        return $"{line}. {Measured(verdict)}";
    }

    private static string Measured(RunVerdict verdict)
    {
        if (VerdictWords.NothingMeasured(verdict))
            return "Nothing was measured.";

        var safe = verdict.SafeLimit is { } limit and > 0 ? Words.Plain(limit) : "none";
        var exact = verdict.Exact is null ? "" : $", exact limit {VerdictWords.Exact(verdict.Exact)}";
        var held = Words.Plain(verdict.HeldAtOnce ?? 0);
        return $"Safe limit {safe}, maximum reliable {VerdictWords.MaxReliable(verdict)}, {held} held at once{exact}; "
            + $"limit set by {VerdictWords.BoundBy(verdict).TrimEnd('.')}.";
    }
}
