using Support.Host;

namespace Support.Ecs;

/// <summary>Where the task runs, and as what.</summary>
internal static class PlacementChecks
{
    private const string NotTold = "not told";

    internal static Answer Metadata(TaskMetadata metadata)
    {
        const string expected =
            "cluster, task definition and limits of the task, from the metadata endpoint within 3 s";
        return metadata switch
        {
            TaskMetadata.Read { Value: { } task } => Metadata(task, expected),
            TaskMetadata.Unavailable { Why: var why } => Answer.Warning(
                expected, $"in ECS, and its metadata are not available: {why}",
                "The run goes on without them: the declared limits are not compared. "
                    + "Run the task again; where it stays so, look at the "
                    + "agent of the instance, or whether something in the container sets "
                    + "ECS_CONTAINER_METADATA_URI_V4 itself."),
            _ => Answer.NotApplicable(expected, "this process runs in no ECS task: no ECS_CONTAINER_METADATA_URI_V4"),
        };
    }

    private static Answer Metadata(EcsTask task, string expected)
    {
        var actual = $"task {task.Arn.Id} of {task.Definition ?? "a definition that is not told"}, cluster "
            + $"{task.Cluster ?? NotTold}, "
            + $"service {task.Service ?? "none"}, region {task.Arn.Region}, {task.KnownStatus ?? "status not told"}";
        if (!task.Gaps.IsEmpty)
            return Answer.Warning(expected, $"{actual}; not read: {string.Join("; ", task.Gaps)}",
                "Nothing, where the next run reads it: the endpoint is slow or throttled at times.");

        return task.MetadataVersion < 4
            ? Answer.Warning(
                expected,
                $"{actual}; from version {task.MetadataVersion} of the endpoint, "
                + "which tells neither launch type nor log driver",
                "Use Fargate platform version 1.4.0 or later (run-task "
                + "--platform-version LATEST), or an ECS agent from 1.39.0 on.")
            : Answer.Passed(expected, actual);
    }

    internal static Answer Status(TaskCase given)
    {
        const string expected = "desired status RUNNING, and no container that fails its health check";
        var task = given.Task;
        var sick = task.Containers.Where(container => container.Health == "UNHEALTHY")
            .Select(container => container.Name).ToArray();
        var actual = $"desired {task.DesiredStatus ?? NotTold}, known {task.KnownStatus ?? NotTold}";
        if (task.DesiredStatus == "STOPPED")
            return Answer.Warning(
                expected, $"{actual}: ECS is stopping this task, and the run will be cut off",
                "See Task.State, which asks ECS for the reason (stoppedReason of aws ecs "
                + "describe-tasks) and ends the run where it gets one.");

        return sick.Length > 0
            ? Answer.Warning(
                expected, $"{actual}; unhealthy: {string.Join(", ", sick)}",
                "Fix the health check of the container: ECS replaces a service's task "
                + "whose essential container fails it, in mid-run.")
            : Answer.Passed(expected, actual);
    }

    internal static Answer LaunchType(TaskCase given)
    {
        const string expected = "known, so that two runs can be compared";
        var task = given.Task;
        var runtime = given.Machine.Runtime;
        var platform = task.IsFargate
            ? $", platform version {(task.MetadataVersion >= 4 ? "1.4.0 or later" : "before 1.4.0")}"
            : "";
        var actual = $"{task.LaunchType ?? NotTold}{platform}; AWS_EXECUTION_ENV "
            + $"{task.ExecutionEnvironment ?? "not set"}; {runtime.System}, {runtime.Architecture}";
        return Answer.PassedIf(
            task.LaunchType is not null, expected, actual,
            "Compare with no other run before the launch type is known: a newer agent tells it (from 1.45.0 on).");
    }

    internal static Answer NetworkMode(TaskCase given)
    {
        const string expected = "awsvpc: an address, a port range and kernel settings that no other task shares";
        var next = TaskCase.Definition("\"networkMode\": \"awsvpc\"");
        return given.Task.NetworkMode switch
        {
            "awsvpc" when given.Task.IsFargate => Answer.Passed(
                expected, "awsvpc, one network interface per task; its containers share ports and kernel settings"),
            "awsvpc" => Answer.Passed(
                expected,
                "awsvpc, one network interface per task: the interfaces of the instance "
                + "limit its tasks, more of them with awsvpcTrunking"),
            "bridge" => Answer.Warning(
                expected,
                "bridge: more tasks fit on an instance, and each connection takes an entry of the instance's "
                + "connection tracking, which all its tasks share",
                $"{next}; or watch nf_conntrack_count of the instance: its limit "
                + "(nf_conntrack_max) is that of all its tasks "
                + "together."),
            "host" => Answer.Warning(
                expected,
                "host: ports and kernel settings are those of the instance; a fixed port allows one task per instance, "
                + "and what others open is missing here",
                $"{next}; or run nothing else on the instance while it is measured."),
            "none" =>
                Answer.Warning(expected, "none: only a server in the same container can be reached", next),
            var other => Answer.Warning(expected, other ?? NotTold,
                "Compare with no other run before the mode is known: aws ecs "
                + "describe-task-definition tells networkMode."),
        };
    }

    internal static Answer Origin(TaskCase given)
    {
        const string expected = "zone and image id are known, so that two runs can be compared";
        var image = given.Task.This;
        var actual = $"zone {given.Task.AvailabilityZone ?? NotTold}; image {image?.Image ?? NotTold}, id "
            + $"{image?.ImageId ?? NotTold}";
        return Answer.PassedIf(
            given.Task.AvailabilityZone is not null && image?.ImageId is not null, expected, actual,
            "Pin the image by its digest in the task definition: "
                + given.ContainerFragment("\"image\": \"REPOSITORY@sha256:DIGEST\"")
                + "; aws ecs describe-tasks tells imageDigest and availabilityZone.");
    }

    internal static Answer Restarts(TaskCase given)
    {
        const string expected = "every container still runs its first start";
        var restarted = given.Task.Containers.Where(container => container.Restarts > 0)
            .Select(container => $"{container.Name} {Words.Count(container.Restarts!.Value)} times").ToArray();
        return restarted.Length == 0
            ? Answer.Passed(expected, "none was restarted")
            : Answer.Warning(
                expected, $"restarted by its restart policy: {string.Join(", ", restarted)}",
                "Look at the log of the start before (exit code 137 is memory or the "
                    + "stop timeout): what it measured is not in this run. "
                    + "To see a failure at once, put into the task definition: "
                    + $"{given.ContainerFragment("\"restartPolicy\": { \"enabled\": false }")}");
    }
}
