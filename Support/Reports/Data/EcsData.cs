using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;

namespace Support.Reports.Data;

/// <summary>The ECS task that the suite ran in.</summary>
internal sealed class EcsData(TaskMetadata metadata)
{
    /// <summary>Why the metadata endpoint could not be read; null where it was.</summary>
    public string? Unavailable => (metadata as TaskMetadata.Unavailable)?.Why;
    /// <summary>As it was before the first connection, from the task metadata endpoint.</summary>
    public TaskData? Task => metadata.Task is { } task ? new(task) : null;
}

/// <summary>An ECS task, as it was before the first connection.</summary>
internal sealed class TaskData(EcsTask task)
{
    /// <summary>The task's name in all of AWS.</summary>
    public string Arn => task.Arn.Text;
    /// <summary>The last part of arn.</summary>
    public string Id => task.Arn.Id;
    /// <summary>As in us-east-1.</summary>
    public string Region => task.Arn.Region;
    /// <summary>Twelve digits.</summary>
    public string Account => task.Arn.Account;
    /// <summary>Its name.</summary>
    public string? Cluster => task.Cluster;
    /// <summary>Its name in all of AWS.</summary>
    public string? ClusterArn => task.ClusterArn;
    /// <summary>The task definition's family.</summary>
    public string? Family => task.Family;
    /// <summary>The task definition's revision.</summary>
    public string? Revision => task.Revision;
    /// <summary>Null for a task that runs by itself.</summary>
    public string? Service => task.Service;
    /// <summary>FARGATE, EC2, MANAGED_INSTANCES or EXTERNAL.</summary>
    public string? LaunchType => task.LaunchType;
    /// <summary>Version 3 tells less.</summary>
    public int MetadataVersion => task.MetadataVersion;
    /// <summary>AWS_EXECUTION_ENV.</summary>
    public string? ExecutionEnvironment => task.ExecutionEnvironment;
    /// <summary>awsvpc, bridge, host or none.</summary>
    public string? NetworkMode => task.NetworkMode;
    /// <summary>As in us-east-1d.</summary>
    public string? AvailabilityZone => task.AvailabilityZone;
    /// <summary>What ECS wants the task to be, as in RUNNING.</summary>
    public string? DesiredStatus => task.DesiredStatus;
    /// <summary>What the task was; early in its start NONE.</summary>
    public string? KnownStatus => task.KnownStatus;
    /// <summary>The task's own; 1,024 are one vCPU.</summary>
    public Limit CpuUnits => task.CpuUnits;
    /// <summary>The task's own.</summary>
    public Limit MemoryMebibytes => task.MemoryMebibytes;
    /// <summary>Of all containers, before the first connection.</summary>
    public long? MemoryInUseBytes => task.MemoryInUseBytes;
    /// <summary>In the agent's order, its own pause container included.</summary>
    public IEnumerable<ContainerData> Containers =>
        task.Containers.Each(container => new ContainerData(container, container.DockerId == task.ThisDockerId));
    /// <summary>How well the host's clock is kept.</summary>
    public ClockData Clock => new(task.Clock?.IsSynchronized, task.Clock?.ErrorBoundMilliseconds);
    /// <summary>The task's own disk.</summary>
    public EphemeralStorage Storage => task.Storage ?? new(null, null);
    /// <summary>What could not be read, and why.</summary>
    public ImmutableArray<string> Gaps => task.Gaps.OrNone();
}

/// <summary>How well the host's clock is kept.</summary>
/// <param name="Synchronized">Null where not told.</param>
/// <param name="ErrorBoundMilliseconds">The most that it is off; null where not told.</param>
internal sealed record ClockData(bool? Synchronized, double? ErrorBoundMilliseconds);

/// <summary>One container of the task.</summary>
internal sealed class ContainerData(EcsContainer container, bool isThis)
{
    /// <summary>As in the task definition.</summary>
    public string Name => container.Name;
    /// <summary>Whether the suite runs in it.</summary>
    public bool IsThis => isThis;
    /// <summary>NORMAL, or what the agent added.</summary>
    public string Type => container.Type;
    /// <summary>As in the task definition, with its tag.</summary>
    public string? Image => container.Image;
    /// <summary>As in sha256:…</summary>
    public string? ImageId => container.ImageId;
    /// <summary>A weight against the other containers.</summary>
    public Limit CpuUnits => container.CpuUnits;
    /// <summary>The container's own.</summary>
    public Limit MemoryMebibytes => container.MemoryMebibytes;
    /// <summary>Without cache that can be dropped.</summary>
    public long? MemoryInUseBytes => container.MemoryInUseBytes;
    /// <summary>As in RUNNING; early in its start PULLED.</summary>
    public string? KnownStatus => container.KnownStatus;
    /// <summary>Null without a health check.</summary>
    public string? Health => container.Health;
    /// <summary>Null without a restart policy.</summary>
    public long? Restarts => container.Restarts;
    /// <summary>As in awslogs.</summary>
    public string? LogDriver => container.Log?.Driver;
    /// <summary>Null where the region's default applies.</summary>
    public string? LogMode => container.Log?.Mode;
    /// <summary>The log group of awslogs.</summary>
    public string? LogGroup => container.Log?.Group;
    /// <summary>The log stream of awslogs.</summary>
    public string? LogStream => container.Log?.Stream;
}
