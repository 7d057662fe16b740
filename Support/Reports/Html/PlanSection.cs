using System.Xml.Linq;
using Support.Plan;
using Support.Scaling;
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
            Paragraph("cause", summary),
            Paragraph("note", $"{PlanWords.Limits(plan)} {PlanWords.Cost(plan)}".TrimStart()),
            Tag("div", "charts", PlanLoadChart.Of(plan), PlanZoneChart.Of(plan), PlanTargetChart.Of(plan)),
            Tag("ul", "note", plan.Notes.Select(note => Tag("li", "", note))),
            HtmlTable.Of("What asks for how many tasks", PlanTables.Needs(plan), stack: true),
            Files(report),
        ];
    }

    private static object?[]? Files(CapacityReport report) => report.ScalingFiles.IsDefaultOrEmpty
        ? null
        :
        [
            Paragraph("note", "The policies as files, in ", Tag("code", "", $"{ScalingScope.Folder}/"), $" beside this report: {string.Join(", ", report.ScalingFiles.Select(Words.OneLine))}."),
            PlanWords.Commands(report) is { IsEmpty: false } commands
                ? Tag("ul", "commands", commands.Select(one => Tag("li", "", $"Apply them {one.Does}: ", Tag("code", "", one.Command))))
                : null,
        ];
}
