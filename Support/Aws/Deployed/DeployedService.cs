using System.Collections.Immutable;
using Amazon.ECS.Model;
using Support.Ecs;

namespace Support.Aws.Deployed;

/// <summary>ECS API reference, Service. What is null, AWS did not say.</summary>
internal sealed record DeployedService
{
    public required string Name { get; init; }

    /// <summary>Name or ARN, as every command of the aws CLI takes it. Default: <c>default</c>.</summary>
    public string Cluster { get; init; } = EcsNames.DefaultCluster;

    /// <summary><c>ACTIVE</c>, <c>DRAINING</c> or <c>INACTIVE</c>.</summary>
    public string? Status { get; init; }
    public int? Desired { get; init; }
    public int? Running { get; init; }
    public int? Pending { get; init; }

    /// <summary>The task definition of its newest deployment: ARN or <c>family:revision</c>.</summary>
    public string? TaskDefinition { get; init; }

    /// <summary>As <c>FARGATE</c>; null with capacity providers.</summary>
    public string? LaunchType { get; init; }

    /// <summary>The capacity providers that get a share of the tasks.</summary>
    public ImmutableArray<string> CapacityProviders { get; init; } = [];

    /// <summary>The rollouts that have tasks or are to get some, the newest first.</summary>
    public ImmutableArray<DeployedRollout> Rollouts { get; init; } = [];

    /// <summary>0 to 2,147,483,647 s.</summary>
    public int? HealthCheckGraceSeconds { get; init; }

    /// <summary>How many target groups its tasks are put into.</summary>
    public int TargetGroups { get; init; }

    /// <summary>The network of mode awsvpc; null in modes bridge, host and none.</summary>
    public DeployedNetwork? Network { get; init; }
    public string? LastEvent { get; init; }

    internal static DeployedService Of(Service service, string cluster) => new()
    {
        Name = service.ServiceName ?? "",
        Cluster = cluster,
        Status = service.Status,
        Desired = service.DesiredCount,
        Running = service.RunningCount,
        Pending = service.PendingCount,
        TaskDefinition = service.TaskDefinition,
        LaunchType = service.LaunchType?.Value,
        CapacityProviders =
        [
            .. (service.CapacityProviderStrategy ?? []).Where(item => item.Weight > 0 || item.Base > 0)
                .Select(item => item.CapacityProvider ?? ""),
        ],
        Rollouts =
        [
            .. (service.Deployments ?? []).Select(rollout => new DeployedRollout(
                rollout.Status, rollout.TaskDefinition, rollout.RunningCount, rollout.FailedTasks,
                rollout.RolloutState?.Value, DeployedTask.Said(rollout.RolloutStateReason))),
        ],
        HealthCheckGraceSeconds = service.HealthCheckGracePeriodSeconds,
        TargetGroups = service.LoadBalancers?.Count ?? 0,
        Network = service.NetworkConfiguration?.AwsvpcConfiguration is { } network
            ? new DeployedNetwork(
                network.Subnets?.Count ?? 0, network.SecurityGroups?.Count ?? 0, network.AssignPublicIp?.Value)
            : null,
        LastEvent = service.Events is [{ Message: var message }, ..] ? DeployedTask.Said(message) : null,
    };
}

/// <summary>A rollout of a service (ECS API reference, Deployment).</summary>
/// <param name="Status"><c>PRIMARY</c>, <c>ACTIVE</c> or <c>INACTIVE</c>.</param>
/// <param name="TaskDefinition">ARN or <c>family:revision</c>.</param>
/// <param name="Running">How many of its tasks run.</param>
/// <param name="FailedTasks">How many of its tasks failed to start or to become healthy, since one last did.</param>
/// <param name="State">
/// <c>COMPLETED</c>, <c>IN_PROGRESS</c> or <c>FAILED</c>; null with other deployment controllers than ECS.
/// </param>
/// <param name="StateReason">The same in a sentence.</param>
internal sealed record DeployedRollout(
    string? Status, string? TaskDefinition, int? Running, int? FailedTasks, string? State, string? StateReason);

/// <summary>The network of mode awsvpc; public IP <c>ENABLED</c> or <c>DISABLED</c>.</summary>
internal sealed record DeployedNetwork(int Subnets, int SecurityGroups, string? PublicIp);
