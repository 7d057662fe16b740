using System.Collections.Immutable;
using System.Xml.Linq;
using Support.Plan;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>What was expected before the run, what became of it, and the rules of thumb.</summary>
internal static class EstimateSection
{
    internal static object?[] Of(CapacityReport report) => [Estimate(report), Rules(report)];

    private static XElement? Estimate(CapacityReport report)
    {
        if (report.Plan.Estimate is not { } estimate)
            return null;
        var compared = report.Plan.Comparison is { } comparison
            ? new object[] { Paragraph("note", Words.OneLine(comparison.Words)), HtmlTable.Of("Expected and measured", EstimateWords.Comparison(comparison), stack: true) }
            : [Paragraph("note", EstimateWords.NotCompared(report))];
        return Section(
            "estimate",
            EstimateWords.Title(estimate, report.Plan.Comparison is not null),
            Paragraph("note", $"{EstimateWords.Of(estimate)}. Memory: {EstimateWords.Arithmetic(estimate)}."),
            compared,
            Paragraph("note", "What each resource of one task allows:"),
            HtmlTable.Of("What each resource of one task allows", EstimateWords.Ceilings(estimate), stack: true));
    }

    private static XElement? Rules(CapacityReport report) => report.Plan.Rules.IsDefaultOrEmpty
        ? null
        : Section(
            "rules",
            "Rules of thumb, and what was found",
            Tag("details", "", Tag("summary", "", Counted(report.Plan.Rules)), HtmlTable.Of("Rules of thumb", EstimateWords.Rules(report.Plan), stack: true)));

    private static string Counted(ImmutableArray<RuleOfThumb> rules)
    {
        string Count(bool? holds) => Words.Count(rules.Count(rule => rule.Holds == holds));
        return $"{Words.Count(rules.Length)} {(rules.Length == 1 ? "rule" : "rules")}: {Count(true)} right here, {Count(false)} not, {Count(null)} not tested";
    }
}
