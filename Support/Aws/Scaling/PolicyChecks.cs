using System.Collections.Immutable;
using Support.Environments;
using Support.Scaling;
using static Support.Aws.Scaling.ScalingCase;

namespace Support.Aws.Scaling;

/// <summary>What the checks say about policies that track a target.</summary>
internal static class PolicyChecks
{
    private const string RequestCount = "ALBRequestCountPerTarget";

    // 500 for 0.5 is a factor of 1,000; nobody waits a hundred times the limit on purpose.
    private const double MillisecondsForSeconds = 100;

    // As far as a target is rounded.
    private const double Same = 1 + 1e-9;

    /// <summary>A target above the safe limit lets every task break before scaling starts another.</summary>
    public static Answer Connections(ScalingCase scaling)
    {
        const string without = "a policy that keeps each task within its safe limit";
        if (scaling.Plan.ConnectionsPerTask is not (> 0 and var safe))
            return WithoutPlan(without);
        var wanted = scaling.Plan.TargetPerTask ?? safe;
        var expected = $"a policy that keeps a task at {Count(wanted)} connections, and never above {Count(safe)}, its safe limit";
        if (scaling.Deployed.AutoScaling is not Reading<DeployedAutoScaling>.Facts { Value: var facts })
            return NotRead(expected);

        var found = facts.Policies.Where(policy => policy.TargetValue is not null && policy.Metrics.Any(TrackedMetric.IsOfConnections))
            .Select(policy => new Tracked(policy, TrackedMetric.Of(policy))).ToImmutableArray();
        return found.IsEmpty ? None(scaling, facts, expected)
            : found.FirstOrDefault(one => one.Metric.Unit == TrackedUnit.ConnectionsInAll) is { } inAll ? InAll(scaling, inAll, expected)
            // Any of several policies scales out, so that the lowest target is the one that holds (Application Auto Scaling user guide, target tracking).
            : found.Where(one => one.Target is not null).MinBy(one => one.Target) is { } lowest ? Judged(scaling, lowest, expected)
            : new(
                CheckOutcome.Warning, expected, $"{found[0].Policy.Name} tracks {Count(found[0].Policy.TargetValue!.Value)} of a metric that is not understood: {Words(found[0].Policy)}",
                $"Compare it by hand, or track what is understood: {ScalingCommands.Put(scaling.ConnectionsFile, found[0].Policy)}");
    }

    /// <summary>The metric is in seconds, and covers the handshake alone: it ends when the answer to the upgrade starts.</summary>
    public static Answer ResponseTime(ScalingCase scaling)
    {
        var limit = scaling.Plan.Settings.ResponseTime.TotalSeconds;
        var expected = $"a target of at most {Seconds(limit)}; TargetResponseTime is in seconds, and for WebSockets that of the handshake alone";
        if (scaling.Deployed.AutoScaling is not Reading<DeployedAutoScaling>.Facts { Value: var facts })
            return NotRead(expected);
        var found = facts.Policies.Where(policy => policy.TargetValue is not null && policy.Metrics.Any(TrackedMetric.IsOfResponseTime))
            .Select(policy => new Tracked(policy, TrackedMetric.Of(policy))).ToImmutableArray();
        if (found.IsEmpty)
            return new(CheckOutcome.NotApplicable, expected, "no policy tracks TargetResponseTime");
        if (found.MaxBy(one => one.Target ?? double.MaxValue) is not { Target: { } target } highest)
            return new(CheckOutcome.Warning, expected, $"a policy on TargetResponseTime is not understood: {string.Join("; ", found.Select(one => Words(one.Policy)))}", "Compare it by hand.");

        var actual = $"{highest.Policy.Name} tracks {Seconds(target)}";
        if (target <= limit * Same)
            return new(CheckOutcome.Passed, expected, actual);
        var tooLong = target >= limit * MillisecondsForSeconds;
        return new(
            tooLong ? CheckOutcome.Critical : CheckOutcome.Warning, expected, tooLong ? $"{actual}: milliseconds in place of seconds, and it never scales" : actual,
            $"Change the target: {ScalingCommands.Retarget(scaling.Deployed, highest.Policy, limit * highest.Metric.PerOne!.Value)}");
    }

    private static Answer Judged(ScalingCase scaling, Tracked tracked, string expected)
    {
        var safe = scaling.Plan.ConnectionsPerTask!.Value;
        var wanted = scaling.Plan.TargetPerTask ?? safe;
        var target = tracked.Target!.Value;
        var actual = $"{tracked.Policy.Name} keeps a task at {Count(target)} connections: {Words(tracked.Policy)} at {Count(tracked.Policy.TargetValue!.Value)}{Note(tracked.Policy)}";
        // The plan's own is put as a whole; another's metric is not ours to change.
        var command = tracked.Policy.Name == ScalingPolicies.ConnectionsName
            ? ScalingCommands.Put(scaling.ConnectionsFile)
            : ScalingCommands.Retarget(scaling.Deployed, tracked.Policy, wanted * tracked.Metric.PerOne!.Value);
        return target > safe * Same
            ? new(CheckOutcome.Critical, expected, $"{actual}, above the safe limit of {Count(safe)}{(scaling.Plan.IsLowerBound ? ", as far as was measured" : "")}",
                scaling.Plan.IsLowerBound
                    ? $"Measure further (NUM_SESSIONS, Ladder.Steps), for nothing of the server broke. Or lower the target: {command}"
                    : $"Lower the target: {command}")
            : target > wanted * Same
            ? new(CheckOutcome.Warning, expected, $"{actual}: within the safe limit, and without room for what the plan covers", $"Lower the target: {command}")
            : Foreign(scaling.Deployed, tracked.Policy) is { } foreign
            ? new(CheckOutcome.Warning, expected, $"{actual}; it counts at {foreign}, which is not before this service", $"Track its own load balancer: {ScalingCommands.Put(scaling.ConnectionsFile, tracked.Policy)}")
            : new(CheckOutcome.Passed, expected, actual);
    }

    private static Answer InAll(ScalingCase scaling, Tracked tracked, string expected) => new(
        CheckOutcome.Critical,
        expected,
        $"{tracked.Policy.Name} tracks {Words(tracked.Policy)}, which belongs to the load balancer, not to a task: the service would be kept at {Count(tracked.Policy.TargetValue!.Value / tracked.Metric.PerOne!.Value)} connections in all",
        $"Divide it by the running tasks, as the plan's policy does: {ScalingCommands.Put(scaling.ConnectionsFile, tracked.Policy)}");

    private static Answer None(ScalingCase scaling, DeployedAutoScaling facts, string expected)
    {
        var requests = facts.Policies.FirstOrDefault(policy => policy.Predefined == RequestCount);
        return new(
            CheckOutcome.Warning,
            expected,
            requests is not null ? $"none; {requests.Name} tracks {RequestCount}, which counts upgrades and no open connections"
                : facts.Policies.IsEmpty ? "no policy" : $"none of {string.Join(", ", facts.Policies.Select(policy => policy.Name))} tracks connections",
            $"Put the plan's policy: {ScalingCommands.Put(scaling.ConnectionsFile)}{(requests is null ? "" : $"; then delete {requests.Name}")}");
    }

    // Where the load balancers are not known, none is foreign.
    private static string? Foreign(DeployedScaling deployed, DeployedPolicy policy) =>
        deployed.LoadBalancing is Reading<DeployedLoadBalancing>.Facts { Value.LoadBalancers: { IsEmpty: false } balancers }
            ? policy.Metrics.Select(metric => metric.LoadBalancer).OfType<string>().FirstOrDefault(name => !balancers.Any(one => one.Name == name))
            : null;

    private static string Note(DeployedPolicy policy) => policy.Metrics.FirstOrDefault(metric => TrackedMetric.IsOwn(metric) && TrackedMetric.IsUsed(policy, metric)) is { } own
        ? $" ({own.Namespace} {own.Name} is taken as the connections of one task)"
        : "";

    private static string Words(DeployedPolicy policy) => policy.Metrics.FirstOrDefault(metric => metric.Returned) switch
    {
        null => "no metric",
        { Expression: { } expression } => expression,
        var metric => $"{metric.Statistic} of {metric.Name}",
    };

    /// <summary>A policy and its target for one task.</summary>
    private sealed record Tracked(DeployedPolicy Policy, TrackedMetric Metric)
    {
        public double? Target => Metric is { Unit: TrackedUnit.PerTask, PerOne: { } perOne } ? Policy.TargetValue / perOne : null;
    }
}
