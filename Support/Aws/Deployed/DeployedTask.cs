using System.Collections.Immutable;
using Sdk = Amazon.ECS.Model;

namespace Support.Aws.Deployed;

/// <summary>ECS API reference, Task. What is null, AWS did not say.</summary>
internal sealed record DeployedTask
{
    public required string Arn { get; init; }

    /// <summary>The revision's ARN.</summary>
    public string? TaskDefinition { get; init; }

    /// <summary><c>RUNNING</c> and its neighbours: what it is.</summary>
    public string? LastStatus { get; init; }

    /// <summary><c>RUNNING</c> or <c>STOPPED</c>: what ECS wants it to be.</summary>
    public string? DesiredStatus { get; init; }

    /// <summary><c>HEALTHY</c>, <c>UNHEALTHY</c> or <c>UNKNOWN</c>.</summary>
    public string? Health { get; init; }

    /// <summary>Why it is being stopped, as <c>SpotInterruption</c>.</summary>
    public string? StopCode { get; init; }
    public string? StoppedReason { get; init; }
    public bool? Exec { get; init; }

    /// <summary><c>FARGATE</c>, <c>EC2</c>, <c>EXTERNAL</c> or <c>MANAGED_INSTANCES</c>.</summary>
    public string? LaunchType { get; init; }

    /// <summary>As <c>FARGATE_SPOT</c>.</summary>
    public string? CapacityProvider { get; init; }

    /// <summary>Fargate's, as <c>1.4.0</c>.</summary>
    public string? PlatformVersion { get; init; }

    /// <summary>As <c>eu-west-1a</c>.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Who started it: <c>service:NAME</c> or <c>family:NAME</c>.</summary>
    public string? Group { get; init; }

    /// <summary>The containers that have stopped already.</summary>
    public ImmutableArray<StoppedContainer> Stopped { get; init; } = [];

    internal static DeployedTask Of(Sdk.Task task) => new()
    {
        Arn = task.TaskArn ?? "",
        TaskDefinition = task.TaskDefinitionArn,
        LastStatus = task.LastStatus,
        DesiredStatus = task.DesiredStatus,
        Health = task.HealthStatus?.Value,
        StopCode = task.StopCode?.Value,
        StoppedReason = Said(task.StoppedReason),
        Exec = task.EnableExecuteCommand,
        LaunchType = task.LaunchType?.Value,
        CapacityProvider = task.CapacityProviderName,
        PlatformVersion = task.PlatformVersion,
        AvailabilityZone = task.AvailabilityZone,
        Group = task.Group,
        Stopped =
        [
            .. (task.Containers ?? []).Where(container => container.LastStatus == "STOPPED")
                .Select(one => new StoppedContainer(one.Name ?? "", one.ExitCode, Said(one.Reason))),
        ],
    };

    internal static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A container that has stopped; the exit code is 0 to 255, and null where it never ran.</summary>
internal sealed record StoppedContainer(string Name, int? ExitCode, string? Reason);
