using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Support.Host;

namespace Support.Ecs;

/// <summary>
/// The suite's own task, as it was before the first connection. What was not told is null or unknown, never 0.
/// </summary>
public sealed record EcsTask
{
    /// <summary>The value of <see cref="LaunchType"/> on Fargate.</summary>
    public const string Fargate = "FARGATE";

    /// <summary>The task's name; id, region and account are parts of it.</summary>
    public required TaskArn Arn { get; init; }

    /// <summary>Of the endpoint: 4, or 3, which lacks launch type, log driver and network details.</summary>
    public required int MetadataVersion { get; init; }

    /// <summary>The cluster's name.</summary>
    public string? Cluster { get; init; }

    /// <summary>The task definition's family.</summary>
    public string? Family { get; init; }

    /// <summary>The task definition's revision.</summary>
    public string? Revision { get; init; }

    /// <summary>Null for a task that runs by itself, and where an agent is too old to tell.</summary>
    public string? Service { get; init; }

    /// <summary>
    /// As <c>FARGATE</c>, from the metadata, else <c>AWS_EXECUTION_ENV</c>; null where neither tells.
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

    /// <summary>As <c>FAMILY:REVISION</c>; null where one of them is not known.</summary>
    public string? Definition => Family is { } family && Revision is { } revision ? $"{family}:{revision}" : null;

    /// <summary>CPU units and MiB as <c>256/512</c>; null where the task lacks one of them.</summary>
    public string? Size => CpuUnits.Count is { } cpu && MemoryMebibytes.Count is { } memory
        ? Say($"{cpu}/{memory}")
        : null;

    /// <summary>Sizes, limits and network are then those that AWS documents.</summary>
    public bool IsFargate => LaunchType == Fargate;

    /// <summary>The container that this process runs in; null where not known.</summary>
    public EcsContainer? This => Containers.FirstOrDefault(container => container.DockerId == ThisDockerId);

    /// <summary>The containers of the task definition but this one; the agent's own are not among them.</summary>
    public IEnumerable<EcsContainer> Others =>
        Containers.Where(container => container.IsNormal && container.DockerId != ThisDockerId);

    /// <summary>
    /// What all containers together had in use when they were read: what the connections will not have. Null where one
    /// told nothing, or the sum is more than a <see cref="long"/> holds.
    /// </summary>
    public long? MemoryInUseBytes => Containers.Any(container => container.IsNormal)
        && !Containers.Any(container => container is { IsNormal: true, MemoryInUseBytes: null })
        && Containers.Sum(container => (decimal)(container.MemoryInUseBytes ?? 0)) is var sum and <= long.MaxValue
            ? (long)sum
            : null;

    /// <summary>
    /// What this process can have at most by declaration: the lesser of its container's limit and the task's.
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

/// <summary>A task's name, taken apart.</summary>
/// <param name="Text">As a whole.</param>
/// <param name="Partition">As in <c>aws</c> or <c>aws-cn</c>.</param>
/// <param name="Region">As in <c>us-east-1</c>.</param>
/// <param name="Account">Twelve digits.</param>
/// <param name="Cluster">Null in the short form of accounts that never opted in to the long one.</param>
/// <param name="Id">32 hexadecimal digits or a UUID.</param>
public sealed partial record TaskArn(
    string Text, string Partition, string Region, string Account, string? Cluster, string Id)
{
    /// <summary>
    /// Takes <c>arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/ID</c> apart (ECS developer guide, "Amazon Resource Names
    /// (ARNs) and IDs"); null where the text is none.
    /// </summary>
    public static TaskArn? Parse(string? text)
    {
        var match = Arns().Match(text ?? "");
        return match.Success
            ? new(text!, match.Groups["partition"].Value, match.Groups["region"].Value, match.Groups["account"].Value,
                ClusterOf(match), match.Groups["id"].Value)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string? ClusterOf(Match match) =>
        match.Groups["cluster"] is { Success: true } cluster ? cluster.Value : null;

    [GeneratedRegex(
        @"\Aarn:(?<partition>aws[a-z-]*):ecs:(?<region>[a-z0-9-]+):(?<account>\d{12}):"
        + @"task/(?:(?<cluster>[A-Za-z0-9_-]{1,255})/)?(?<id>[A-Za-z0-9-]{1,64})\z")]
    private static partial Regex Arns();
}
