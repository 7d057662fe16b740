using System.Text;
using Support.Verdict;
using static Support.Reports.MarkdownText;

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
        MarkdownSizes.Write(text, report);
        MarkdownPlan.Write(text, report);
        MarkdownSteps.Write(text, report);
        MarkdownSearch.Write(text, report);
        MarkdownTask.Write(text, report.Task);
        MarkdownChecks.Write(text, report);
        WriteCeilings(text, report);
        MarkdownMemory.Write(text, report);
        MarkdownService.Write(text, report);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void WriteVerdict(StringBuilder text, CapacityReport report)
    {
        var verdict = report.Verdict;
        var sign = verdict.Outcome == RunOutcome.Passed ? "✓" : "✗";
        text.Append("# WebSocket capacity\n\n**").Append(sign).Append(' ').Append(Text(VerdictLine.Of(report))).Append("**\n\n");
        foreach (var finding in verdict.Findings)
            text.Append("- ! **Warning:** ").Append(Text(WarningWords.Of(finding))).Append('\n');
        if (verdict.Findings.Length > 0)
            text.Append('\n');
        text.Table(["Safe limit", "Maximum reliable", "Held at once", "Exact limit", "Limit set by", "Tasks needed"]);
        text.Row(
            VerdictWords.OrMore(verdict, Words.Count(verdict.SafeLimit, "not measured")),
            VerdictWords.OrMore(verdict, VerdictWords.MaxReliable(verdict)),
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

    private static void WriteCeilings(StringBuilder text, CapacityReport report)
    {
        if (report.Ceilings is not { } ceilings)
            return;

        text.Append("## Predicted ceilings of this run, on this machine\n\n");
        text.Append(ceilings.BindsFirst is { } first
            ? $"Lowest: {Text(first.Resource)} ({Text(first.Side)}), {Words.Count(first.Connections)} connections.\n\n"
            : "No resource has a known limit.\n\n");
        text.Table(["Resource", "Side", "Connections", "Basis", "How to raise it"], numbers: 2..3);
        foreach (var row in ceilings.Rows)
            text.Row(row.Resource, row.Side, Words.Count(row.Connections, "–"), row.Basis, row.Next);
        text.Append('\n');
    }
}
