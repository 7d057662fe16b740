using System.Text;
using Support.Plan.Scaling;
using static Support.Reports.MarkdownText;

namespace Support.Reports;

/// <summary>The plan in <c>capacity.md</c>: the number of tasks in a sentence, and what it rests on.</summary>
internal static class MarkdownPlan
{
    internal static void Write(StringBuilder text, CapacityReport report)
    {
        text.Append("## Plan\n\n");
        if (PlanWords.Summary(report) is { } summary)
            WritePlan(text, report, summary);
        else
            text.Append("Tasks needed: ").Append(Text(VerdictWords.Tasks(report))).Append(".\n\n");
        WriteDeployed(text, report);
    }

    private static void WritePlan(StringBuilder text, CapacityReport report, string summary)
    {
        var plan = report.Plan;
        if (PlanWords.Doubt(plan) is { } doubt)
            text.Append("**").Append(Text(doubt)).Append("**\n\n");
        text.Append("**").Append(Text(summary)).Append("**\n\n");
        if (PlanWords.Limits(plan) is { } limits)
            text.Append(Text(limits)).Append(' ');
        text.Append(Text(PlanWords.Cost(plan))).Append("\n\n");
        PlanTables.Needs(plan).WriteTo(text);
        if (!plan.Loads.IsEmpty)
            PlanTables.Loads(plan).WriteTo(text);
        if (!plan.Table.IsEmpty)
            PlanTables.Targets(plan).WriteTo(text);
        foreach (var note in plan.Notes)
            text.Append("- ").Append(Text(note)).Append('\n');
        text.Append('\n');
        WriteEstimate(text, report);
        if (!plan.Rules.IsEmpty)
            Folded(text, "Rules of thumb, and what was found", EstimateWords.Rules(plan));
        WriteFiles(text, report);
    }

    private static void WriteEstimate(StringBuilder text, CapacityReport report)
    {
        if (report.Plan.Estimate is not { } estimate)
            return;
        var comparison = report.Plan.Comparison;
        text.Append(comparison is null ? "Estimate of one task: " : "Estimated before: ").Append(Text(EstimateWords.Of(estimate))).Append(".\n\n");
        text.Append(comparison is null ? EstimateWords.NotCompared(report) : $"After the run: {Text(comparison.Words)}").Append("\n\n");
        Folded(text, $"The estimate: {Text(EstimateWords.Arithmetic(estimate))}", EstimateWords.Ceilings(estimate));
    }

    private static void WriteFiles(StringBuilder text, CapacityReport report)
    {
        if (!PlanSteps.HasFiles(report))
            return;
        text.Append("The policies as files, in `").Append(ScalingScope.Folder).Append("/` beside this report: ").Append(Text(string.Join(", ", report.ScalingFiles))).Append(".\n\n");
        var number = 0;
        // The suite's own words: nothing in them is to be escaped, and an end may be a blank before the code.
        foreach (var (step, code) in PlanSteps.Of(report))
            text.Append(Words.Plain(++number)).Append(". ").Append(step.Before).Append(code.Length > 0 ? $"`{code}`" : "").Append(step.After).Append('\n');
        text.Append('\n');
    }

    private static void WriteDeployed(StringBuilder text, CapacityReport report)
    {
        if (report.Deployed.IsDefaultOrEmpty)
            return;
        text.Append("### Deployed, beside the plan\n\n");
        MarkdownChecks.Write(text, report.Deployed);
    }

    private static void Folded(StringBuilder text, string summary, TextTable table)
    {
        text.Append("<details><summary>").Append(summary).Append("</summary>\n\n");
        table.WriteTo(text);
        text.Append("</details>\n\n");
    }
}
