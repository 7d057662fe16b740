using System.Collections.Immutable;
using System.Globalization;

namespace Support.Plan;

/// <summary>What a task carries in each situation.</summary>
internal static class PlanLoads
{
    internal static ImmutableArray<PlanLoad> Of(long target, long desired, TaskStrength task)
    {
        var (zones, kept) = (task.Settings.Zones, PlanMath.Kept(desired, task.Settings.MinimumHealthyPercent));
        return
        [
            Load("all tasks run", target, desired),
            Load("during a deployment", target, kept),
            .. zones > 1 ? [Load($"one of {zones} zones lost", target, PlanMath.Left(desired, zones))] : ImmutableArray<PlanLoad>.Empty,
            .. task.TakenBack is { } back ? Returns(target, desired, task, back) : [],
        ];
    }

    // A task that is lost takes its clients with it: they come back to those that are left, which answer as many handshakes a second as before.
    private static IEnumerable<PlanLoad> Returns(long target, long desired, TaskStrength task, decimal back)
    {
        var (zones, rate) = (task.Settings.Zones, back / (decimal)task.Settings.ReconnectWithin.TotalSeconds);
        yield return Load($"all clients come back (takes {Seconds(target / (desired * rate))})", target, desired);
        if (zones == 1)
            yield break;
        var left = PlanMath.Left(desired, zones);
        var cutOff = (decimal)target * (desired - left) / desired;
        yield return Load($"lost zone's clients come back (takes {Seconds(cutOff / (left * rate))})", target, left);
    }

    private static PlanLoad Load(string name, long target, long tasks) => new(name, tasks, PlanMath.DivideUp(target, tasks));

    private static string Seconds(decimal value) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(value):N0} s");
}
