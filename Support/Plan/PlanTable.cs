using System.Collections.Immutable;
using Support.Settings;

namespace Support.Plan;

/// <summary>The same plan for several targets, and what each costs.</summary>
internal static class PlanTable
{
    private static readonly ImmutableArray<long> Targets = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];

    /// <summary>A row for each of the usual targets and for this plan's own, ascending.</summary>
    internal static ImmutableArray<PlanRow> Of(PlanInput input, TaskStrength task) =>
        [.. Targets.Append(input.Plan.TargetConnections).Distinct().Order().Select(target => Row(target, input, task))];

    /// <summary>Whether a task of that size can run on Fargate, whose prices alone are known.</summary>
    internal static bool IsPriced(MachineSize size) => size.IsTask && MachineSizes.Fargate.Contains(TaskSizeOf(size));

    /// <summary>What so many tasks cost; null where the size is not known or none of Fargate's.</summary>
    internal static PlanCost? Cost(long target, long tasks, PlanInput input)
    {
        if (input.Task is not { } task || !IsPriced(task.Size))
            return null;
        var price = TaskPrices.Of(task.Architecture, input.Price);
        var balancer = LoadBalancerPrices.Of(input.Price);
        var each = price.CostPerMonth(TaskSizeOf(task.Size));
        var balancers = balancer.CostPerMonth(LoadBalancerPrices.CountFor(tasks), LoadBalancerPrices.UnitsFor(target, input.Plan));
        return new(each, each * tasks, balancers, $"{price.Of}; {balancer.Of}");
    }

    private static TaskSize TaskSizeOf(MachineSize size) => new((int)Math.Round(size.Vcpus * 1024), size.Memory);

    private static PlanRow Row(long target, PlanInput input, TaskStrength task)
    {
        var counts = TaskCounts.Of(target, task);
        var most = counts.Greatest;
        return new(
            target,
            counts.Needs.First(need => need.Kind == PlanNeedKind.Buffer).Tasks,
            most.Tasks,
            PlanMath.DivideUp(target, most.Tasks),
            most.Kind,
            LoadBalancerPrices.CountFor(most.Tasks),
            Cost(target, most.Tasks, input));
    }
}
