namespace Amazon.ECS.Model;

/// <summary>What a task is made from. ECS API reference, TaskDefinition.</summary>
public class TaskDefinition
{
    public List<string>? Compatibilities { get; set; }

    public List<ContainerDefinition>? ContainerDefinitions { get; set; }

    public string? Cpu { get; set; }

    public DateTime? DeleteRequestedAt { get; set; }

    public DateTime? DeregisteredAt { get; set; }

    public bool? EnableFaultInjection { get; set; }

    public EphemeralStorage? EphemeralStorage { get; set; }

    public string? ExecutionRoleArn { get; set; }

    public string? Family { get; set; }

    public List<InferenceAccelerator>? InferenceAccelerators { get; set; }

    public IpcMode? IpcMode { get; set; }

    public string? Memory { get; set; }

    public NetworkMode? NetworkMode { get; set; }

    public PidMode? PidMode { get; set; }

    public List<TaskDefinitionPlacementConstraint>? PlacementConstraints { get; set; }

    public ProxyConfiguration? ProxyConfiguration { get; set; }

    public DateTime? RegisteredAt { get; set; }

    public string? RegisteredBy { get; set; }

    public List<Attribute>? RequiresAttributes { get; set; }

    public List<string>? RequiresCompatibilities { get; set; }

    public int? Revision { get; set; }

    public RuntimePlatform? RuntimePlatform { get; set; }

    public TaskDefinitionStatus? Status { get; set; }

    public string? TaskDefinitionArn { get; set; }

    public string? TaskRoleArn { get; set; }

    public List<Volume>? Volumes { get; set; }
}

/// <summary>Disk of a task on Fargate; its size is in GiB. ECS API reference, EphemeralStorage.</summary>
public class EphemeralStorage
{
    public int? SizeInGiB { get; set; }
}

/// <summary>Processor architecture and system of a task. ECS API reference, RuntimePlatform.</summary>
public class RuntimePlatform
{
    public CPUArchitecture? CpuArchitecture { get; set; }

    public OSFamily? OperatingSystemFamily { get; set; }
}

/// <summary>The App Mesh proxy of a task. ECS API reference, ProxyConfiguration.</summary>
public class ProxyConfiguration
{
    public string? ContainerName { get; set; }

    public List<KeyValuePair>? Properties { get; set; }

    public ProxyConfigurationType? Type { get; set; }
}

/// <summary>An Elastic Inference accelerator. ECS API reference, InferenceAccelerator.</summary>
public class InferenceAccelerator
{
    public string? DeviceName { get; set; }

    public string? DeviceType { get; set; }
}

/// <summary>Where tasks may be placed. ECS API reference, TaskDefinitionPlacementConstraint.</summary>
public class TaskDefinitionPlacementConstraint
{
    public string? Expression { get; set; }

    public TaskDefinitionPlacementConstraintType? Type { get; set; }
}

/// <summary>An attribute that is asked of a container instance, or that it has. ECS API reference, Attribute.</summary>
public class Attribute
{
    public string? Name { get; set; }

    public string? TargetId { get; set; }

    public TargetType? TargetType { get; set; }

    public string? Value { get; set; }
}
