using System.Collections.Immutable;

namespace Support.Ecs.Definitions;

/// <summary>A container of a task definition as far as checks need it (ECS API reference, ContainerDefinition). Null is "not given".</summary>
public sealed record ContainerDefinition
{
    /// <summary>The name; empty where none is given.</summary>
    public required string Name { get; init; }

    /// <summary>The image; empty where none is given.</summary>
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
