using System.Collections.Immutable;
using Support.Plan;
using Support.Scaling;
using Support.Settings;

namespace Support.Reports;

/// <summary>The plan in the words that every format uses.</summary>
internal static class PlanWords
{
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
        var alone = plan.TasksNeeded is { } needed && needed != desired ? $"; {Words.Count(needed)} by the buffer alone" : "";
        return $"{(bound ? "At most " : "")}{Tasks(desired)} for {Words.Count(plan.TargetConnections)} connections{cover}{alone}.{(bound ? $" {Bound(report)}" : "")}";
    }

    /// <summary>What scaling is set to, as in <c>Scaling keeps each task at 1,333 connections, between 3 and 10 tasks.</c>; null where nothing was measured.</summary>
    internal static string? Limits(ScalingPlan plan) => (plan.TargetPerTask, plan.Minimum, plan.Maximum) is ({ } each, { } least, { } most)
        ? $"Scaling keeps each task at {Words.Count(each)} connections or less (safe limit {Words.Count(plan.ConnectionsPerTask)}), between {Words.Count(least)} and {Tasks(most)}."
        : null;

    /// <summary>What the plan costs, as in <c>$313.14 a month: 8 tasks at $36.04 and $24.82 for load balancers (…).</c></summary>
    internal static string Cost(ScalingPlan plan) => (plan.Cost, plan.Desired) is ({ } cost, { } desired)
        ? $"{Money(cost.Total)} a month: {Tasks(desired)} at {Money(cost.Task)} and {Money(cost.LoadBalancers)} for load balancers ({Words.OneLine(cost.Of)}{SizeOf(plan)})."
        : "What it costs is not known: set Plan.Size.";

    /// <summary>What happens, as a row's name.</summary>
    internal static string Need(PlanNeedKind kind, PlanSettings settings) => kind switch
    {
        PlanNeedKind.Buffer => $"more connections than planned (× {Words.Number(settings.Buffer)})",
        PlanNeedKind.Deployment => $"a deployment ({Words.Count(settings.MinimumHealthyPercent)} % keep running)",
        PlanNeedKind.ZoneLost => $"one of {Words.Count(settings.Zones)} zones lost",
        _ => $"all clients back within {Words.Number(settings.ReconnectWithin.TotalSeconds)} s",
    };

    /// <summary>The same in a word, where a table has little room.</summary>
    internal static string Short(PlanNeedKind kind) => kind switch
    {
        PlanNeedKind.Buffer => "the buffer",
        PlanNeedKind.Deployment => "a deployment",
        PlanNeedKind.ZoneLost => "a lost zone",
        _ => "the reconnects",
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

    /// <summary>The commands that apply the files, with what each does; empty where there are none.</summary>
    internal static ImmutableArray<(string Does, string Command)> Commands(CapacityReport report)
    {
        (string File, string Does, string Command)[] all =
        [
            ("commands.sh", "with the aws CLI", $"sh {ScalingScope.Folder}/commands.sh"),
            ("cloudformation.json", "as a stack", $"aws cloudformation deploy --stack-name websocket-scaling --template-file {ScalingScope.Folder}/cloudformation.json"),
        ];
        return [.. all.Where(one => report.ScalingFiles.Contains(one.File)).Select(one => (one.Does, one.Command))];
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
