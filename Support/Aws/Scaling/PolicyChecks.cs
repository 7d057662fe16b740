using System.Collections.Immutable;
using Support.Settings;
using Support.Host;
using Support.Plan.Scaling;
using Support.Verdict;
using static Support.Aws.Scaling.ScalingCase;

namespace Support.Aws.Scaling;

/// <summary>What the checks say about policies that track a target.</summary>
internal static class PolicyChecks
{
    private const string RequestCount = "ALBRequestCountPerTarget";
    private const string StepScaling = "StepScaling";

    // 500 for 0.5 is a factor of 1,000; nobody waits a hundred times the limit on purpose.
    private const double MillisecondsForSeconds = 100;

    // As far as a target is rounded.
    private const double Same = 1 + 1e-9;

    /// <summary>A target above the safe limit lets every task break before scaling starts another.</summary>
    public static Answer Connections(ScalingCase scaling)
    {
        const string without = "a scaling target of at most the safe limit of a task";
        if (scaling.Certain is not { ConnectionsPerTask: { } safe })
            return scaling.WithoutPlan(without);
        var wanted = scaling.Plan.TargetPerTask ?? safe;
        var expected = $"a scaling target of {Count(wanted)} connections per task on average, and of at most "
            + $"{Count(safe)}, the safe limit";
        if (scaling.Deployed.AutoScaling is not { Value: { } facts })
            return NotRead(expected);

        var found = Tracked.Of(facts, TrackedMetric.IsOfConnections);
        if (found.IsEmpty)
            return None(scaling, facts, expected);
        if (found.FirstOrDefault(one => one.Metric.Unit == TrackedUnit.ConnectionsInAll) is { } inAll)
            return InAll(scaling, inAll, expected);
        // Any of several policies scales out, so that the lowest target is the one that holds (Application Auto Scaling
        // user guide, target tracking).
        if (found.Where(one => one.Target is not null).MinBy(one => one.Target) is { } lowest)
            return Judged(scaling, lowest, expected);
        var policy = found[0].Policy;
        return Answer.Warning(
            expected,
            $"{policy.Name} tracks {Count(policy.TargetValue!.Value)} of a metric that is not understood: "
                + Described(policy),
            $"Compare it by hand, or track what is understood: {ScalingCommands.Put(scaling.ConnectionsFile, policy)}");
    }

    /// <summary>
    /// The metric is in seconds, and covers the handshake alone: it ends when the answer to the upgrade starts.
    /// </summary>
    public static Answer ResponseTime(ScalingCase scaling)
    {
        var limit = scaling.Plan.Settings.ResponseTime.TotalSeconds;
        var expected = $"a target of at most {Seconds(limit)}; TargetResponseTime is in seconds, and for WebSockets "
            + "that of the handshake alone";
        if (scaling.Deployed.AutoScaling is not { Value: { } facts })
            return NotRead(expected);
        var found = Tracked.Of(facts, TrackedMetric.IsOfResponseTime);
        if (found.IsEmpty)
            return Answer.NotApplicable(expected, "no policy tracks TargetResponseTime");
        if (found.MaxBy(one => one.Target ?? double.MaxValue) is not { Target: { } target } highest)
        {
            return Answer.Warning(
                expected,
                "a policy on TargetResponseTime is not understood: "
                    + string.Join("; ", found.Select(one => Described(one.Policy))),
                "Compare it by hand.");
        }

        var actual = $"{highest.Policy.Name} tracks {Seconds(target)}";
        if (target <= limit * Same)
            return Answer.Passed(expected, actual);
        var tooLong = target >= limit * MillisecondsForSeconds;
        var command = ScalingCommands.Retarget(scaling.Deployed, highest.Policy, limit * highest.Metric.PerOne!.Value);
        return new(
            tooLong ? CheckOutcome.Critical : CheckOutcome.Warning, expected,
            tooLong ? $"{actual}: milliseconds in place of seconds, and it never scales" : actual,
            $"Change the target: {command}");
    }

    private static Answer Judged(ScalingCase scaling, Tracked tracked, string expected)
    {
        var safe = scaling.Plan.ConnectionsPerTask!.Value;
        var wanted = scaling.Plan.TargetPerTask ?? safe;
        var target = tracked.Target!.Value;
        var actual = $"{tracked.Policy.Name} has a target of {Count(target)} connections per task on average: "
            + $"{Described(tracked.Policy)} at {Count(tracked.Policy.TargetValue!.Value)}{Note(tracked.Policy)}";
        // The plan's own is put as a whole; another's metric is not ours to change.
        var command = tracked.Policy.Name == ScalingTemplate.ConnectionsPolicyName
            ? ScalingCommands.Put(scaling.ConnectionsFile)
            : ScalingCommands.Retarget(scaling.Deployed, tracked.Policy, wanted * tracked.Metric.PerOne!.Value);
        return target > safe * Same
            ? scaling.Plan.IsLowerBound ? Undecided(target, safe, expected, actual)
                : Answer.Critical(
                    expected, $"{actual}, above the safe limit of {Count(safe)}", $"Lower the target: {command}")
            : target > wanted * Same
            ? Answer.Warning(
                expected, $"{actual}: within the safe limit, and without room for what the plan covers",
                $"Lower the target: {command}")
            : Foreign(scaling.Deployed, tracked.Policy) is { } foreign
            ? Answer.Warning(
                expected, $"{actual}; it counts at {foreign}, which is not before this service",
                $"Track its own load balancer: {ScalingCommands.Put(scaling.ConnectionsFile, tracked.Policy)}")
            : Missing(scaling.Deployed, tracked.Policy) is { } missing
            ? Answer.Warning(
                expected, $"{actual}; it does not count {missing}, which is before this service as well",
                $"Add to its metrics, and to the sum: {LoadBalancerQuery(missing)}")
            : Answer.Passed(expected, actual);
    }

    // What is more than was seen may be held as well. The safe limit is a share of what is reached, and whole.
    private static Answer Undecided(double target, int safe, string expected, string actual)
    {
        var top = (double)GateSettings.Showing((decimal)Math.Ceiling(target));
        return Answer.Warning(
            expected,
            $"{actual}; not decided: the safe limit of {Count(safe)} is a lower bound, "
                + "for this run met no limit of a task",
            $"Raise the ladder to at least {Count(top)} (NUM_SESSIONS) to decide it; where this machine was the limit, "
                + "from a larger one.");
    }

    private static Answer InAll(ScalingCase scaling, Tracked tracked, string expected) => Answer.Critical(
        expected,
        $"{tracked.Policy.Name} tracks {Described(tracked.Policy)}, which counts the connections of all tasks: "
            + $"above {Count(tracked.Policy.TargetValue!.Value / tracked.Metric.PerOne!.Value)} in all, "
            + "the count does not fall when tasks start: it would run to the maximum",
        "Divide it by the running tasks, as the plan's policy does: "
            + ScalingCommands.Put(scaling.ConnectionsFile, tracked.Policy));

    private static Answer None(ScalingCase scaling, DeployedAutoScaling facts, string expected)
    {
        var requests = facts.Policies.FirstOrDefault(policy => policy.Predefined == RequestCount);
        var actual = requests is not null
            ? $"none; {requests.Name} tracks {RequestCount}, which counts upgrades and no open connections"
            : facts.Policies.IsEmpty ? "no policy" : string.Join("; ", OfOthers(facts.Policies));
        return Answer.Warning(
            expected, actual,
            $"Put the plan's policy: {ScalingCommands.Put(scaling.ConnectionsFile)}"
                + (requests is null ? "" : $"; then delete {requests.Name}"));
    }

    private static IEnumerable<string> OfOthers(ImmutableArray<DeployedPolicy> policies)
    {
        string[] steps = [.. policies.Where(policy => policy.Type == StepScaling).Select(policy => policy.Name)];
        string[] others = [.. policies.Where(policy => policy.Type != StepScaling).Select(policy => policy.Name)];
        if (others.Length > 0)
            yield return $"none of {string.Join(", ", others)} tracks connections";
        if (steps.Length > 0)
            yield return $"{string.Join(", ", steps)} not read: step scaling goes by its alarms";
    }

    // Where the policy counts at no load balancer, it counts them all in another way.
    private static string? Missing(DeployedScaling deployed, DeployedPolicy policy) =>
        TrackedMetric.Counted(policy).ToArray() is { Length: > 0 } counted
            ? deployed.LoadBalancers.FirstOrDefault(name => !counted.Contains(name))
            : null;

    private static string LoadBalancerQuery(string name) =>
        $$"""
            {"Id":"more","MetricStat":{"Metric":{"Namespace":"AWS/ApplicationELB","MetricName":"ActiveConnectionCount",
            "Dimensions":[{"Name":"LoadBalancer","Value":"{{name}}"}]},"Stat":"Sum"},"ReturnData":false}
            """.ReplaceLineEndings("");

    // Where the load balancers are not known, none is foreign.
    private static string? Foreign(DeployedScaling deployed, DeployedPolicy policy) =>
        deployed.LoadBalancing is { Value.LoadBalancers: { IsEmpty: false } balancers }
            ? policy.Metrics.Select(metric => metric.LoadBalancer).OfType<string>()
                .FirstOrDefault(name => !balancers.Any(one => one.Name == name))
            : null;

    private static string Note(DeployedPolicy policy)
    {
        var own = policy.Metrics.FirstOrDefault(one => TrackedMetric.IsOwn(one) && TrackedMetric.IsUsed(policy, one));
        var whose = own?.Statistic == "Sum" ? "all tasks, of which each publishes once a minute" : "one task";
        return own is null ? "" : $" ({own.Namespace} {own.Name} is taken as the connections of {whose})";
    }

    private static string Described(DeployedPolicy policy) => policy.Metrics.FirstOrDefault(one => one.Returned) switch
    {
        null => "no metric",
        { Expression: { } expression } => expression,
        var metric => $"{metric.Statistic} of {metric.Name}",
    };

    private sealed record Tracked(DeployedPolicy Policy, TrackedMetric Metric)
    {
        public static ImmutableArray<Tracked> Of(DeployedAutoScaling facts, Func<PolicyMetric, bool> isOf) =>
        [
            .. facts.Policies.Where(policy => policy.TargetValue is not null && policy.Metrics.Any(isOf))
                .Select(policy => new Tracked(policy, TrackedMetric.Of(policy))),
        ];

        public double? Target =>
            Metric is { Unit: TrackedUnit.PerTask, PerOne: { } perOne } ? Policy.TargetValue / perOne : null;
    }
}
