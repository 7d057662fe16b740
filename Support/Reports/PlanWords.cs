using Support.Plan;
using Support.Settings;

namespace Support.Reports;

/// <summary>The plan in the words that every format uses.</summary>
internal static class PlanWords
{
    private const string ScalingAim = "what scaling aims at";

    /// <summary>Whether fewer tasks may do: one may hold more than this run could show.</summary>
    internal static bool IsAtMost(CapacityReport report) => report.Plan.IsLowerBound || VerdictWords.ClientWasTheLimit(report.Verdict);

    /// <summary>
    /// As in <c>8 tasks for 10,000 connections cover a deployment and one of 3 zones lost as well; 6 by the buffer alone.</c>; null where nothing was measured.
    /// </summary>
    internal static string? Summary(CapacityReport report)
    {
        var plan = report.Plan;
        if (plan.Desired is not { } desired)
            return null;
        var bound = IsAtMost(report);
        var cover = Covered(plan) is { Length: > 0 } covered ? $" {Cover(desired)} {covered} as well" : "";
        var alone = Alone(plan) is { Length: > 0 } words ? $"; {words}" : "";
        var most = bound ? $"At most {Tasks(desired)} ({Fewer(report)})" : Tasks(desired);
        return $"{most} for {Words.Count(plan.TargetConnections)} connections{cover}{alone}.{(bound ? $" {Bound(report)}" : "")}";
    }

    /// <summary>Why the plan may be wrong as a whole, and what follows; null where nothing speaks against it, or where there is none.</summary>
    internal static string? Doubt(ScalingPlan plan) => plan is { Doubt: { } doubt, Desired: not null }
        ? $"! This plan rests on a limit that may not be one task's: {Words.OneLine(doubt)}; no policies were written."
        : null;

    /// <summary>As in <c>6 by the buffer alone</c>; empty where the buffer asks for as many tasks as all the rest.</summary>
    internal static string Alone(ScalingPlan plan) =>
        plan.TasksNeeded is { } needed && plan.Desired is { } desired && needed != desired ? $"{Words.Count(needed)} by the buffer alone" : "";

    /// <summary>Why the number of tasks is the most that is needed.</summary>
    internal static string Fewer(CapacityReport report) =>
        $"fewer may do: {(VerdictWords.ClientWasTheLimit(report.Verdict) ? VerdictWords.Client : "no limit was found")}";

    /// <summary>What scaling is set to; null where nothing was measured. The target is an average: no task is held to it.</summary>
    internal static string? Limits(ScalingPlan plan) => (plan.TargetPerTask, plan.Minimum, plan.Maximum) is ({ } each, { } least, { } most)
        ? $"Scaling aims at {Words.Count(each)} connections a task on average (safe limit {Words.Count(plan.ConnectionsPerTask)}), with {Words.Count(least)} to {Tasks(most)}; a single task can be above that."
        : null;

    /// <summary>What the plan costs, as in <c>$313.14 a month: 8 tasks at $36.04 and $24.82 for load balancers (…).</c></summary>
    internal static string Cost(ScalingPlan plan) => (plan.Cost, plan.Desired) is ({ } cost, { } desired)
        ? $"{Money(cost.Total)} a month: {Tasks(desired)} at {Money(cost.Task)} and {Money(cost.LoadBalancers)} for load balancers ({Words.OneLine(cost.Of)}{SizeOf(plan)})."
        : $"What it costs is not known: {plan.CostUnknown ?? "nothing was measured"}.";

    /// <summary>What happens, as a row's name.</summary>
    internal static string Need(PlanNeedKind kind, PlanSettings settings) => kind switch
    {
        PlanNeedKind.Buffer => $"more connections than planned (× {Words.Number(settings.Buffer)})",
        PlanNeedKind.Deployment => $"a deployment ({Words.Count(settings.MinimumHealthyPercent)} % keep running)",
        PlanNeedKind.ZoneLost => $"one of {Words.Count(settings.Zones)} zones lost",
        PlanNeedKind.Reconnect => $"all clients back within {Words.Number(settings.ReconnectWithin.TotalSeconds)} s",
        _ => ScalingAim,
    };

    /// <summary>The same in a word, where a table has little room.</summary>
    internal static string Short(PlanNeedKind kind) => kind switch
    {
        PlanNeedKind.Buffer => "the buffer",
        PlanNeedKind.Deployment => "a deployment",
        PlanNeedKind.ZoneLost => "a lost zone",
        PlanNeedKind.Reconnect => "the reconnects",
        _ => "scaling",
    };

    /// <summary>What a task carries while all run, and at worst, as in <c>1,250 connections a task, 2,000 at worst</c>; empty where it is not known.</summary>
    internal static string Carried(ScalingPlan plan)
    {
        if (plan.Loads.IsEmpty)
            return "";
        var (first, worst) = (plan.Loads[0].ConnectionsPerTask, plan.Loads.Max(load => load.ConnectionsPerTask));
        return $"{Words.Count(first)} connections a task{(worst > first ? $", {Words.Count(worst)} at worst" : "")}";
    }

    /// <summary>What the plan covers beside the buffer, as in <c>a deployment and one of 3 zones lost</c>.</summary>
    internal static string Covered(ScalingPlan plan)
    {
        string[] covered =
        [
            .. plan.Needs.Select(need => need.Kind switch
            {
                PlanNeedKind.Deployment => "a deployment",
                PlanNeedKind.ZoneLost => $"one of {Words.Count(plan.Settings.Zones)} zones lost",
                PlanNeedKind.Reconnect => "the return of all clients at once",
                _ => "",
            }).Where(words => words.Length > 0),
        ];
        return covered.Length < 2 ? string.Concat(covered) : $"{string.Join(", ", covered[..^1])} and {covered[^1]}";
    }

    /// <summary>The verb that goes with so many tasks.</summary>
    internal static string Cover(long tasks) => tasks == 1 ? "covers" : "cover";

    /// <summary>As in <c>1 task</c> or <c>8 tasks</c>.</summary>
    internal static string Tasks(long tasks) => $"{Words.Count(tasks)} {(tasks == 1 ? "task" : "tasks")}";

    /// <summary>US dollars: to the cent below a thousand, above without.</summary>
    internal static string Money(double? dollars) => dollars is >= 1000 ? $"${Words.Count((long)Math.Round(dollars.Value))}" : SizeWords.Money(dollars);

    /// <summary>Why fewer tasks may do, and what to do about it.</summary>
    private static string Bound(CapacityReport report) => VerdictWords.ClientWasTheLimit(report.Verdict)
        ? $"{char.ToUpperInvariant(VerdictWords.Client[0])}{VerdictWords.Client[1..]}: a task may hold more, so measure from more machines before you buy."
        : $"Nothing broke at {Words.Count(report.Verdict.HeldAtOnce)}: a task may hold more, so raise the ladder before you buy.";

    private static string SizeOf(ScalingPlan plan) => plan.Size is { } size ? $"; a task of {Words.OneLine(size.Name)}, {Words.OneLine(plan.SizeFrom)}" : "";
}
