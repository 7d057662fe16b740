using System.Xml.Linq;
using Support.Plan;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>The tasks as squares in their zones, each filled to its share of the safe limit; one zone is drawn as lost.</summary>
internal static class PlanZoneChart
{
    private const string Id = "plan-zones";
    private const string Title = "The tasks in their zones";

    /// <summary>Null where no tasks are planned.</summary>
    internal static XElement? Of(ScalingPlan plan)
    {
        if (ZoneSpread.Of(plan) is not { } spread)
            return null;
        var canvas = new ZoneCanvas(spread);
        var words = Sentence(spread) + (canvas.Group > 1 ? $" One square stands for {Words.Count(canvas.Group)} tasks." : "");
        XElement?[] legend =
        [
            Marker.Legend("square", "bar c1", $"carried while all run: {Words.Count(spread.Each)}"),
            spread.EachThen is { } then ? Marker.Legend("square", "bar c2", $"taken over: +{Words.Count(then - spread.Each)}, to {Words.Count(then)}") : null,
            Math.Max(spread.Each, spread.EachThen ?? 0) < spread.Safe ? Marker.Legend("square", "task", $"room up to the safe limit: {Words.Count(spread.Safe)}") : null,
            spread.IsOneLost ? Marker.Legend("square", "task lost", "lost") : null,
        ];
        return ChartCard.Of(Id, Title, words, canvas.Render(Id, Title, $"{words} {Described(spread)}"), [.. legend.OfType<XElement>()]);
    }

    private static string Sentence(ZoneSpread spread) => (spread.Tasks.Length, spread.EachThen) switch
    {
        (1, _) => $"{PlanWords.Tasks(spread.Tasks[0])} in one zone: its loss is not covered.",
        (var zones, { } then) =>
            $"With one of {Words.Count(zones)} zones lost, {PlanWords.Tasks(spread.Left)} carry {Words.Count(then)} each, {PlanTables.Share(then, spread.Safe)} of the safe limit.",
        (var zones, _) => $"{PlanWords.Tasks(spread.Tasks.Sum())} in {Words.Count(zones)} zones.",
    };

    private static string Described(ZoneSpread spread) =>
        string.Join(" ", spread.Tasks.Select((tasks, zone) => $"Zone {Words.Count(zone + 1)}{(spread.IsOneLost && zone == spread.Tasks.Length - 1 ? ", lost" : "")}: {PlanWords.Tasks(tasks)}."));
}
