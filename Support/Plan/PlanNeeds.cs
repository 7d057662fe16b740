using System.Collections.Immutable;
using Support.Host;
using Support.Settings;

namespace Support.Plan;

/// <summary>What one task can carry, as far as the plan asks.</summary>
/// <param name="Safe">Its safe limit; 1 or more.</param>
/// <param name="OpensPerSecond">Handshakes that it answers per second; null where not known.</param>
/// <param name="Settings">What the plan is for.</param>
internal sealed record TaskStrength(int Safe, double? OpensPerSecond, PlanSettings Settings)
{
    // Nothing real lies outside, and inside no quotient overflows.
    private const double LeastRate = 0.001;
    private const double MostRate = 1_000_000;

    /// <summary>Clients taken back within <see cref="PlanSettings.ReconnectWithin"/>; null where not known.</summary>
    internal decimal? TakenBack => OpensPerSecond is { } rate && !double.IsNaN(rate)
        ? (decimal)Math.Clamp(rate, LeastRate, MostRate) * (decimal)Settings.ReconnectWithin.TotalSeconds
        : null;
}

/// <summary>
/// How many tasks each thing asks for that can happen to a service: one formula a method. What scaling asks for rests
/// on them: <see cref="TaskCounts"/>.
/// </summary>
internal static class PlanNeeds
{
    internal static ImmutableArray<PlanNeed> Of(long target, TaskStrength task) =>
    [
        Buffer(target, task),
        Deployment(target, task),
        .. task.Settings.Zones > 1 ? [ZoneLost(target, task)] : ImmutableArray<PlanNeed>.Empty,
        .. task.TakenBack is { } back ? [Reconnect(target, task, back)] : ImmutableArray<PlanNeed>.Empty,
    ];

    // In decimal: 1.2 has no exact double, and a task too many at every exact quotient is a bill too high.
    private static PlanNeed Buffer(long target, TaskStrength task)
    {
        var buffer = (decimal)task.Settings.Buffer;
        var tasks = (long)Math.Ceiling(target * buffer / task.Safe);
        return new(PlanNeedKind.Buffer, tasks,
            Say($"{target:N0} ÷ {task.Safe:N0} × {buffer} = {tasks:N0}"));
    }

    // ceil(d × p ÷ 100) ≥ base where d × p ÷ 100 > base − 1; the least such d is floor((base − 1) × 100 ÷ p) + 1.
    private static PlanNeed Deployment(long target, TaskStrength task)
    {
        var (least, percent) = (PlanMath.DivideUp(target, task.Safe), task.Settings.MinimumHealthyPercent);
        var tasks = ((least - 1) * 100 / percent) + 1;
        return new(PlanNeedKind.Deployment, tasks, $"{Needed(target, task)}; of {Words.Count(tasks)}, "
            + $"{Words.Count(percent)} % keep running, rounded up: {Words.Count(PlanMath.Kept(tasks, percent))}");
    }

    // d − ceil(d ÷ z) = floor(d × (z − 1) ÷ z) ≥ base; the least such d is ceil(base × z ÷ (z − 1)).
    private static PlanNeed ZoneLost(long target, TaskStrength task)
    {
        var (least, zones) = (PlanMath.DivideUp(target, task.Safe), task.Settings.Zones);
        var tasks = PlanMath.DivideUp(least * zones, zones - 1);
        return new(PlanNeedKind.ZoneLost, tasks, $"{Needed(target, task)}; of {Words.Count(tasks)} in {zones} zones, "
            + $"{Words.Count(PlanMath.Left(tasks, zones))} are left without one");
    }

    private static PlanNeed Reconnect(long target, TaskStrength task, decimal back)
    {
        var (all, time) = ((long)Math.Ceiling(target / back), (decimal)task.Settings.ReconnectWithin.TotalSeconds);
        var tasks = WithZoneBack(all, target, task.Settings.Zones, back);
        var zone = tasks > all
            ? $"; {Words.Count(tasks)} for those of a lost zone, as an odd number loses the greater half"
            : "";
        return new(
            PlanNeedKind.Reconnect, tasks,
            Say($"{target:N0} clients ÷ ({PlanMath.ToThreeDigits(back / time):#,0.######} handshakes per second, as "
                    + $"measured × {time:0.###} s) = {all:N0}{zone}"));
    }

    // A lost zone's clients are target × lost ÷ d, and d − lost tasks take them back. Where lost ≤ d − lost they are no
    // more for each than all clients are for d; so only an odd d in 2 zones asks for more, by a step or two. One task
    // more is tried as well, for scaling or another need may add it.
    private static long WithZoneBack(long all, long target, int zones, decimal back)
    {
        bool IsInTime(long tasks) =>
            target * (decimal)(tasks - PlanMath.Left(tasks, zones)) <= (decimal)tasks * PlanMath.Left(tasks,
            zones) * back;
        var tasks = all;
        // Another need asks for 2 where there are zones; those 2, and all above, are in time where one would be.
        while (zones > 1 && tasks > 1 && !(IsInTime(tasks) && IsInTime(tasks + 1)))
            tasks++;
        return tasks;
    }

    private static string Needed(long target, TaskStrength task) =>
        $"{Words.Count(target)} ÷ {Words.Count(task.Safe)} = {Words.Count(PlanMath.DivideUp(target, task.Safe))} have "
            + $"to run";
}
