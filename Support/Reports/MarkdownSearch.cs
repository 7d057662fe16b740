using System.Text;
using Support.Measuring.Search;

namespace Support.Reports;

/// <summary>The search and the meter's calibration in <c>capacity.md</c>.</summary>
internal static class MarkdownSearch
{
    internal static void Write(StringBuilder text, CapacityReport report)
    {
        if (report.Search is { } search)
            WriteSearch(text, report, search);
        if (report.Calibration is not { } calibration)
            return;
        text.Append("## Is the meter true?\n\nThe meter is ").Append(MarkdownText.Text(WarningWords.Of(calibration))).Append(".\n\n");
        text.Table(["", "What was done", "What was so", "What was read", "Seconds", "What does not agree"], numbers: 4..5);
        foreach (var reading in calibration.Readings)
            text.Row(reading.IsTrue ? "✓" : "✗", reading.Name, reading.Truth, reading.Read, Words.Number(Math.Round(reading.Seconds, 2)), reading.Problem ?? "");
        text.Append('\n');
    }

    private static void WriteSearch(StringBuilder text, CapacityReport report, SearchResult search)
    {
        text.Append("## Exact limit\n\n").Append(MarkdownText.Text(ExactWords.Answer(report))).Append(".\n\n");
        if (SearchWords.Paced(report) is { } paced)
            text.Append("Depends on pace: ").Append(MarkdownText.Text(paced)).Append(".\n\n");
        text.Append(MarkdownText.Text(SearchWords.Ended(search))).Append(".\n\n");
        if (search.Tries.IsEmpty)
            return;
        text.Append(SearchWords.Why).Append("\n\n");
        text.Table(["", "Try", "Wanted", "Attempted", "Opened", "Held", "Share", "Seconds", "How it began", "Failures"], numbers: 1..8);
        foreach (var tried in search.Tries)
        {
            text.Row(
                SearchWords.Mark(tried),
                Words.Plain(tried.Number),
                Words.Count(tried.Result.Sessions),
                Words.Count(tried.Result.Attempted),
                Words.Count(tried.Result.Opened),
                Words.Count(tried.Result.Held),
                SearchWords.Share(tried),
                Words.Number(Math.Round(tried.Result.Seconds, 2)),
                SearchWords.Kind(tried),
                StepFailures.InWords(tried.Result));
        }

        text.Append('\n');
    }
}
