using System.Collections.Immutable;

namespace Support.Ecs.Definitions;

/// <summary>As far as checks need it (ECS API reference, ContainerDefinition). Null is "not given".</summary>
public sealed record ContainerDefinition
{
    /// <summary>Empty where none is given.</summary>
    public required string Name { get; init; }

    /// <summary>Empty where none is given.</summary>
    public required string Image { get; init; }

    /// <summary>Whether the task ends with it. Default: true, as in ECS.</summary>
    public bool Essential { get; init; } = true;

    /// <summary>Whether it routes the logs of the others (FireLens) and holds no connections.</summary>
    public bool IsLogRouter { get; init; }

    /// <summary>CPU in units: 1,024 are one vCPU.</summary>
    public int? Cpu { get; init; }

    /// <summary>The memory that it is killed above, in MiB.</summary>
    public int? Memory { get; init; }

    /// <summary>The memory that is set aside for it, in MiB.</summary>
    public int? MemoryReservation { get; init; }

    /// <summary>Limits of its processes.</summary>
    public ImmutableArray<Ulimit> Ulimits { get; init; } = [];

    /// <summary>Kernel settings.</summary>
    public ImmutableArray<SystemControl> SystemControls { get; init; } = [];

    /// <summary>Variables; the values of most are left out, since they may be secret.</summary>
    public ImmutableArray<Variable> Environment { get; init; } = [];

    /// <summary>The names of the variables whose values come from a store of secrets.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>Where its output goes.</summary>
    public LogConfiguration? Log { get; init; }

    /// <summary>Seconds between SIGTERM and SIGKILL.</summary>
    public int? StopTimeout { get; init; }

    /// <summary>What is run instead of the image's entry point.</summary>
    public ImmutableArray<string> EntryPoint { get; init; } = [];

    /// <summary>What is run instead of the image's command, as arguments of the entry point.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Ports that can be reached from outside.</summary>
    public ImmutableArray<PortMapping> Ports { get; init; } = [];

    /// <summary>Whether its root file system can't be written.</summary>
    public bool ReadonlyRoot { get; init; }

    /// <summary>Whether it may do to the host what root may.</summary>
    public bool Privileged { get; init; }

    /// <summary>The user of its processes; the image's where it is not given.</summary>
    public string? User { get; init; }

    /// <summary>Whether an init process is put before the entry point.</summary>
    public bool InitProcess { get; init; }

    /// <summary>Folders that volumes or memory (tmpfs) are mounted at.</summary>
    public ImmutableArray<MountPoint> Mounts { get; init; } = [];

    /// <summary>What it waits for.</summary>
    public ImmutableArray<ContainerDependency> DependsOn { get; init; } = [];

    /// <summary>How ECS asks whether it is well.</summary>
    public HealthCheck? HealthCheck { get; init; }
}

/// <summary>A limit of processes (ECS API reference, Ulimit).</summary>
/// <param name="Name">As <c>nofile</c>.</param>
/// <param name="Soft">What is in force; .NET raises it to the hard one when it starts. Null: not given.</param>
/// <param name="Hard">What a process may raise it to. Null: not given.</param>
public sealed record Ulimit(string Name, int? Soft, int? Hard);

/// <summary>A kernel setting (ECS API reference, SystemControl).</summary>
/// <param name="Namespace">As <c>net.ipv4.ip_local_port_range</c>.</param>
/// <param name="Value">As <c>1024 65535</c>.</param>
public sealed record SystemControl(string Namespace, string Value);

/// <summary>
/// A variable (ECS API reference, KeyValuePair); the value only of a setting of the suite that holds no secret.
/// </summary>
public sealed record Variable(string Name, string? Value);

/// <summary>Where the output of a container goes (ECS API reference, LogConfiguration).</summary>
/// <param name="Driver">As <c>awslogs</c>.</param>
/// <param name="Options">
/// The options of awslogs, <c>mode</c> and <c>max-buffer-size</c>; those of other drivers may be secret and are left
/// out.
/// </param>
public sealed record LogConfiguration(string Driver, ImmutableDictionary<string, string> Options);

/// <summary>
/// ECS API reference, PortMapping. Null: none, or a range; host port 0: the same, or any under bridge.
/// </summary>
public sealed record PortMapping(int? ContainerPort, int? HostPort);

/// <summary>Something mounted into a container; no volume is memory (tmpfs).</summary>
public sealed record MountPoint(string Path, string? Volume, bool ReadOnly);

/// <summary>ECS API reference, ContainerDependency. The condition is START, COMPLETE, SUCCESS or HEALTHY.</summary>
public sealed record ContainerDependency(string Container, string Condition);

/// <summary>How ECS asks whether a container is well (ECS API reference, HealthCheck). Null: not given.</summary>
/// <param name="Command">Starts with CMD or CMD-SHELL.</param>
/// <param name="Interval">Seconds between two; 5 to 300, default 30.</param>
/// <param name="Timeout">Seconds for an answer; 2 to 60, default 5.</param>
/// <param name="Retries">Failures in a row that count as unwell; 1 to 10, default 3.</param>
/// <param name="StartPeriod">Seconds at the start in which failures don't count; 0 to 300, default off.</param>
public sealed record HealthCheck(
    ImmutableArray<string> Command, int? Interval, int? Timeout, int? Retries, int? StartPeriod);
