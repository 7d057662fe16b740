using Support.Host;

namespace Support.Aws.Deployed;

/// <summary>What the checks say about the task that the suite runs in.</summary>
internal static class TaskChecks
{
    private const string FargateLaunch = "FARGATE";
    private const string OfService = "service:";

    // The first with task metadata v4, systemControls and SYS_PTRACE (ECS developer guide, Fargate platform versions).
    private static readonly Version LeastPlatform = new(1, 4, 0);

    /// <summary>A task that is going away measures nothing.</summary>
    public static Answer State(DeployedTask task)
    {
        const string expected = "desired status RUNNING, not UNHEALTHY";
        if (task.DesiredStatus == "STOPPED")
        {
            return Answer.Critical(
                expected,
                $"it is being stopped: {task.StopCode ?? "no stop code"}, {task.StoppedReason ?? "no reason given"}",
                "Run it again as a task of its own: aws ecs run-task, without a service and not on Spot capacity.");
        }

        return task.Health == "UNHEALTHY"
            ? Answer.Warning(
                expected, "UNHEALTHY: its health check fails while the suite runs, and ECS may replace it",
                "Take \"healthCheck\" out of the container definition of the suite: a measurement is not a service.")
            : Answer.Passed(
                expected,
                $"{task.LastStatus ?? "status not known"}, health {task.Health ?? "not known"}, in "
                    + $"{task.AvailabilityZone ?? "an unknown zone"}");
    }

    /// <summary>A container that stopped takes an essential task with it, or a metric or log with it.</summary>
    public static Answer Containers(DeployedTask task)
    {
        const string expected = "none has stopped";
        return task.Stopped.IsEmpty
            ? Answer.Passed(expected, expected)
            : Answer.Warning(
                expected, string.Join("; ", task.Stopped.Select(Described)),
                "Look at the log of that container. Where it ended with 137 or OutOfMemoryError, raise \"memory\" of "
                    + "its container definition.");

        static string Described(StoppedContainer container) =>
            $"{container.Name} stopped with "
                + (container.ExitCode is { } code ? Say($"exit code {code}") : "no exit code")
                + (container.Reason is { } reason ? $" ({reason})" : "");
    }

    /// <summary>Spot capacity is taken away with two minutes' notice (ECS developer guide, Fargate Spot).</summary>
    public static Answer Interruption(DeployedTask task) => task.CapacityProvider switch
    {
        { } provider when ServiceChecks.IsSpot(provider) => Answer.Warning(
            "capacity that stays", $"{provider}: it can be taken away in mid-run, with two minutes' notice",
            "Run the task with \"capacityProviderStrategy\": [{\"capacityProvider\": \"FARGATE\", \"weight\": 1}] or "
                + "\"launchType\": \"FARGATE\"."),
        var provider => Answer.Passed("capacity that stays", provider ?? task.LaunchType ?? "launch type not known"),
    };

    /// <summary>
    /// The agent of ECS Exec runs inside the container and takes of what is measured (ECS developer guide, ECS Exec).
    /// </summary>
    public static Answer Exec(DeployedTask task) => task.Exec switch
    {
        true => Answer.Warning(
            "off",
            "on: its agent runs in the container and takes memory, processor and descriptors from the connections",
            "Start the task without --enable-execute-command, or take the numbers as those of a task with it."),
        false => Answer.Passed("off", "off"),
        null => Answer.Passed("off", "ECS does not say that it is on"),
    };

    /// <summary>Platform versions before 1.4.0 lack kernel parameters and the metadata that the suite reads.</summary>
    public static Answer Platform(DeployedTask task)
    {
        var expected = $"Fargate {LeastPlatform} or later";
        if (task.LaunchType is not (null or FargateLaunch) || task.PlatformVersion is null)
            return Answer.NotApplicable(expected, $"launch type {task.LaunchType ?? "not known"}, no platform version");

        return Version.TryParse(task.PlatformVersion, out var version) && version < LeastPlatform
            ? Answer.Warning(
                expected, $"{task.PlatformVersion}: without \"systemControls\" and without task metadata v4",
                "Run the task with --platform-version LATEST.")
            : Answer.Passed(expected, task.PlatformVersion);
    }

    /// <summary>A service starts whatever ends, and a measurement ends.</summary>
    public static Answer Once(DeployedTask task) =>
        task.Group is { } group && group.StartsWith(OfService, StringComparison.Ordinal)
        ? Answer.Warning(
            "a task of its own",
            $"it is part of {group}: the service starts it again whenever it ends, and measures without end",
            $"Start it with aws ecs run-task, from a task definition of its own, and take the suite out of {group}.")
        : Answer.Passed("a task of its own", task.Group ?? "no group");
}
