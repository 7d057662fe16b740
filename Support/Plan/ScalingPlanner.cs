using System.Collections.Immutable;
using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Works out the number of tasks, what they carry and what they cost. Pure.</summary>
internal static class ScalingPlanner
{
    private static readonly ImmutableArray<long> UsualTargets = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000,
        200_000, 500_000, 1_000_000];

    /// <summary>The plan, as far as what was measured allows one.</summary>
    public static ScalingPlan Plan(PlanInput input)
    {
        var (verdict, settings) = (input.Verdict, input.Plan);
        var estimate = input.Task is { } task ? Estimator.Estimate(task, settings, null) : null;
        // How connections are opened is the client's: a limit of that says nothing of how many a task holds.
        var perTask = verdict.Opening is null ? verdict.SafeLimit : null;
        var known = new ScalingPlan(settings.TargetConnections, perTask, settings.Buffer, null)
        {
            Settings = settings,
            IsAskedFor = input.IsAskedFor,
            IsLowerBound = IsLowerBound(verdict),
            Doubt = input.Doubt,
            Size = input.Task?.Size,
            SizeFrom = input.Task?.From,
            OpensPerSecond = input.OpensPerSecond,
            IsBurst = input.IsBurst,
            Estimate = estimate,
            Comparison = estimate is null ? null : EstimateComparison.Of(estimate, input),
        };
        var plan = perTask is > 0 and { } safe
            ? WithTasks(known, input, new TaskStrength(safe, input.OpensPerSecond, settings))
            : known;
        return plan.Desired is null && estimate is null ? plan : plan with { Rules = RulesOfThumb.Of(plan, input) };
    }

    /// <summary>
    /// Whether one task may hold more than was seen: no limit was reached, or the client was the limit.
    /// </summary>
    public static bool IsLowerBound(RunVerdict verdict) =>
        verdict.PeakConnections is not null && verdict.Bottleneck.Side is BottleneckSide.None or BottleneckSide.Client;

    private static ScalingPlan WithTasks(ScalingPlan known, PlanInput input, TaskStrength task)
    {
        var counts = TaskCounts.Of(known.TargetConnections, task);
        return known with
        {
            TasksNeeded = counts.ByBuffer,
            Needs = counts.Needs,
            Minimum = counts.Minimum,
            Maximum = counts.Maximum(task.Settings),
            TargetPerTask = counts.TargetPerTask,
            Loads = Loads(known.TargetConnections, counts.Desired, task),
            Cost = Cost(known.TargetConnections, counts.Desired, input),
            Table = [.. UsualTargets.Append(known.TargetConnections).Distinct().Order()
                .Select(target => Row(target, input, task))],
        };
    }

    private static PlanRow Row(long target, PlanInput input, TaskStrength task)
    {
        var counts = TaskCounts.Of(target, task);
        var tasks = counts.Desired;
        return new(
            target, counts.ByBuffer, tasks, PlanMath.DivideUp(target, tasks), counts.Greatest.Kind,
                LoadBalancerPrice.CountFor(tasks), Cost(target, tasks, input));
    }

    // Null where the size is not known or none of Fargate's, whose prices alone are known.
    private static PlanCost? Cost(long target, long tasks, PlanInput input)
    {
        if (input.Task is not { Size: { IsTask: true } size } task)
            return null;
        var taskSize = new TaskSize((int)Math.Round(size.Vcpus * 1024), size.Memory);
        if (!MachineSizes.Fargate.Contains(taskSize))
            return null;
        var price = TaskPrice.For(task.Architecture, input.Price);
        var balancer = LoadBalancerPrice.For(input.Price);
        var each = price.CostPerMonth(taskSize);
        var balancers = balancer.CostPerMonth(LoadBalancerPrice.CountFor(tasks),
            LoadBalancerPrice.UnitsFor(target, input.Plan));
        return new(each, each * tasks, balancers, $"{price.Of}; {balancer.Of}");
    }

    private static ImmutableArray<PlanLoad> Loads(long target, long desired, TaskStrength task)
    {
        var (zones, kept) = (task.Settings.Zones, PlanMath.Kept(desired, task.Settings.MinimumHealthyPercent));
        return
        [
            Load("all tasks run", target, desired),
            Load("during a deployment", target, kept),
            .. zones > 1
                ? [Load($"one of {zones} zones lost", target, PlanMath.Left(desired, zones))]
                : ImmutableArray<PlanLoad>.Empty,
            .. task.TakenBack is { } back ? Returns(target, desired, task, back) : [],
        ];
    }

    // A task that is lost takes its clients with it: they come back to those that are left, which answer as many
    // handshakes per second as before.
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

    private static PlanLoad Load(string name, long target, long tasks) =>
        new(name, tasks, PlanMath.DivideUp(target, tasks));

    private static string Seconds(decimal value) =>
        Say($"{Math.Ceiling(value):N0} s");
}

/// <summary>In whole numbers: floating point would order a task too many at an exact quotient.</summary>
internal static class PlanMath
{
    /// <summary>Of 0 or more, by 1 or more.</summary>
    internal static long DivideUp(long value, long by) => (value / by) + (value % by == 0 ? 0 : 1);

    /// <summary>ceil(tasks × percent ÷ 100): how many ECS keeps running in a deployment.</summary>
    internal static long Kept(long tasks, int percent) => DivideUp(tasks * percent, 100);

    /// <summary>Of a value above 0: 10,679.3 is 10,700.</summary>
    internal static decimal ToThreeDigits(decimal value)
    {
        var unit = 1m;
        while (value >= 1000 * unit)
            unit *= 10;
        while (value < 100 * unit)
            unit /= 10;
        return Math.Round(value / unit) * unit;
    }

    /// <summary>The tasks that are left where one of the zones is lost, and with it ceil(tasks ÷ zones).</summary>
    internal static long Left(long tasks, int zones) => tasks - DivideUp(tasks, zones);
}
