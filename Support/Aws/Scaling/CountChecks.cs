using Support.Host;
using Support.Plan;
using static Support.Aws.Scaling.ScalingCase;

namespace Support.Aws.Scaling;

/// <summary>What the checks say about numbers of tasks.</summary>
internal static class CountChecks
{
    /// <summary>Where it is not set (ECS API reference, DeploymentConfiguration).</summary>
    private const int DefaultMaximumPercent = 200;

    /// <summary>What scaling may not start is missing at the peak.</summary>
    public static Answer Bounds(ScalingCase scaling)
    {
        const string without = "a scalable target that the plan fits into";
        if (scaling.Certain is not { Desired: { } desired, Minimum: { } minimum, Maximum: { } maximum })
            return scaling.WithoutPlan(without);
        var expected = $"a minimum of at least {Count(minimum)} and a maximum of at least {Count(desired)} tasks for "
            + $"{Count(scaling.Plan.TargetConnections)} connections ({Why(scaling.Plan)})";
        return scaling.Deployed.AutoScaling is not { Value: { } facts } ? NotRead(expected)
            : facts.Target is { } target ? Bounds(scaling, target, new Range(minimum, desired, maximum), expected)
            : scaling.Deployed.Desired >= desired ? Answer.Passed(
                expected,
                $"nothing is registered, so the service stays at {Count(scaling.Deployed.Desired.Value)} tasks, "
                    + "which are enough")
            : Answer.Warning(
                expected, $"nothing is registered, so the service stays at {Tasks(scaling.Deployed.Desired)}",
                $"Register it: {ScalingCommands.Register(scaling.Deployed, minimum, maximum)}");
    }

    /// <summary>
    /// Between the bounds scaling decides; where nothing starts tasks, the number itself has to be enough.
    /// </summary>
    public static Answer Desired(ScalingCase scaling)
    {
        const string without = "as many tasks as are planned";
        if (scaling.Certain is not { Desired: { } desired })
            return scaling.WithoutPlan(without);
        if (scaling.Deployed.AutoScaling is not { Value: { } facts } || scaling.Deployed.Desired is not { } live)
            return NotRead(without);
        if (facts.Target is not { } target || (!facts.StartsTasks && live < desired))
            return OfFixed(scaling, facts, desired, live);

        var expected = $"{Count(target.Minimum)} to {Count(target.Maximum)} tasks, the bounds of scaling";
        return live >= target.Minimum && live <= target.Maximum
            ? Answer.Passed(expected, $"{Count(live)} desired")
            : Answer.Warning(
                expected,
                $"{Count(live)} desired: set by hand, or scaling is suspended; the next scaling activity changes it",
                "Bring it between the bounds: " + ScalingCommands.UpdateService(
                    scaling.Deployed, $"--desired-count {Math.Clamp(live, target.Minimum, target.Maximum)}"));
    }

    /// <summary>A deployment at the peak puts the connections of the tasks that it ends on those that stay.</summary>
    public static Answer Deployment(ScalingCase scaling)
    {
        var percent = scaling.Plan.Settings.MinimumHealthyPercent;
        var expected = $"a minimumHealthyPercent of at least {Count(percent)}, as Plan.MinimumHealthyPercent has it";
        if (scaling is not { Base: { } needed, Certain.Desired: { } planned })
            return scaling.WithoutPlan(expected);
        if (scaling.Deployed.MinimumHealthyPercent is not { } live)
            return NotRead(expected, "ECS did not return minimumHealthyPercent");
        if (live >= percent)
            return Answer.Passed(expected, $"{Count(live)} %");

        // What runs now is no measure of the peak where scaling decides, or where one task is measured.
        var tasks = scaling.Deployed is { Scales: false, Desired: > 1 and var kept } ? kept : planned;
        var stay = PlanMath.Kept(tasks, live);
        var maximum = Math.Max(scaling.Deployed.MaximumPercent ?? DefaultMaximumPercent, DefaultMaximumPercent);
        return new(
            stay < needed ? scaling.Missed(TargetConnections) : CheckOutcome.Warning, expected,
            $"{Count(live)} %: of {Count(tasks)} tasks {Count(stay)} stay in a deployment; "
                + $"{scaling.Peak} want {Count(needed)}",
            $"Set Plan.MinimumHealthyPercent to {Count(live)}, and the plan wants more tasks. Or raise it: "
                + ScalingCommands.UpdateService(
                    scaling.Deployed,
                    $"--deployment-configuration minimumHealthyPercent={percent},maximumPercent={maximum}"));
    }

    private static Answer OfFixed(ScalingCase scaling, DeployedAutoScaling facts, long desired, int live)
    {
        var (why, verb, command) = facts switch
        {
            { Target: null } => (
                "nothing scales the service", "Start the rest",
                ScalingCommands.UpdateService(scaling.Deployed, $"--desired-count {desired}")),
            { Policies.IsEmpty: true } =>
                ("no policy starts tasks", "Put the plan's policy", ScalingCommands.Put(scaling.ConnectionsFile)),
            _ => ("scaling out is suspended", "Let scaling go on", ScalingCommands.Resume(scaling.Deployed)),
        };
        var expected = $"at least {Count(desired)} tasks for {Count(scaling.Plan.TargetConnections)} connections, "
            + $"for {why} ({Why(scaling.Plan)})";
        return live >= desired ? Answer.Passed(expected, $"{Count(live)} desired")
            : live == 1 ? Answer.Warning(
                expected, "1 task runs, as for a measurement",
                $"After it: {scaling.Next(TargetConnections, verb, command)}")
            : new(
                scaling.Missed(TargetConnections), expected, $"{Count(live)} desired",
                scaling.Next(TargetConnections, verb, command));
    }

    private static Answer Bounds(ScalingCase scaling, DeployedScalableTarget target, Range plan, string expected)
    {
        var held = target.Suspended.IsEmpty ? "" : $"; suspended: {string.Join(", ", target.Suspended)}";
        var actual = $"{Count(target.Minimum)} to {Count(target.Maximum)} tasks{held}";
        var (startsTooFew, leavesTooFew) = (target.Maximum < plan.Desired, target.Minimum < plan.Minimum);
        var outcome = startsTooFew ? scaling.Missed(TargetConnections)
            : leavesTooFew || held.Length > 0 ? CheckOutcome.Warning
            : CheckOutcome.Passed;
        var register = ScalingCommands.Register(
            scaling.Deployed, Math.Max(target.Minimum, plan.Minimum),
            startsTooFew ? Math.Max(target.Minimum, plan.Maximum) : target.Maximum);
        const string change = "Change the bounds";
        var next = startsTooFew ? scaling.Next(TargetConnections, change, register)
            : leavesTooFew ? $"{change}: {register}"
            : "";
        if (held.Length > 0)
            next += $" Where it is not suspended for a measurement: {ScalingCommands.Resume(scaling.Deployed)}";
        return new(outcome, expected, actual, next.TrimStart());
    }

    private static string Why(ScalingPlan plan) => plan.Needs.MaxBy(need => need.Tasks)?.Basis ?? "";

    private static string Tasks(int? count) => count switch
    {
        null => "a number of tasks that is not known",
        1 => "1 task",
        _ => $"{Count(count.Value)} tasks",
    };

    private readonly record struct Range(long Minimum, long Desired, long Maximum);
}
