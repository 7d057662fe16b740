using System.Collections.Immutable;
using Support.Host;
using Support.Settings;

namespace Support.Plan;

/// <summary>How many tasks a service has, between which numbers scaling stays, and its scaling target.</summary>
/// <param name="Needs">What asks for tasks, scaling last.</param>
/// <param name="Minimum">The least that scaling leaves.</param>
/// <param name="TargetPerTask">Connections per task, on average.</param>
internal sealed record TaskCounts(ImmutableArray<PlanNeed> Needs, long Minimum, int TargetPerTask)
{
    /// <summary>
    /// MinCapacity and MaxCapacity have 32 bits (Application Auto Scaling API reference, RegisterScalableTarget).
    /// </summary>
    internal const long Most = int.MaxValue;

    private const int LeastTasks = 2;
    private const int LeastPart = 4;

    /// <summary>What asks for the most; the first of those that ask for as many.</summary>
    internal PlanNeed Greatest => Needs.MaxBy(need => need.Tasks)!;

    internal long Desired => Greatest.Tasks;

    /// <summary>What the buffer alone asks for.</summary>
    internal long ByBuffer => Needs.First(need => need.Kind == PlanNeedKind.Buffer).Tasks;

    internal long Maximum(PlanSettings settings) => MaximumOf(Desired, settings);

    internal static TaskCounts Of(long target, TaskStrength task)
    {
        var needs = PlanNeeds.Of(target, task);
        var needed = needs.Max(need => need.Tasks);
        var minimum = Math.Min(Math.Min(needed, Most),
            Math.Max(Math.Max(LeastTasks, task.Settings.Zones), PlanMath.DivideUp(needed, LeastPart)));
        var most = MostPerTask(minimum, task);
        var each = (int)Math.Max(1, most);
        return new([.. needs, Scaling(target, task, each, needed, minimum, isSafe: most >= 1)], minimum, each);
    }

    private static long MaximumOf(long desired, PlanSettings settings) =>
        Math.Min(Most, Math.Max(desired + 1, (long)Math.Ceiling(desired * (decimal)settings.Buffer)));

    private static PlanNeed Scaling(long target, TaskStrength task, int each, long needed, long minimum, bool isSafe)
    {
        var tasks = PlanMath.DivideUp(target, each);
        var most = MaximumOf(Math.Max(needed, tasks), task.Settings);
        var why = isSafe
            ? $"with {Words.Count(minimum)} to {Words.Count(most)} tasks, no task comes above "
                + $"{Words.Count(task.Safe)} on average "
                + (task.Settings.Zones > 1 ? "when a zone is lost" : "in a deployment")
            : "it cannot be lower, and no task is sure to stay safe";
        return new(PlanNeedKind.Scaling, tasks,
            $"{Words.Count(target)} ÷ {Words.Count(each)}, the scaling target per task: {why}");
    }

    // The connections per task that it can carry, whatever happens at any number of tasks from the minimum on; below 1
    // where it can carry none.
    private static decimal MostPerTask(long minimum, TaskStrength task)
    {
        var (settings, safe) = (task.Settings, (decimal)task.Safe);
        var least = Math.Min(safe / (decimal)settings.Buffer, safe * settings.MinimumHealthyPercent / 100);
        if (settings.Zones > 1)
            least = Math.Min(least, WithoutZone(minimum, task));
        return Math.Floor(Math.Min(least, task.TakenBack ?? least));
    }

    // Of n tasks in z zones, ceil(n ÷ z) go with the fullest zone. The share that is left, 1 − ceil(n ÷ z) ÷ n, is no
    // less at n + z than at n: with c = ceil(n ÷ z), (c + 1) ÷ (n + z) ≤ c ÷ n wherever n ≤ c × z, which is always. So
    // the worst of all n from the minimum on is among the first z.
    private static decimal WithoutZone(long minimum, TaskStrength task) => Enumerable.Range(0, task.Settings.Zones)
        .Select(more => minimum + more)
        .Min(tasks => (decimal)task.Safe * PlanMath.Left(tasks, task.Settings.Zones) / tasks);
}
