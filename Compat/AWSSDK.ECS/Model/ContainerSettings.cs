namespace Amazon.ECS.Model;

/// <summary>A port that a container listens on. ECS API reference, PortMapping.</summary>
public class PortMapping
{
    public ApplicationProtocol? AppProtocol { get; set; }

    public int? ContainerPort { get; set; }

    public string? ContainerPortRange { get; set; }

    public int? HostPort { get; set; }

    public string? Name { get; set; }

    public TransportProtocol? Protocol { get; set; }
}

/// <summary>What a private registry asks for. ECS API reference, RepositoryCredentials.</summary>
public class RepositoryCredentials
{
    public string? CredentialsParameter { get; set; }
}

/// <summary>A GPU or accelerator that a container needs. ECS API reference, ResourceRequirement.</summary>
public class ResourceRequirement
{
    public ResourceType? Type { get; set; }

    public string? Value { get; set; }
}

/// <summary>
/// A value that ECS reads from a secret store; here is where it is, never what it is. ECS API reference, Secret.
/// </summary>
public class Secret
{
    public string? Name { get; set; }

    public string? ValueFrom { get; set; }
}

/// <summary>A kernel parameter of the container. ECS API reference, SystemControl.</summary>
public class SystemControl
{
    public string? Namespace { get; set; }

    public string? Value { get; set; }
}

/// <summary>A limit of the container's processes. ECS API reference, Ulimit.</summary>
public class Ulimit
{
    public int? HardLimit { get; set; }

    public UlimitName? Name { get; set; }

    public int? SoftLimit { get; set; }
}

/// <summary>Volumes taken over from another container. ECS API reference, VolumeFrom.</summary>
public class VolumeFrom
{
    public bool? ReadOnly { get; set; }

    public string? SourceContainer { get; set; }
}

/// <summary>The log router of a task. ECS API reference, FirelensConfiguration.</summary>
public class FirelensConfiguration
{
    public Dictionary<string, string>? Options { get; set; }

    public FirelensConfigurationType? Type { get; set; }
}

/// <summary>Where the output of a container goes. ECS API reference, LogConfiguration.</summary>
public class LogConfiguration
{
    public LogDriver? LogDriver { get; set; }

    public Dictionary<string, string>? Options { get; set; }

    public List<Secret>? SecretOptions { get; set; }
}
