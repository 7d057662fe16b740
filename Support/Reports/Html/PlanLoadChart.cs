using System.Xml.Linq;
using Support.Plan;

namespace Support.Reports.Html;

/// <summary>What a task carries in each situation, against its safe limit and what scaling aims at.</summary>
internal static class PlanLoadChart
{
    private const string Id = "plan-load";
    private const string Title = "What a task carries";
    private const double BarHeight = 18;
    private const double NarrowestBar = 2;
    private const double RoomToTheRight = 1.1;

    /// <summary>Null where no situation is known.</summary>
    internal static XElement? Of(ScalingPlan plan)
    {
        if (plan.Loads.IsEmpty || plan.ConnectionsPerTask is not ({ } safe and > 0))
            return null;
        var (canvas, aim) = (new RowCanvas("connections a task", Axis(plan, safe), plan.Loads.Length), plan.TargetPerTask ?? safe);
        for (var row = 0; row < plan.Loads.Length; row++)
            Draw(canvas, row, plan.Loads[row], safe, aim);
        if (plan.TargetPerTask is not null)
            canvas.Limit(aim, $"scaling aims at {Words.Count(aim)}", line: 0);
        canvas.Limit(safe, $"safe limit {Words.Count(safe)}", line: 1);
        var words = $"{PlanWords.Carried(plan)}; at the right, tasks × connections, and their share of the safe limit.";
        return ChartCard.Of(
            Id,
            Title,
            words,
            canvas.Render(Id, Title, $"{words} {string.Join(" ", plan.Loads.Select(load => $"{Words.OneLine(load.Name)}: {Value(load, safe)}."))}"),
            Legend(plan, safe, aim));
    }

    private static Scale Axis(ScalingPlan plan, int safe) =>
        Scale.Linear([.. plan.Loads.Select(load => (double)load.ConnectionsPerTask).Append(safe).Select(value => value * RoomToTheRight)]);

    private static void Draw(RowCanvas canvas, int row, PlanLoad load, int safe, int aim)
    {
        var (each, over) = (load.ConnectionsPerTask, load.ConnectionsPerTask > safe);
        canvas.Span(over ? "bar bad" : "bar c1", row, 0, over ? each : Math.Min(each, aim), BarHeight, NarrowestBar);
        if (!over && each > aim)
            canvas.Span("bar c2", row, aim, each, BarHeight, NarrowestBar);
        canvas.Words(row, Short(Words.OneLine(load.Name)), Value(load, safe), over ? "is-bad" : "");
    }

    private static XElement[] Legend(ScalingPlan plan, int safe, int aim) => plan.Loads.Any(load => load.ConnectionsPerTask > aim && load.ConnectionsPerTask <= safe)
        ? [Marker.Legend("square", "bar c1", "up to what scaling aims at"), Marker.Legend("square", "bar c2", "above it, up to the safe limit")]
        : [];

    // Name and value share one line, at a phone's width as well.
    private static string Short(string name) => name
        .Replace("the clients of a lost zone come back", "a lost zone's clients back", StringComparison.Ordinal)
        .Replace("all clients come back", "all clients back", StringComparison.Ordinal);

    private static string Value(PlanLoad load, int safe) =>
        $"{Words.Count(load.Tasks)} × {Words.Count(load.ConnectionsPerTask)} ({PlanTables.Share(load.ConnectionsPerTask, safe)})";
}
