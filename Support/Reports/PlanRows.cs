using Support.Plan;
using Support.Scaling;

namespace Support.Reports;

/// <summary>The plan and the estimate as lines of the screen.</summary>
internal static class PlanRows
{
    /// <summary>
    /// As in <c>Plan: 8 tasks cover a deployment and one of 3 zones lost as well (1,250 connections a task, 2,000 at worst); $313.14 a month; files in reports/latest/scaling/</c>,
    /// and the estimate beside what was held.
    /// </summary>
    internal static IEnumerable<string> Of(CapacityReport report, string directory)
    {
        var plan = report.Plan;
        if (plan.Desired is { } desired)
        {
            var cover = PlanWords.Covered(plan) is { Length: > 0 } covered ? $" {PlanWords.Cover(desired)} {covered} as well" : "";
            var carried = PlanWords.Carried(plan) is { Length: > 0 } each ? $" ({each})" : "";
            var cost = plan.Cost is { } known ? $"; {PlanWords.Money(known.Total)} a month" : "";
            var files = report.ScalingFiles.IsDefaultOrEmpty ? "" : $"; files in {directory.TrimEnd('/')}/{ScalingScope.Folder}/";
            yield return $"Plan: {(PlanWords.IsAtMost(report) ? "at most " : "")}{PlanWords.Tasks(desired)}{cover}{carried}{cost}{files}";
        }

        if (plan.Comparison is { } comparison)
            yield return $"Estimate: {Words.OneLine(comparison.Words)}";
        else if (plan.Estimate is { } estimate)
            yield return $"Estimate: {EstimateWords.Of(estimate)}";
    }

    /// <summary>What one task is expected to hold, a row a resource.</summary>
    internal static IEnumerable<string> Of(CapacityEstimate estimate) =>
    [
        $"Estimate: {EstimateWords.Of(estimate)}",
        $"  memory: {EstimateWords.Arithmetic(estimate)}",
        .. EstimateWords.Ceilings(estimate).Lines().Select(line => $"  {line}"),
    ];
}
