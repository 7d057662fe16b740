using System.Xml.Linq;
using Support.Plan;

namespace Support.Reports.Html;

/// <summary>What a task carries in each situation, against its safe limit and what scaling keeps.</summary>
internal static class PlanLoadChart
{
    private const string Id = "plan-load";
    private const string Title = "What a task carries";
    private const double BarHeight = 18;
    private const double NarrowestBar = 2;

    /// <summary>Null where no situation is known.</summary>
    internal static XElement? Of(ScalingPlan plan)
    {
        if (plan.Loads.IsEmpty || plan.ConnectionsPerTask is not ({ } safe and > 0))
            return null;
        var canvas = new RowCanvas("connections a task", Scale.Linear([safe, .. plan.Loads.Select(load => (double)load.ConnectionsPerTask)]), plan.Loads.Length);
        for (var row = 0; row < plan.Loads.Length; row++)
            canvas.Span(plan.Loads[row].ConnectionsPerTask > safe ? "bar bad" : "bar c1", row, 0, plan.Loads[row].ConnectionsPerTask, BarHeight, NarrowestBar);
        if (plan.TargetPerTask is { } kept)
            canvas.Threshold(kept, $"scaling keeps {Words.Count(kept)}", line: 1);
        canvas.Threshold(safe, $"safe limit {Words.Count(safe)}");
        // After the lines, so that none runs through a word.
        for (var row = 0; row < plan.Loads.Length; row++)
            canvas.Words(row, Words.OneLine(plan.Loads[row].Name), Value(plan.Loads[row], safe), plan.Loads[row].ConnectionsPerTask > safe ? "is-bad" : "");
        return ChartCard.Of(
            Id,
            Title,
            $"{PlanWords.Carried(plan)}; at the right, tasks × connections, and their share of the safe limit.",
            canvas.Render(Id, Title, string.Join(" ", plan.Loads.Select(load => $"{Words.OneLine(load.Name)}: {Value(load, safe)}."))));
    }

    private static string Value(PlanLoad load, int safe) =>
        $"{Words.Count(load.Tasks)} × {Words.Count(load.ConnectionsPerTask)} ({PlanTables.Share(load.ConnectionsPerTask, safe)})";
}
