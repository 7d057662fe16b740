using System.Collections.Immutable;
using Support.Host;

namespace Support.Plan;

/// <summary>What a plan rests on and does not cover.</summary>
internal static class PlanNotes
{
    // Elastic Load Balancing quotas page; ECS service quotas page. A second load balancer of the same service lifts neither.
    private const string ManyTasks = "AWS's default quotas are 1,000 targets a load balancer and 5,000 tasks a service: split it into several services, each with a load balancer of its own, "
        + "as within one service every task is in all its target groups.";

    internal static ImmutableArray<string> Of(ScalingPlan plan) => plan.Desired is null ? [] :
    [
        "One thing happens at a time: the plan takes the greatest need, and covers no zone that is lost during a deployment.",
        .. plan.Settings.Zones == 1 ? ["Everything is in one zone: its loss is not covered (Plan.Zones)."] : ImmutableArray<string>.Empty,
        plan.OpensPerSecond is null
            ? "How many handshakes a task answers a second was not measured: whether all clients are back in time, after a deployment or the loss of a load balancer, is not known."
            : "Handshakes a second are those of this run's path: through a load balancer with TLS there are fewer. Clients that come back all at once, and not with a random delay, ask for more.",
        "Scaling holds the average of the tasks. A new task gets new connections only, so old ones hold more: let the server refuse (503, or close code 1013) at its safe limit, or keep minimum = desired.",
        "The minimum is one task a zone, at least 2 and a quarter of the peak; the maximum leaves the buffer.",
        .. plan.Desired > LoadBalancerPrices.TargetsEach ? [ManyTasks] : ImmutableArray<string>.Empty,
        .. plan.Cost is null ? ImmutableArray<string>.Empty : ["Not in the cost: data transfer, NAT, public IPv4 addresses, logs, Container Insights."],
        .. plan.IsLowerBound ? ["One task may hold more than was seen, so fewer tasks may do: measure until the server breaks."] : ImmutableArray<string>.Empty,
        .. plan.Minimum == 1 ? ["One task is no service that survives its end: 2 take the rest of the clients while the other is replaced."] : ImmutableArray<string>.Empty,
    ];
}
