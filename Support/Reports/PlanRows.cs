using Support.Plan;
using Support.Plan.Scaling;

namespace Support.Reports;

/// <summary>The plan and the estimate as lines of the screen.</summary>
internal static class PlanRows
{
    /// <summary>
    /// As in <c>Plan: 8 tasks, 1,250 connections a task, 2,000 at worst; scaling 3 to 10 tasks; $313.14 a month; files in reports/latest/scaling/</c>,
    /// and the estimate beside what was held. One line of a screen each: the reasons stand in the reports.
    /// </summary>
    internal static IEnumerable<string> Of(CapacityReport report, string directory)
    {
        var plan = report.Plan;
        if (plan.Desired is { } desired)
        {
            var carried = PlanWords.Carried(plan) is { Length: > 0 } each ? $", {each}" : "";
            var scaling = (plan.Minimum, plan.Maximum) is ({ } least, { } greatest) ? $"; scaling {Words.Count(least)} to {PlanWords.Tasks(greatest)}" : "";
            var cost = plan.Cost is { } known ? $"; {PlanWords.Money(known.Total)} a month" : "";
            var files = PlanSteps.HasFiles(report) ? $"; files in {directory.TrimEnd('/')}/{ScalingScope.Folder}/" : "";
            yield return $"Plan: {(PlanWords.IsAtMost(report) ? "at most " : "")}{PlanWords.Tasks(desired)}{carried}{scaling}{cost}{files}";
            if (plan.Doubt is { } doubt)
                yield return $"Plan in doubt: {Words.OneLine(doubt)}; no policies were written";
        }

        if (plan.Estimate is { } estimate)
            yield return $"Estimate: {EstimateWords.Brief(estimate)}{(plan.Comparison is { } comparison ? $"; {EstimateWords.Held(comparison)}" : "")}";
    }

    /// <summary>What one task is expected to hold, a row a resource.</summary>
    internal static IEnumerable<string> Of(CapacityEstimate estimate) =>
    [
        $"Estimate: {EstimateWords.Of(estimate)}",
        $"  memory: {EstimateWords.Arithmetic(estimate)}",
        .. EstimateWords.Ceilings(estimate).Lines().Select(line => $"  {line}"),
    ];
}
