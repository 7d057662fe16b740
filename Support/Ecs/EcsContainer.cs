using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs;

/// <summary>One container of the task.</summary>
public sealed record EcsContainer
{
    /// <summary>Containers of the task definition; the agent's own have other types, as <c>CNI_PAUSE</c>.</summary>
    public const string Normal = "NORMAL";

    /// <summary>The runtime's id; the key of the statistics.</summary>
    public required string DockerId { get; init; }

    /// <summary>As in the task definition.</summary>
    public required string Name { get; init; }

    /// <summary>As in the task definition, with its tag.</summary>
    public string? Image { get; init; }

    /// <summary>As in <c>sha256:…</c>: which image it really was; null where not told.</summary>
    public string? ImageId { get; init; }

    /// <summary><c>NORMAL</c>, or what the agent added.</summary>
    public string Type { get; init; } = Normal;

    /// <summary>In CPU units (1,024 are one vCPU); a weight against the other containers, not a quota.</summary>
    public Limit CpuUnits { get; init; } = new Limit.Unknown("not told", "task metadata");

    /// <summary>The container's own memory limit, in MiB.</summary>
    public Limit MemoryMebibytes { get; init; } = new Limit.Unknown("not told", "task metadata");

    /// <summary>Where its output goes; null where not told: version 3 does not.</summary>
    public ContainerLog? Log { get; init; }

    /// <summary>The network mode; null where it has no network yet.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>As in <c>RUNNING</c>; early in its start <c>PULLED</c>.</summary>
    public string? KnownStatus { get; init; }

    /// <summary>How often its restart policy started it anew; null where it has none.</summary>
    public long? Restarts { get; init; }

    /// <summary><c>HEALTHY</c>, <c>UNHEALTHY</c> or <c>UNKNOWN</c>; null where it has no health check.</summary>
    public string? Health { get; init; }

    /// <summary>When it was read, without the cache that can be dropped; null where not told.</summary>
    public long? MemoryInUseBytes { get; init; }

    /// <summary>Whether the task definition has it.</summary>
    public bool IsNormal => Type == Normal;
}

/// <summary>Only options that are known to hold no secret are kept: those of other drivers hold tokens.</summary>
public sealed record ContainerLog(string Driver, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>The options that are kept (ECS API reference, LogConfiguration).</summary>
    public static ImmutableArray<string> KnownOptions { get; } =
        ["awslogs-create-group",
            "awslogs-group", "awslogs-region", "awslogs-stream", "awslogs-stream-prefix", "max-buffer-size", "mode"];

    /// <summary>
    /// Null where the account's default applies (defaultLogDriverMode): non-blocking since 25 June 2025.
    /// </summary>
    public string? Mode => Options.GetValueOrDefault("mode");

    /// <summary>How much is kept before lines are dropped, as in <c>25m</c>; null is the default of 10m.</summary>
    public string? BufferSize => Options.GetValueOrDefault("max-buffer-size");

    /// <summary>The log group; null where not told.</summary>
    public string? Group => Options.GetValueOrDefault("awslogs-group");

    /// <summary>The log stream; null where not told.</summary>
    public string? Stream => Options.GetValueOrDefault("awslogs-stream");

    /// <inheritdoc/>
    public bool Equals(ContainerLog? other) =>
        other is not null && Driver == other.Driver && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Driver, Options.Count);
}
