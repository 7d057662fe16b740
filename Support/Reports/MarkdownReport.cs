using System.Text;
using Support.Verdict;

namespace Support.Reports;

/// <summary><c>capacity.md</c>: for a pull request or a job summary; the verdict first.</summary>
public sealed class MarkdownReport : IReportFormat
{
    /// <inheritdoc />
    public string FileName => "capacity.md";

    /// <inheritdoc />
    public string Render(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        WriteVerdict(text, report);
        WriteSteps(text, report);
        WriteChecks(text, report);
        WriteCeilings(text, report);
        WriteMemory(text, report);
        WritePlan(text, report);
        return text.ToString();
    }

    private static void WriteVerdict(StringBuilder text, CapacityReport report)
    {
        var verdict = report.Verdict;
        var sign = verdict.Outcome == RunOutcome.Passed ? "✓" : "✗";
        text.Append("# WebSocket capacity\n\n**").Append(sign).Append(' ').Append(Text(VerdictLine.Of(report))).Append("**\n\n");
        Table(text, ["Safe limit", "Maximum reliable", "Held at once", "Exact limit", "Limit set by", "Tasks needed"]);
        Row(
            text,
            Words.Count(verdict.SafeLimit, "not measured"),
            VerdictWords.MaxReliable(verdict),
            Words.Count(verdict.HeldAtOnce, "not measured"),
            ExactWords.Of(report),
            VerdictWords.BoundBy(verdict),
            VerdictWords.Tasks(report));
        text.Append('\n');
        foreach (var evidence in verdict.Bottleneck.Evidence)
            text.Append("- Evidence: ").Append(Text(evidence)).Append('\n');
        if (verdict.Bottleneck.Next.Length > 0)
            text.Append("- Next step: ").Append(Text(verdict.Bottleneck.Next)).Append('\n');
        text.Append("- Target: ").Append(Text(report.Target.Url)).Append(report.Target.Embedded ? " (embedded)\n" : "\n");
        text.Append("- Run: ").Append(Text(report.Run.Id)).Append(", ").Append(Words.Instant(report.Run.StartedAt))
            .Append(", ").Append(Words.Seconds(report.Run.Seconds)).Append(", profile ").Append(Text(report.Run.Profile))
            .Append(", threshold ").Append(Words.Share(report.Run.Threshold)).Append("\n\n");
    }

    private static void WriteSteps(StringBuilder text, CapacityReport report)
    {
        text.Append("## Steps\n\n");
        if (report.Steps.Length == 0)
        {
            text.Append("No step was planned or attempted.\n\n");
            return;
        }

        Table(text, ["", "Sessions", "Attempted", "Opened", "Held", "Success", "Seconds", "Connect p50 / p99 (ms)", "Why"], numbers: 1..8);
        foreach (var step in report.Steps)
        {
            var result = step.Result;
            var connect = result?.ConnectMilliseconds;
            Row(
                text,
                VerdictWords.Mark(step.Outcome),
                Words.Count(step.Sessions),
                Words.Count(result?.Attempted, "–"),
                Words.Count(result?.Opened, "–"),
                Words.Count(result?.Held, "–"),
                result is null ? "–" : Words.Percent(result.Held, result.Attempted) + "%",
                result is null ? "–" : Words.Number(Math.Round(result.Seconds, 2)),
                connect is null ? "–" : $"{Words.Milliseconds(connect.P50)} / {Words.Milliseconds(connect.P99)}",
                step.Outcome == StepOutcome.Reliable ? "" : VerdictWords.Reason(step) + Failures(step));
        }

        text.Append('\n');
    }

    private static string Failures(JudgedStep step) =>
        StepFailures.InWords(step.Result) is { Length: > 0 } failures ? $" ({failures})" : "";

    private static void WriteChecks(StringBuilder text, CapacityReport report)
    {
        text.Append("## Environment\n\n");
        if (report.Checks.Length == 0)
        {
            text.Append("No environment check was run.\n\n");
            return;
        }

        Table(text, ["", "Check", "Expected", "Actual", "Next step"]);
        foreach (var check in report.Checks)
            Row(text, $"{CheckWords.Mark(check.Outcome)} {CheckWords.Outcome(check.Outcome)}", check.Title, check.Expected, check.Actual, check.Next);
        text.Append('\n');
    }

    private static void WriteCeilings(StringBuilder text, CapacityReport report)
    {
        if (report.Ceilings is not { } ceilings)
            return;

        text.Append("## Predicted ceilings\n\n");
        text.Append(ceilings.BindsFirst is { } first
            ? $"{Text(first.Resource)} ({Text(first.Side)}) binds first, at {Words.Count(first.Connections)} connections.\n\n"
            : "No resource has a known limit.\n\n");
        Table(text, ["Resource", "Side", "Connections", "Basis", "How to raise it"], numbers: 2..3);
        foreach (var row in ceilings.Rows)
            Row(text, row.Resource, row.Side, Words.Count(row.Connections, "–"), row.Basis, row.Next);
        text.Append('\n');
    }

    private static void WriteMemory(StringBuilder text, CapacityReport report)
    {
        if (report.MemorySlopes.Length == 0)
            return;

        text.Append("## Memory\n\n");
        foreach (var slope in report.MemorySlopes)
            text.Append("- ").Append(Text(MemoryWords.Of(slope))).Append('\n');
        text.Append('\n');
    }

    private static void WritePlan(StringBuilder text, CapacityReport report) =>
        text.Append("## Plan\n\nTasks needed: ").Append(Text(VerdictWords.Tasks(report))).Append(".\n");

    private static void Table(StringBuilder text, string[] headers, Range numbers = default)
    {
        var (start, count) = numbers.GetOffsetAndLength(headers.Length);
        text.Append("| ").AppendJoin(" | ", headers).Append(" |\n|");
        for (var column = 0; column < headers.Length; column++)
            text.Append(column >= start && column < start + count ? " ---: |" : " --- |");
        text.Append('\n');
    }

    private static void Row(StringBuilder text, params string[] cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Text)).Append(" |\n");

    /// <summary>In one line, and with every sign escaped that Markdown or HTML would read as its own.</summary>
    private static string Text(string value)
    {
        var text = new StringBuilder();
        foreach (var character in Words.OneLine(value))
        {
            _ = character switch
            {
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '&' => text.Append("&amp;"),
                '\\' or '|' or '`' or '*' or '[' or ']' or '~' => text.Append('\\').Append(character),
                _ => text.Append(character),
            };
        }

        return text.ToString();
    }
}
