using System.Collections.Immutable;
using Support.Plan;

namespace Support.Reports;

/// <summary>The desired tasks in their zones, and what each carries there: what the picture of the plan draws.</summary>
/// <param name="Tasks">Tasks by zone, spread evenly as ECS does; the last zone is one of the fullest.</param>
/// <param name="Each">Connections of a task while all run.</param>
/// <param name="EachThen">With the last zone lost; null where the plan covers no such loss.</param>
/// <param name="Safe">The safe limit of a task.</param>
internal sealed record ZoneSpread(ImmutableArray<long> Tasks, long Each, long? EachThen, int Safe)
{
    /// <summary>Whether the last zone is drawn as lost.</summary>
    internal bool IsOneLost => EachThen is not null;

    /// <summary>Tasks that are left with the last zone lost.</summary>
    internal long Left => Tasks.Sum() - Tasks[^1];

    /// <summary>The spread of a plan; null where it has no tasks or no loads.</summary>
    internal static ZoneSpread? Of(ScalingPlan plan)
    {
        if (plan.Desired is not ({ } desired and > 0) || plan.Loads.IsEmpty || plan.ConnectionsPerTask is not ({ } safe and > 0))
            return null;

        var zones = plan.Settings.Zones;
        ImmutableArray<long> tasks = [.. Enumerable.Range(0, zones).Select(zone => (desired / zones) + (zone >= zones - (desired % zones) ? 1 : 0))];
        var left = desired - tasks[^1];
        var covered = plan.Needs.Any(need => need.Kind == PlanNeedKind.ZoneLost);
        var then = covered ? plan.Loads.FirstOrDefault(load => load.Tasks == left)?.ConnectionsPerTask : null;
        return new(tasks, plan.Loads[0].ConnectionsPerTask, then, safe);
    }
}
