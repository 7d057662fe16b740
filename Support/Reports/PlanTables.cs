using System.Collections.Immutable;
using System.Globalization;
using Support.Plan;

namespace Support.Reports;

/// <summary>The plan as tables.</summary>
internal static class PlanTables
{
    private const string None = "–";

    /// <summary>How many tasks each thing asks for.</summary>
    internal static TextTable Needs(ScalingPlan plan) => new(
        ["What can happen", "Tasks", "How"],
        1..2,
        [.. plan.Needs.Select(need => Cells(PlanWords.Need(need.Kind, plan.Settings), Words.Count(need.Tasks), Words.OneLine(need.Basis)))]);

    /// <summary>What a task carries in each situation.</summary>
    internal static TextTable Loads(ScalingPlan plan) => new(
        ["Situation", "Tasks that run", "Connections a task", "Of the safe limit"],
        1..,
        [.. plan.Loads.Select(load => Cells(Words.OneLine(load.Name), Words.Count(load.Tasks), Words.Count(load.ConnectionsPerTask), Share(load.ConnectionsPerTask, plan.ConnectionsPerTask)))]);

    /// <summary>The plan for other targets.</summary>
    internal static TextTable Targets(ScalingPlan plan) => new(
        ["Connections", "By the buffer alone", "Tasks", "Connections a task", "Load balancers", "Cost a month", "Tasks set by"],
        ..6,
        [
            .. plan.Table.Select(row => Cells(
                Words.Count(row.TargetConnections), Words.Count(row.TasksNeeded), Words.Count(row.Desired),
                Words.Count(row.ConnectionsPerTask), Words.Count(row.LoadBalancers), row.Cost is { } cost ? PlanWords.Money(cost.Total) : None, PlanWords.Short(row.BoundBy))),
        ]);

    /// <summary>As in <c>63%</c>, a half rounded up.</summary>
    internal static string Share(long connections, int? safe) =>
        safe is > 0 ? (((connections * 200) + safe.Value) / (2L * safe.Value)).ToString(CultureInfo.InvariantCulture) + "%" : None;

    private static ImmutableArray<string> Cells(params ImmutableArray<string> cells) => cells;
}
