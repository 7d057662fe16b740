namespace Amazon.ECS.Model;

/// <summary>
/// One container of a task definition: CPU in units of 1/1024 vCPU, memory in MiB, times in seconds. ECS API reference,
/// ContainerDefinition.
/// </summary>
public class ContainerDefinition
{
    public List<string>? Command { get; set; }

    public int? Cpu { get; set; }

    public List<string>? CredentialSpecs { get; set; }

    public List<ContainerDependency>? DependsOn { get; set; }

    public bool? DisableNetworking { get; set; }

    public List<string>? DnsSearchDomains { get; set; }

    public List<string>? DnsServers { get; set; }

    public Dictionary<string, string>? DockerLabels { get; set; }

    public List<string>? DockerSecurityOptions { get; set; }

    public List<string>? EntryPoint { get; set; }

    public List<KeyValuePair>? Environment { get; set; }

    public List<EnvironmentFile>? EnvironmentFiles { get; set; }

    public bool? Essential { get; set; }

    public List<HostEntry>? ExtraHosts { get; set; }

    public FirelensConfiguration? FirelensConfiguration { get; set; }

    public HealthCheck? HealthCheck { get; set; }

    public string? Hostname { get; set; }

    public string? Image { get; set; }

    public bool? Interactive { get; set; }

    public List<string>? Links { get; set; }

    public LinuxParameters? LinuxParameters { get; set; }

    public LogConfiguration? LogConfiguration { get; set; }

    public int? Memory { get; set; }

    public int? MemoryReservation { get; set; }

    public List<MountPoint>? MountPoints { get; set; }

    public string? Name { get; set; }

    public List<PortMapping>? PortMappings { get; set; }

    public bool? Privileged { get; set; }

    public bool? PseudoTerminal { get; set; }

    public bool? ReadonlyRootFilesystem { get; set; }

    public RepositoryCredentials? RepositoryCredentials { get; set; }

    public List<ResourceRequirement>? ResourceRequirements { get; set; }

    public ContainerRestartPolicy? RestartPolicy { get; set; }

    public List<Secret>? Secrets { get; set; }

    public int? StartTimeout { get; set; }

    public int? StopTimeout { get; set; }

    public List<SystemControl>? SystemControls { get; set; }

    public List<Ulimit>? Ulimits { get; set; }

    public string? User { get; set; }

    public VersionConsistency? VersionConsistency { get; set; }

    public List<VolumeFrom>? VolumesFrom { get; set; }

    public string? WorkingDirectory { get; set; }
}

/// <summary>What a container waits for before it starts. ECS API reference, ContainerDependency.</summary>
public class ContainerDependency
{
    public ContainerCondition? Condition { get; set; }

    public string? ContainerName { get; set; }
}

/// <summary>
/// Whether a container is started again without a new task; the period is in seconds. ECS API reference,
/// ContainerRestartPolicy.
/// </summary>
public class ContainerRestartPolicy
{
    public bool? Enabled { get; set; }

    public List<int>? IgnoredExitCodes { get; set; }

    public int? RestartAttemptPeriod { get; set; }
}

/// <summary>A file of environment variables in S3. ECS API reference, EnvironmentFile.</summary>
public class EnvironmentFile
{
    public EnvironmentFileType? Type { get; set; }

    public string? Value { get; set; }
}

/// <summary>
/// A command that says whether a container is healthy; times are in seconds. ECS API reference, HealthCheck.
/// </summary>
public class HealthCheck
{
    public List<string>? Command { get; set; }

    public int? Interval { get; set; }

    public int? Retries { get; set; }

    public int? StartPeriod { get; set; }

    public int? Timeout { get; set; }
}

/// <summary>A line of /etc/hosts. ECS API reference, HostEntry.</summary>
public class HostEntry
{
    public string? Hostname { get; set; }

    public string? IpAddress { get; set; }
}

/// <summary>A volume inside a container. ECS API reference, MountPoint.</summary>
public class MountPoint
{
    public string? ContainerPath { get; set; }

    public bool? ReadOnly { get; set; }

    public string? SourceVolume { get; set; }
}
