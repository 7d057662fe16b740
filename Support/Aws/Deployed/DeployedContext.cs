using Support.Aws.Scaling;
using Support.Ecs;

namespace Support.Aws.Deployed;

/// <summary>
/// What the checks of the deployed ask about. Task, service and scaling are read once each, by the first check that
/// asks, and shared.
/// </summary>
internal sealed class DeployedContext
{
    private readonly bool readsScaling;
    private readonly Lazy<Task<Reading<DeployedTask>>> task;
    private readonly Lazy<Task<Reading<DeployedService>>> service;
    private readonly Lazy<Task<Reading<DeployedScaling>>> scaling;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="reader">Reads task and service.</param>
    /// <param name="scalingReader">Reads the scaling. Default: null, it is not read.</param>
    public DeployedContext(DeployedReader reader, ScalingReader? scalingReader = null)
    {
        readsScaling = scalingReader is not null;
        task = new(() => reader.TaskAsync(OwnCluster, Task!, CancellationToken.None));
        service = new(() => reader.ServiceAsync(ServiceCluster, Service!, CancellationToken.None));
        scaling = new(() => scalingReader!.ReadAsync(ServiceCluster, Service!, LoadBalancer, CancellationToken.None));
    }

    /// <summary>The task that this process runs in: its ARN.</summary>
    /// <value>Default: null, it runs in none.</value>
    public string? Task { get; init; }

    /// <summary>The cluster of that task: name or ARN. Default: null, the cluster in the task's ARN.</summary>
    public string? TaskCluster { get; init; }

    /// <summary>The service under test: name or ARN (the setting Aws.Service).</summary>
    /// <value>Default: null, none is read.</value>
    public string? Service { get; init; }

    /// <summary>The cluster of the service: name or ARN (the setting Aws.Cluster).</summary>
    /// <value>Default: null, the cluster in the service's ARN, else that of the task, else <c>default</c>.</value>
    public string? Cluster { get; init; }

    /// <summary>The load balancer before the service, as CloudWatch names it (the setting Aws.LoadBalancer).</summary>
    /// <value>Default: null, those of the service's target groups alone.</value>
    public string? LoadBalancer { get; init; }

    private string ServiceCluster => Cluster ?? EcsNames.ClusterIn(Service) ?? OwnCluster;

    private string OwnCluster => TaskCluster ?? EcsNames.ClusterIn(Task) ?? EcsNames.DefaultCluster;

    /// <summary>The task that this process runs in; null where it runs in none.</summary>
    /// <param name="cancellationToken">
    /// Ends this caller's wait; the reading, which ends by itself, goes on for the others.
    /// </param>
    public async Task<Reading<DeployedTask>?> TaskAsync(CancellationToken cancellationToken) =>
        Task is null ? null : await task.Value.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The service under test; null where none is set.</summary>
    /// <param name="cancellationToken">As above.</param>
    public async Task<Reading<DeployedService>?> ServiceAsync(CancellationToken cancellationToken) =>
        Service is null ? null : await service.Value.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>What keeps the service under test at its size; null where no service is set.</summary>
    /// <param name="cancellationToken">As above.</param>
    public async Task<Reading<DeployedScaling>?> ScalingAsync(CancellationToken cancellationToken) =>
        Service is null || !readsScaling
            ? null
            : await scaling.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
}
