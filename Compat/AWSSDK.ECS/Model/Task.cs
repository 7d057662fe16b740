namespace Amazon.ECS.Model;

/// <summary>A task as it is. ECS API reference, Task.</summary>
public class Task
{
    public List<Attachment>? Attachments { get; set; }

    public List<Attribute>? Attributes { get; set; }

    public string? AvailabilityZone { get; set; }

    public string? CapacityProviderName { get; set; }

    public string? ClusterArn { get; set; }

    public Connectivity? Connectivity { get; set; }

    public DateTime? ConnectivityAt { get; set; }

    public string? ContainerInstanceArn { get; set; }

    public List<Container>? Containers { get; set; }

    public string? Cpu { get; set; }

    public DateTime? CreatedAt { get; set; }

    public string? DesiredStatus { get; set; }

    public bool? EnableExecuteCommand { get; set; }

    public EphemeralStorage? EphemeralStorage { get; set; }

    public DateTime? ExecutionStoppedAt { get; set; }

    public TaskEphemeralStorage? FargateEphemeralStorage { get; set; }

    public string? Group { get; set; }

    public HealthStatus? HealthStatus { get; set; }

    public List<InferenceAccelerator>? InferenceAccelerators { get; set; }

    public string? LastStatus { get; set; }

    public LaunchType? LaunchType { get; set; }

    public string? Memory { get; set; }

    public TaskOverride? Overrides { get; set; }

    public string? PlatformFamily { get; set; }

    public string? PlatformVersion { get; set; }

    public DateTime? PullStartedAt { get; set; }

    public DateTime? PullStoppedAt { get; set; }

    public DateTime? StartedAt { get; set; }

    public string? StartedBy { get; set; }

    public TaskStopCode? StopCode { get; set; }

    public DateTime? StoppedAt { get; set; }

    public string? StoppedReason { get; set; }

    public DateTime? StoppingAt { get; set; }

    public List<Tag>? Tags { get; set; }

    public string? TaskArn { get; set; }

    public string? TaskDefinitionArn { get; set; }

    public long? Version { get; set; }
}

/// <summary>A container of a task; CPU and memory are texts. ECS API reference, Container.</summary>
public class Container
{
    public string? ContainerArn { get; set; }

    public string? Cpu { get; set; }

    public int? ExitCode { get; set; }

    public List<string>? GpuIds { get; set; }

    public HealthStatus? HealthStatus { get; set; }

    public string? Image { get; set; }

    public string? ImageDigest { get; set; }

    public string? LastStatus { get; set; }

    public List<ManagedAgent>? ManagedAgents { get; set; }

    public string? Memory { get; set; }

    public string? MemoryReservation { get; set; }

    public string? Name { get; set; }

    public List<NetworkBinding>? NetworkBindings { get; set; }

    public List<NetworkInterface>? NetworkInterfaces { get; set; }

    public string? Reason { get; set; }

    public string? RuntimeId { get; set; }

    public string? TaskArn { get; set; }
}

/// <summary>A port of the host that leads to a container. ECS API reference, NetworkBinding.</summary>
public class NetworkBinding
{
    public string? BindIP { get; set; }

    public int? ContainerPort { get; set; }

    public string? ContainerPortRange { get; set; }

    public int? HostPort { get; set; }

    public string? HostPortRange { get; set; }

    public TransportProtocol? Protocol { get; set; }
}

/// <summary>A network interface of a container. ECS API reference, NetworkInterface.</summary>
public class NetworkInterface
{
    public string? AttachmentId { get; set; }

    public string? Ipv6Address { get; set; }

    public string? PrivateIpv4Address { get; set; }
}

/// <summary>An agent of ECS inside a container. ECS API reference, ManagedAgent.</summary>
public class ManagedAgent
{
    public DateTime? LastStartedAt { get; set; }

    public string? LastStatus { get; set; }

    public ManagedAgentName? Name { get; set; }

    public string? Reason { get; set; }
}

/// <summary>What is attached to a task, as its network interface. ECS API reference, Attachment.</summary>
public class Attachment
{
    public List<KeyValuePair>? Details { get; set; }

    public string? Id { get; set; }

    public string? Status { get; set; }

    public string? Type { get; set; }
}

/// <summary>Disk of a running task on Fargate; its size is in GiB. ECS API reference, TaskEphemeralStorage.</summary>
public class TaskEphemeralStorage
{
    public string? KmsKeyId { get; set; }

    public int? SizeInGiB { get; set; }
}
