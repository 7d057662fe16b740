using System.Collections.Immutable;
using System.Text;
using Support.Host;

namespace Support.Reports;

/// <summary>Findings in Markdown: what needs a reader first, all of them folded below.</summary>
internal static class MarkdownChecks
{
    internal static void Write(StringBuilder text, CapacityReport report)
    {
        text.Append("## Environment\n\n");
        if (report.Checks.Length == 0)
        {
            text.Append("No environment check was run.\n\n");
            return;
        }

        Write(text, report.Checks);
    }

    /// <summary>Findings of any kind in the same form.</summary>
    internal static void Write(StringBuilder text, ImmutableArray<Finding> checks)
    {
        text.Append(CheckWords.Summary(checks)).Append(".\n\n");
        var open = checks.Where(check => check.Outcome is CheckOutcome.Critical or CheckOutcome.Warning).OrderByDescending(check => check.Outcome).ToImmutableArray();
        if (!open.IsEmpty)
            Table(text, open);
        text.Append("<details><summary>All checks</summary>\n\n");
        Table(text, checks);
        text.Append("</details>\n\n");
    }

    private static void Table(StringBuilder text, ImmutableArray<Finding> checks)
    {
        text.Table(["", "Check", "Id", "Expected", "Actual", "Next step"]);
        foreach (var check in checks)
            text.Row($"{CheckWords.Mark(check.Outcome)} {CheckWords.Outcome(check.Outcome)}", check.Title, check.Id, check.Expected, check.Actual, check.Next);
        text.Append('\n');
    }
}
