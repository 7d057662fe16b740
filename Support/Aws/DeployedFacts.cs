using Amazon.ECS.Model;
using Sdk = Amazon.ECS.Model;

namespace Support.Aws;

/// <summary>Takes from the SDK's objects what the checks ask for.</summary>
internal static class DeployedFacts
{
    private const string IsStopped = "STOPPED";

    /// <summary>The facts of a task.</summary>
    public static DeployedTask Of(Sdk.Task task) => new()
    {
        Arn = task.TaskArn ?? "",
        TaskDefinition = task.TaskDefinitionArn,
        LastStatus = task.LastStatus,
        DesiredStatus = task.DesiredStatus,
        Health = task.HealthStatus?.Value,
        StopCode = task.StopCode?.Value,
        StoppedReason = Text(task.StoppedReason),
        Exec = task.EnableExecuteCommand,
        LaunchType = task.LaunchType?.Value,
        CapacityProvider = task.CapacityProviderName,
        PlatformVersion = task.PlatformVersion,
        AvailabilityZone = task.AvailabilityZone,
        Group = task.Group,
        Stopped = [.. (task.Containers ?? []).Where(container => container.LastStatus == IsStopped)
            .Select(container => new StoppedContainer(container.Name ?? "", container.ExitCode, Text(container.Reason)))],
    };

    /// <summary>The facts of a service.</summary>
    public static DeployedService Of(Service service, string cluster) => new()
    {
        Name = service.ServiceName ?? "",
        Cluster = cluster,
        Status = service.Status,
        Desired = service.DesiredCount,
        Running = service.RunningCount,
        Pending = service.PendingCount,
        TaskDefinition = service.TaskDefinition,
        LaunchType = service.LaunchType?.Value,
        CapacityProviders = [.. (service.CapacityProviderStrategy ?? []).Where(item => item.Weight > 0 || item.Base > 0).Select(item => item.CapacityProvider ?? "")],
        Rollouts = [.. (service.Deployments ?? []).Select(rollout => new DeployedRollout(
            rollout.Status, rollout.TaskDefinition, rollout.RunningCount, rollout.FailedTasks, rollout.RolloutState?.Value, Text(rollout.RolloutStateReason)))],
        HealthCheckGraceSeconds = service.HealthCheckGracePeriodSeconds,
        TargetGroups = service.LoadBalancers?.Count ?? 0,
        Network = service.NetworkConfiguration?.AwsvpcConfiguration is { } network
            ? new DeployedNetwork(network.Subnets?.Count ?? 0, network.SecurityGroups?.Count ?? 0, network.AssignPublicIp?.Value)
            : null,
        LastEvent = service.Events is [{ Message: var message }, ..] ? Text(message) : null,
    };

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
