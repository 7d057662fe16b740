using System.Xml.Linq;
using Support.Plan;
using Support.Plan.Scaling;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>The plan: how many tasks, what each carries, what it costs, and the files that make it so.</summary>
internal static class PlanSection
{
    internal static XElement Of(CapacityReport report) => Section(
        "plan",
        "Plan",
        PlanWords.Summary(report) is { } summary ? Plan(report, summary) : [Paragraph("note", $"Tasks needed: {VerdictWords.Tasks(report)}.")]);

    /// <summary>What is deployed beside it; null where no service was named.</summary>
    internal static XElement? Deployed(CapacityReport report) => report.Deployed.IsDefaultOrEmpty
        ? null
        : Section(
            "deployed",
            "Deployed, beside the plan",
            Paragraph("note", CheckWords.Summary(report.Deployed) + "; the worst first."),
            DetailSections.Findings("Deployed, beside the plan", report.Deployed));

    private static object?[] Plan(CapacityReport report, string summary)
    {
        var plan = report.Plan;
        return
        [
            PlanWords.Doubt(plan) is { } doubt ? Paragraph("doubt", Tag("strong", "", doubt)) : null,
            Paragraph("cause", summary),
            Paragraph("note", $"{PlanWords.Limits(plan)} {PlanWords.Cost(plan)}".TrimStart()),
            Tag(
                "div",
                "charts",
                PlanLoadChart.Of(plan),
                Tag("div", "column", PlanZoneChart.Of(plan), HtmlTable.Of("What asks for how many tasks", PlanTables.Needs(plan), stack: true)),
                PlanTargetChart.Of(plan)),
            Tag("ul", "note", plan.Notes.Select(note => Tag("li", "", note))),
            Files(report),
        ];
    }

    private static object?[]? Files(CapacityReport report) => !PlanSteps.HasFiles(report)
        ? null
        :
        [
            Paragraph("note", "The policies as files, in ", Tag("code", "", $"{ScalingScope.Folder}/"), $" beside this report: {string.Join(", ", report.ScalingFiles.Select(Words.OneLine))}."),
            Tag(
                "ol",
                "steps",
                PlanSteps.Of(report).Select(step => Tag("li", "", step.Text.Before, step.Code.Length > 0 ? Tag("code", "", step.Code) : null, step.Text.After))),
        ];
}
