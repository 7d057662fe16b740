using System.Collections.Immutable;
using Support.Host;
using static Support.Aws.Scaling.ScalingCase;

namespace Support.Aws.Scaling;

/// <summary>What the checks say about target groups and load balancers.</summary>
internal static class BalancingChecks
{
    // The default of a target group; a deployment waits that long for connections that nobody closes (ELB API
    // reference, TargetGroupAttribute).
    private const int LongestDelay = 300;

    // ELB API reference, LoadBalancerAttribute: idle_timeout.timeout_seconds.
    private const int LongestIdle = 4000;

    /// <summary>
    /// Too short cuts clients before they have moved; too long holds every deployment up, for a WebSocket stays open.
    /// </summary>
    public static Answer Delay(ScalingCase scaling)
    {
        var shortest = Whole(scaling.Plan.Settings.ReconnectWithin);
        var longest = Math.Max(LongestDelay, shortest);
        var expected = $"{Seconds(shortest)} (Plan.ReconnectWithin) to {Seconds(longest)}";
        if (scaling.Deployed.LoadBalancing is not { Value.TargetGroups: var groups })
            return NotRead(expected);
        if (groups.IsEmpty)
            return Answer.NotApplicable(expected, "no target group");
        if (groups.All(group => group.DeregistrationDelaySeconds is null))
            return NotRead(expected);

        var wrong = groups.Where(group => IsShort(group) || group.DeregistrationDelaySeconds > longest).ToList();
        var actual = string.Join(
            "; ", groups.Select(group => $"{group.Name}: {Known(group.DeregistrationDelaySeconds)}"));
        var commands = wrong.Select(group => ScalingCommands.Delay(group, IsShort(group) ? shortest : longest));
        return wrong.Count == 0
            ? Answer.Passed(expected, actual)
            : Answer.Warning(
                expected, $"{actual}: {Why(IsShort(wrong[0]))}", $"Change it: {string.Join(" && ", commands)}");

        bool IsShort(DeployedTargetGroup group) => group.DeregistrationDelaySeconds < shortest;

        static string Why(bool isShort) => isShort
            ? "clients of a task that goes are cut off before they have had the time to move"
            : "a task that goes waits that long for WebSockets, which stay open, and every deployment with it";
    }

    /// <summary>What is silent longer than the idle timeout is closed, be it ever so healthy.</summary>
    public static Answer Idle(ScalingCase scaling)
    {
        var ping = scaling.Plan.Settings.PingInterval.TotalSeconds;
        var wanted = (int)Math.Min(LongestIdle, Math.Ceiling(2 * ping));
        var expected = $"at least {Seconds(wanted)}, twice Plan.PingInterval of {Seconds(ping)}";
        if (scaling.Deployed.LoadBalancing is not { Value.LoadBalancers: var balancers })
            return NotRead(expected);
        if (balancers.IsEmpty)
            return Answer.NotApplicable(expected, "no load balancer");
        // The lowest; null comes last.
        var lowest = balancers.MinBy(one => one.IdleTimeoutSeconds ?? int.MaxValue)!;
        if (lowest.IdleTimeoutSeconds is not { } shortest)
            return Answer.NotApplicable(expected, $"{balancers[0].Name} has no such setting");

        var actual = $"{lowest.Name}: {Seconds(shortest)}";
        return shortest >= wanted ? Answer.Passed(expected, actual)
            : shortest <= ping ? new(
                scaling.Missed(PingInterval), expected,
                $"{actual}: every connection without traffic is cut before its next ping",
                scaling.Next(PingInterval, "Raise it", Commands()))
            : Answer.Warning(
                expected, $"{actual}: one ping that is late or lost ends a connection without traffic",
                $"Ping more often and set Plan.PingInterval, or raise it: {Commands()}");

        string Commands() => string.Join(
            " && ",
            balancers.Where(one => one.IdleTimeoutSeconds < wanted).Select(one => ScalingCommands.Idle(one, wanted)));
    }

    /// <summary>
    /// After a cut all clients come back at once, and a task that is busy with them must not be ended for it.
    /// </summary>
    public static Answer Grace(ScalingCase scaling)
    {
        var shortest = Whole(scaling.Plan.Settings.ReconnectWithin);
        var expected = $"a grace period of at least {Seconds(shortest)} (Plan.ReconnectWithin)";
        if (scaling.Deployed.TargetGroupArns.IsEmpty)
            return Answer.NotApplicable(expected, "no load balancer checks its tasks");
        // ECS API reference, Service: what is not set is 0.
        var live = scaling.Deployed.HealthCheckGraceSeconds ?? 0;
        if (live == 0)
            return Answer.NotApplicable(expected, "0 s: Service.HealthGrace says what to do");
        return live >= shortest
            ? Answer.Passed(expected, Seconds(live))
            : Answer.Warning(
                expected, $"{Seconds(live)}: a new task that all clients come back to can be ended by its health check",
                "Raise it: " + ScalingCommands.UpdateService(
                    scaling.Deployed, $"--health-check-grace-period-seconds {shortest}"));
    }

    private static int Whole(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    private static string Known(int? seconds) => seconds is { } value ? Seconds(value) : "not known";
}
