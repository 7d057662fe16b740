namespace Amazon.ECS.Model;

/// <summary>One rollout of a service. ECS API reference, Deployment.</summary>
public class Deployment
{
    public List<CapacityProviderStrategyItem>? CapacityProviderStrategy { get; set; }

    public DateTime? CreatedAt { get; set; }

    public int? DesiredCount { get; set; }

    public int? FailedTasks { get; set; }

    public DeploymentEphemeralStorage? FargateEphemeralStorage { get; set; }

    public string? Id { get; set; }

    public LaunchType? LaunchType { get; set; }

    public NetworkConfiguration? NetworkConfiguration { get; set; }

    public int? PendingCount { get; set; }

    public string? PlatformFamily { get; set; }

    public string? PlatformVersion { get; set; }

    public DeploymentRolloutState? RolloutState { get; set; }

    public string? RolloutStateReason { get; set; }

    public int? RunningCount { get; set; }

    public string? Status { get; set; }

    public string? TaskDefinition { get; set; }

    public DateTime? UpdatedAt { get; set; }
}

/// <summary>
/// How a service is rolled out; shares are in percent of the desired count. ECS API reference, DeploymentConfiguration.
/// </summary>
public class DeploymentConfiguration
{
    public DeploymentAlarms? Alarms { get; set; }

    public int? BakeTimeInMinutes { get; set; }

    public CanaryConfiguration? CanaryConfiguration { get; set; }

    public DeploymentCircuitBreaker? DeploymentCircuitBreaker { get; set; }

    public LinearConfiguration? LinearConfiguration { get; set; }

    public int? MaximumPercent { get; set; }

    public int? MinimumHealthyPercent { get; set; }

    public DeploymentStrategy? Strategy { get; set; }
}

/// <summary>Alarms that stop a rollout. ECS API reference, DeploymentAlarms.</summary>
public class DeploymentAlarms
{
    public List<string>? AlarmNames { get; set; }

    public bool? Enable { get; set; }

    public bool? Rollback { get; set; }
}

/// <summary>Whether a failing rollout is ended. ECS API reference, DeploymentCircuitBreaker.</summary>
public class DeploymentCircuitBreaker
{
    public bool? Enable { get; set; }

    public bool? Rollback { get; set; }
}

/// <summary>Who rolls out. ECS API reference, DeploymentController.</summary>
public class DeploymentController
{
    public DeploymentControllerType? Type { get; set; }
}

/// <summary>The key of a deployment's disks. ECS API reference, DeploymentEphemeralStorage.</summary>
public class DeploymentEphemeralStorage
{
    public string? KmsKeyId { get; set; }
}

/// <summary>A rollout in two steps. ECS API reference, CanaryConfiguration.</summary>
public class CanaryConfiguration
{
    public int? CanaryBakeTimeInMinutes { get; set; }

    public double? CanaryPercent { get; set; }
}

/// <summary>A rollout in equal steps. ECS API reference, LinearConfiguration.</summary>
public class LinearConfiguration
{
    public int? StepBakeTimeInMinutes { get; set; }

    public double? StepPercent { get; set; }
}
