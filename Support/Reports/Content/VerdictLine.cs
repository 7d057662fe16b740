using System.Collections.Immutable;
using Support.Reports.Documents;
using Support.Verdict;
using static Support.Reports.Content.Numbers;

namespace Support.Reports.Content;

/// <summary>
/// The verdict in one line, the same wherever there is room for one line only: JUnit, TRX, Allure, a title, a log.
/// </summary>
public static class VerdictLine
{
    /// <summary>How the run ended, what was found, what limited it; one line without control characters.</summary>
    public static string Of(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (headline, verdict) = (Headline.Of(report), report.Verdict);
        var safe = verdict.SafeLimit is > 0 ? Count(verdict.SafeLimit) : "none";
        var warnings = string.Join("; ", verdict.Findings.Select(finding => finding.Title.TrimEnd('.')));
        string[] sentences =
        [
            $"{headline.Word}: {report.Sizes?.Change?.Summary ?? headline.Line}",
            .. Reasons(report, headline.Reasons),
            verdict.PeakConnections is null ? "" : $"Recommended max {safe}; limited by {Phrases.Cause(verdict)}",
            warnings.Length == 0 ? "" : $"Warning: {warnings}",
        ];
        return PlainText.Line(string.Join(' ', sentences.Select(Phrases.Sentence)
            .Where(sentence => sentence.Length > 0)));
    }

    // The summary of a change says whether what is required is reached: the gate's own sentence of it would say it
    // twice.
    private static ImmutableArray<string> Reasons(CapacityReport report, ImmutableArray<string> reasons) =>
        report is { RequiredConnections: { } required, Sizes: { Change: { } change, Missed: [.., var last] } sizes }
            && sizes.Rows.Any(row => row.Label == change.After && row.Limit is not null && row.SafeLimit < required)
            ? reasons.Remove(last)
            : reasons;
}
