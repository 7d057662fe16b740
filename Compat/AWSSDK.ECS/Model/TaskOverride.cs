namespace Amazon.ECS.Model;

/// <summary>What a task has other than its task definition. ECS API reference, TaskOverride.</summary>
public class TaskOverride
{
    public List<ContainerOverride>? ContainerOverrides { get; set; }

    public string? Cpu { get; set; }

    public EphemeralStorage? EphemeralStorage { get; set; }

    public string? ExecutionRoleArn { get; set; }

    public List<InferenceAcceleratorOverride>? InferenceAcceleratorOverrides { get; set; }

    public string? Memory { get; set; }

    public string? TaskRoleArn { get; set; }
}

/// <summary>What a container has other than its definition. ECS API reference, ContainerOverride.</summary>
public class ContainerOverride
{
    public List<string>? Command { get; set; }

    public int? Cpu { get; set; }

    public List<KeyValuePair>? Environment { get; set; }

    public List<EnvironmentFile>? EnvironmentFiles { get; set; }

    public int? Memory { get; set; }

    public int? MemoryReservation { get; set; }

    public string? Name { get; set; }

    public List<ResourceRequirement>? ResourceRequirements { get; set; }
}

/// <summary>An accelerator other than the task definition's. ECS API reference, InferenceAcceleratorOverride.</summary>
public class InferenceAcceleratorOverride
{
    public string? DeviceName { get; set; }

    public string? DeviceType { get; set; }
}
