using System.Globalization;
using Support.Ecs;
using Support.Host;

namespace Support.Aws.Deployed;

/// <summary>What the checks say about the service under test.</summary>
internal static class ServiceChecks
{
    private const string Spot = "FARGATE_SPOT";

    /// <summary>Fargate Spot; capacity providers of EC2 have names of their own and don't say.</summary>
    public static bool IsSpot(string capacityProvider) => capacityProvider == Spot;

    /// <summary>Fewer tasks than wanted hold fewer connections.</summary>
    public static Answer Running(DeployedService service)
    {
        const string expected = "ACTIVE, and as many tasks run as are desired";
        var actual = $"{service.Status ?? "status not known"}: {Count(service.Running)} running, "
            + $"{Count(service.Pending)} pending, {Count(service.Desired)} desired";
        return service.Status is "ACTIVE" && service.Running > 0 && service.Running == service.Desired
            ? Answer.Passed(expected, actual)
            : Answer.Warning(
                expected, service.LastEvent is { } said ? $"{actual}; last event: {said}" : actual,
                $"Wait until it is steady: aws ecs wait services-stable {Those(service)}; where it never is, its "
                    + "events say why.");
    }

    /// <summary>What several tasks hold behind a load balancer is not what one holds.</summary>
    public static Answer OneTask(DeployedService service)
    {
        const string expected = "1 task runs, or the target's URL leads to one";
        return service.Running switch
        {
            null => Answer.NotApplicable(expected, "not known how many tasks run"),
            0 => Answer.NotApplicable(expected, "no task runs"),
            1 => Answer.Passed(expected, "1 running"),
            _ => Answer.Warning(
                expected, $"{Count(service.Running)} tasks run: behind one name they hold the connections together",
                "Measure one task: suspend the service's scaling, then "
                    + $"aws ecs update-service {This(service)} --desired-count 1. "
                    + "Dividing by the tasks is right only where the load balancer spread the connections evenly."),
        };
    }

    /// <summary>
    /// While a deployment is in progress two task definitions answer, and the old one's connections are cut.
    /// </summary>
    public static Answer Deployment(DeployedService service)
    {
        const string expected = "one deployment, completed";
        var live = service.Rollouts.Where(rollout => rollout.Status == "PRIMARY" || rollout.Running > 0).ToArray();
        var actual = live.Length == 0 ? "ECS names no deployment" : string.Join("; ", live.Select(Described));
        return live.Length > 1 || live.Any(rollout => rollout.State == "IN_PROGRESS")
            ? Answer.Warning(
                expected, $"{actual}: tasks of the one are replaced by tasks of the other while it is measured",
                $"Wait until it is over: aws ecs wait services-stable {Those(service)}; then run again.")
            : Answer.Passed(expected, actual);

        static string Described(DeployedRollout rollout) =>
            $"{rollout.Status ?? "a deployment"} of {Short(rollout.TaskDefinition)}: {Count(rollout.Running)} running"
                + (rollout.State is { } state ? $", {state}" : "");
    }

    /// <summary>A service whose tasks fail is no steady target.</summary>
    public static Answer Failures(DeployedService service)
    {
        const string expected = "no failed tasks in the deployment";
        var failing = service.Rollouts.FirstOrDefault(rollout => rollout.FailedTasks > 0 || rollout.State == "FAILED");
        return failing is null
            ? Answer.Passed(expected, "none failed")
            : Answer.Warning(
                expected,
                $"{Count(failing.FailedTasks)} failed, {failing.State ?? "state not known"}"
                    + (failing.StateReason is { } reason ? $": {reason}" : "")
                    + (service.LastEvent is { } said ? $"; last event: {said}" : ""),
                $"List the stopped tasks: aws ecs list-tasks --cluster {service.Cluster} --service-name {service.Name} "
                    + $"--desired-status STOPPED; aws ecs describe-tasks --cluster {service.Cluster} --tasks ID "
                    + "says why (stoppedReason; kept for about an hour). "
                    + $"Fix {Short(failing.TaskDefinition)} before it is measured.");
    }

    /// <summary>
    /// Without a grace period a task that starts slowly is ended by its load balancer's health check (ECS API
    /// reference, Service: default 0).
    /// </summary>
    public static Answer HealthGrace(DeployedService service) => service switch
    {
        { TargetGroups: 0 } => Answer.NotApplicable("a grace period above 0 s", "no load balancer checks its tasks"),
        { HealthCheckGraceSeconds: > 0 and var seconds } => Answer.Passed(
            "a grace period above 0 s", $"{Count(seconds)} s"),
        _ => Answer.Warning(
            "a grace period above 0 s",
            "0 s: a task that is restarted under load can be ended by the health check before it answers",
            $"Set \"healthCheckGracePeriodSeconds\": 60 on the service: aws ecs update-service {This(service)} "
                + "--health-check-grace-period-seconds 60."),
    };

    /// <summary>
    /// A Spot task that is taken away takes its connections with it, and the suite would call that a limit.
    /// </summary>
    public static Answer Interruption(DeployedService service) => service.CapacityProviders.Any(IsSpot)
        ? Answer.Warning(
            "capacity that stays",
            $"{string.Join(", ", service.CapacityProviders)}: a task can be taken away in mid-run, and what it held "
                + "counts as dropped",
            "Measure a service with "
                + "\"capacityProviderStrategy\": [{\"capacityProvider\": \"FARGATE\", \"weight\": 1}].")
        : Answer.Passed(
            "capacity that stays",
            service.CapacityProviders.IsEmpty
                ? service.LaunchType ?? "launch type not known"
                : string.Join(", ", service.CapacityProviders));

    /// <summary>
    /// In mode awsvpc every task has ports, tracking and an address of its own; else it shares those of its instance.
    /// </summary>
    public static Answer Network(DeployedService service) => service.Network switch
    {
        null => Answer.Warning(
            "network mode awsvpc",
            "bridge, host or none: its tasks share ports, connection tracking and interface of their instance",
            "Take the result as that of this placement, or give the task definition \"networkMode\": \"awsvpc\" and "
                + "the service a \"networkConfiguration\"."),
        var network => Answer.Passed(
            "network mode awsvpc",
            $"awsvpc: {Many(network.Subnets, "subnet")}, {Many(network.SecurityGroups, "security group")}, public "
                + $"address {network.PublicIp ?? "not known"}"),
    };

    private static string Count(int? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "?";

    private static string Many(int count, string name) => $"{Count(count)} {name}{(count == 1 ? "" : "s")}";

    // The options of update-service and those of describe and wait: without a cluster either looks into the default
    // one.
    private static string This(DeployedService service) => $"--cluster {service.Cluster} --service {service.Name}";

    private static string Those(DeployedService service) => $"--cluster {service.Cluster} --services {service.Name}";

    // family:revision, as people write it.
    private static string Short(string? taskDefinition) =>
        EcsNames.ShortName(taskDefinition) ?? "an unknown task definition";
}
