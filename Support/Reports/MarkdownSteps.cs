using System.Text;
using Support.Measuring;
using Support.Verdict;

namespace Support.Reports;

/// <summary>The steps in <c>capacity.md</c>: the counts side by side, and below them what is to be said about one step.</summary>
internal static class MarkdownSteps
{
    internal static void Write(StringBuilder text, CapacityReport report)
    {
        text.Append("## Steps\n\n");
        if (report.Steps.Length == 0)
        {
            text.Append("No step was planned or attempted.\n\n");
            return;
        }

        text.Table(
            ["", "Sessions", "Attempted", "Opened", "Held", "Server counts", "Kernel counts", "Success", "Seconds", "Connect p50 / p99 (ms)", "Why"],
            numbers: 1..10);
        foreach (var step in report.Steps)
            text.Row(Cells(step));
        text.Append('\n');
        var notes = report.Steps.SelectMany(step => StepWords.Notes(step).Select(note => (step.Sessions, note))).ToArray();
        foreach (var (sessions, note) in notes)
            text.Append("- Step of ").Append(Words.Count(sessions)).Append(": ").Append(MarkdownText.Text(note)).Append('\n');
        if (notes.Length > 0)
            text.Append('\n');
    }

    private static string[] Cells(JudgedStep step)
    {
        var result = step.Result;
        var connect = result?.ConnectMilliseconds;
        return
        [
            VerdictWords.Mark(step.Outcome),
            Words.Count(step.Sessions),
            Words.Count(result?.Attempted, "–"),
            Words.Count(result?.Opened, "–"),
            Words.Count(result?.Held, "–"),
            Words.Count(result?.Resources.TargetOpen, "–"),
            Words.Count(result?.Resources.KernelEstablished, "–"),
            result is null ? "–" : Words.Percent(result.Held, result.Attempted) + "%",
            result is null ? "–" : Words.Number(Math.Round(result.Seconds, 2)),
            connect is null ? "–" : $"{Words.Milliseconds(connect.P50)} / {Words.Milliseconds(connect.P99)}",
            step.Outcome == StepOutcome.Reliable ? "" : VerdictWords.Reason(step) + Failures(result),
        ];
    }

    private static string Failures(StepResult? result) => StepFailures.InWords(result) is { Length: > 0 } failures ? $" ({failures})" : "";
}
