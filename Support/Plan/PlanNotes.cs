using System.Collections.Immutable;
using Support.Environments;

namespace Support.Plan;

/// <summary>What a plan rests on and does not cover.</summary>
internal static class PlanNotes
{
    internal static ImmutableArray<string> Of(ScalingPlan plan) => plan.Desired is null ? [] :
    [
        "One thing happens at a time: the plan takes the greatest need, and covers no zone that is lost during a deployment.",
        .. plan.Settings.Zones == 1 ? ["Everything is in one zone: its loss is not covered (Plan.Zones)."] : ImmutableArray<string>.Empty,
        plan.OpensPerSecond is null
            ? "How many handshakes a task answers a second was not measured: whether all clients are back in time, after a deployment or the loss of a load balancer, is not known."
            : "A deployment, or the loss of a load balancer, cuts every client off; clients that come back all at once, and not with a random delay, ask for more.",
        "A new task gets no connection that is there already: scaling out helps those that come, and a task that is full stays full.",
        .. plan.IsLowerBound ? ["One task may hold more than was seen, so fewer tasks may do: measure until the server breaks."] : ImmutableArray<string>.Empty,
        .. plan.Minimum == 1 ? ["One task is no service that survives its end: 2 take the rest of the clients while the other is replaced."] : ImmutableArray<string>.Empty,
    ];
}
