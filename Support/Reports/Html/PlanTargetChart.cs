using System.Xml.Linq;
using Support.Plan;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>Tasks and their cost over the connections of the whole service, as a drawing and as a table.</summary>
internal static class PlanTargetChart
{
    private const double RoomForCost = 46;

    /// <summary>Null where there is no table.</summary>
    internal static XElement? Of(ScalingPlan plan) => plan.Table.IsEmpty
        ? null
        : ChartCard.Wide(
            "plan-targets",
            "Tasks and cost over connections",
            plan.Table.Any(row => row.Cost is not null) ? "Dollars are those of a month, load balancers included." : PlanWords.Cost(plan),
            Draw(plan),
            "One mark a target: the tasks that are desired, and below them those by the buffer alone.",
            Table(plan),
            Marker.Legend("circle", "dot c1", "tasks desired"),
            Marker.Legend("square", "dot c2", "by the buffer alone"));

    private static ChartCanvas Draw(ScalingPlan plan)
    {
        var rows = plan.Table;
        var canvas = new ChartCanvas("tasks (log scale)", Scale.Log(rows.SelectMany(row => new[] { (double)row.TasksNeeded, row.Desired })), ChartCanvas.Compact);
        Series(canvas, rows.Length, "square", "c2", index => rows[index].TasksNeeded);
        Series(canvas, rows.Length, "circle", "c1", index => rows[index].Desired);
        var every = (int)Math.Ceiling(RoomForCost / ChartCanvas.Band(rows.Length));
        for (var index = rows.Length - 1; index >= 0; index -= every)
        {
            if (rows[index].Cost is { } cost)
                canvas.Text("value middle", ChartCanvas.X(index, rows.Length), canvas.Y(rows[index].Desired) - 11, $"${ChartCanvas.Compact(Math.Round(cost.Total))}");
        }

        canvas.Categories([.. rows.Select(row => ChartCanvas.Compact(row.TargetConnections))], "connections of the whole service");
        return canvas;
    }

    private static void Series(ChartCanvas canvas, int count, string shape, string colour, Func<int, double> value)
    {
        var points = Enumerable.Range(0, count).Select(index => (X: ChartCanvas.X(index, count), Y: canvas.Y(value(index)))).ToArray();
        canvas.Path($"series {colour}", points);
        foreach (var (x, y) in points)
            canvas.Mark(shape, $"dot {colour}", x, y);
    }

    // On a narrow screen each row is a card: the target and its neighbours are shown, and the others folded.
    private static XElement Table(ScalingPlan plan)
    {
        var own = Math.Max(0, plan.Table.Select(row => row.TargetConnections).ToList().IndexOf(plan.TargetConnections));
        bool IsNear(int row) => Math.Abs(row - own) <= 1;
        var others = Enumerable.Range(0, plan.Table.Length).Count(row => !IsNear(row));
        return Tag(
            "div",
            "",
            Rows("The plan for other targets", plan, _ => true, row => row == own ? "first" : IsNear(row) ? "" : "far"),
            others == 0 ? null : Tag(
                "details",
                "narrow",
                Tag("summary", "", $"{Words.Count(others)} other {(others == 1 ? "target" : "targets")}"),
                Rows("Targets farther off", plan, row => !IsNear(row), _ => "")));
    }

    private static XElement Rows(string label, ScalingPlan plan, Func<int, bool> isShown, Func<int, string> className)
    {
        var texts = PlanTables.Targets(plan);
        var table = new HtmlTable(label, [.. texts.Headers]) { Numbers = [0, 1, 2, 3, 4, 5], Stack = true };
        foreach (var row in Enumerable.Range(0, texts.Rows.Length).Where(isShown))
            table.Row(className(row), [.. texts.Rows[row].Select(cell => (object)cell)]);
        return table.Render();
    }
}
