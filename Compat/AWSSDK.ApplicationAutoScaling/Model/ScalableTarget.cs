namespace Amazon.ApplicationAutoScaling.Model;

/// <summary>What is registered to be scaled. Application Auto Scaling API reference, ScalableTarget.</summary>
public class ScalableTarget
{
    public DateTime? CreationTime { get; set; }

    public int? MaxCapacity { get; set; }

    public int? MinCapacity { get; set; }

    public string? ResourceId { get; set; }

    public string? RoleARN { get; set; }

    public ScalableDimension? ScalableDimension { get; set; }

    public string? ScalableTargetARN { get; set; }

    public ServiceNamespace? ServiceNamespace { get; set; }

    public SuspendedState? SuspendedState { get; set; }
}

/// <summary>What of scaling is held. Application Auto Scaling API reference, SuspendedState.</summary>
public class SuspendedState
{
    public bool? DynamicScalingInSuspended { get; set; }

    public bool? DynamicScalingOutSuspended { get; set; }

    public bool? ScheduledScalingSuspended { get; set; }
}
