using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs;

/// <summary>
/// The task that this process runs in, as it was before the first connection. What was not told is null or unknown,
/// never 0.
/// </summary>
public sealed record EcsTask
{
    /// <summary>The value of <see cref="LaunchType"/> on Fargate.</summary>
    public const string Fargate = "FARGATE";

    /// <summary>The task's name; id, region and account are parts of it.</summary>
    public required TaskArn Arn { get; init; }

    /// <summary>
    /// The version of the endpoint that told: 4, or 3, which lacks launch type, log driver and network details.
    /// </summary>
    public required int MetadataVersion { get; init; }

    /// <summary>The cluster's name.</summary>
    public string? Cluster { get; init; }

    /// <summary>The task definition's family.</summary>
    public string? Family { get; init; }

    /// <summary>The task definition's revision.</summary>
    public string? Revision { get; init; }

    /// <summary>
    /// The service that started the task; null for a task that runs by itself, and where an agent is too old to tell.
    /// </summary>
    public string? Service { get; init; }

    /// <summary>
    /// <c>FARGATE</c>, <c>EC2</c>, <c>MANAGED_INSTANCES</c> or <c>EXTERNAL</c>; null where neither metadata nor
    /// <c>AWS_EXECUTION_ENV</c> tell.
    /// </summary>
    public string? LaunchType { get; init; }

    /// <summary><c>AWS_EXECUTION_ENV</c>, as in <c>AWS_ECS_FARGATE</c>; null where it is not set.</summary>
    public string? ExecutionEnvironment { get; init; }

    /// <summary><c>awsvpc</c>, <c>bridge</c>, <c>host</c> or <c>none</c>; null where not told.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>As in <c>us-east-1d</c>.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>What ECS wants the task to be, as in <c>RUNNING</c>.</summary>
    public string? DesiredStatus { get; init; }

    /// <summary>What the task was; early in its start <c>NONE</c>.</summary>
    public string? KnownStatus { get; init; }

    /// <summary>The task's own CPU limit, in CPU units (1,024 are one vCPU). The endpoint says vCPUs.</summary>
    public Limit CpuUnits { get; init; } = new Limit.Unknown("not told", "task metadata");

    /// <summary>The task's own memory limit, in MiB.</summary>
    public Limit MemoryMebibytes { get; init; } = new Limit.Unknown("not told", "task metadata");

    /// <summary>All containers in the agent's order, its own pause container included.</summary>
    public ImmutableArray<EcsContainer> Containers { get; init; } = [];

    /// <summary>The runtime's id of the container that this process runs in; null where not known.</summary>
    public string? ThisDockerId { get; init; }

    /// <summary>How well the host's clock is kept; null where not told (EC2).</summary>
    public ClockDrift? Clock { get; init; }

    /// <summary>The task's own disk; null where not told (EC2).</summary>
    public EphemeralStorage? Storage { get; init; }

    /// <summary>What of the metadata could not be read, one clause each.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];

    /// <summary>The cluster's ARN, made of the task's; null where the cluster is not known.</summary>
    public string? ClusterArn =>
        Cluster is { } name ? $"arn:{Arn.Partition}:ecs:{Arn.Region}:{Arn.Account}:cluster/{name}" : null;

    /// <summary>The task definition as <c>FAMILY:REVISION</c>; null where one of them is not known.</summary>
    public string? Definition => Family is { } family && Revision is { } revision ? $"{family}:{revision}" : null;

    /// <summary>CPU units and MiB as in <c>256/512</c>; null where the task lacks one of them.</summary>
    public string? Size => CpuUnits.Count is { } cpu && MemoryMebibytes.Count is { } memory
        ? Say($"{cpu}/{memory}")
        : null;

    /// <summary>Whether this is Fargate: sizes, limits and network are then those that AWS documents.</summary>
    public bool IsFargate => LaunchType == Fargate;

    /// <summary>The container that this process runs in; null where not known.</summary>
    public EcsContainer? This => Containers.FirstOrDefault(container => container.DockerId == ThisDockerId);

    /// <summary>The containers of the task definition but this one; the agent's own are not among them.</summary>
    public IEnumerable<EcsContainer> Others =>
        Containers.Where(container => container.IsNormal && container.DockerId != ThisDockerId);

    /// <summary>
    /// The memory that all containers together had in use when they were read, in bytes: what the connections will not
    /// have.
    /// </summary>
    /// <value>
    /// Null where one of the task definition's containers told nothing, or the sum is more than a <see cref="long"/>
    /// holds.
    /// </value>
    public long? MemoryInUseBytes => Containers.Any(container => container.IsNormal)
        && !Containers.Any(container => container is { IsNormal: true, MemoryInUseBytes: null })
        && Containers.Sum(container => (decimal)(container.MemoryInUseBytes ?? 0)) is var sum and <= long.MaxValue
            ? (long)sum
            : null;

    /// <summary>
    /// The memory that this process can have at most by declaration, in MiB: the lesser of its container's limit and
    /// the task's.
    /// </summary>
    public Limit DeclaredMebibytes => Limit.Least(
        [MemoryMebibytes, .. This is { } own ? [own.MemoryMebibytes] : ImmutableArray<Limit>.Empty], "task metadata");
}

/// <summary>How well the clock of the task's host is kept (Fargate only).</summary>
/// <param name="IsSynchronized">False where it is <c>NOT_SYNCHRONIZED</c>; null where not told.</param>
/// <param name="ErrorBoundMilliseconds">The most that it is off, in milliseconds; null where not told.</param>
public sealed record ClockDrift(bool? IsSynchronized, double? ErrorBoundMilliseconds);

/// <summary>The task's own disk (Fargate only); the images are on it.</summary>
/// <param name="UsedMebibytes">In use, in MiB; null where not told.</param>
/// <param name="ReservedMebibytes">
/// All of it, in MiB: 20,496 for the 20 GiB of the default; null where not told.
/// </param>
public sealed record EphemeralStorage(long? UsedMebibytes, long? ReservedMebibytes);
