using Support.Aws.Scaling;

namespace Support.Aws;

/// <summary>What the checks of the deployed ask about. Task, service and scaling are read once each, by the first check that asks, and shared.</summary>
/// <param name="reader">Reads task and service.</param>
/// <param name="scalingReader">Reads the scaling. Default: null, it is not read.</param>
public sealed class DeployedContext(DeployedReader reader, ScalingReader? scalingReader = null)
{
    // ECS API reference, DescribeServices: where no cluster is named.
    private const string DefaultCluster = "default";

    private readonly Lock gate = new();

    // Written below the gate, by the first reader only.
    private Task<Reading<DeployedTask>>? task;
    private Task<Reading<DeployedService>>? service;
    private Task<Reading<DeployedScaling>>? scaling;

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

    /// <summary>The task that this process runs in; null where it runs in none.</summary>
    /// <param name="cancellationToken">Ends this caller's wait; the reading, which ends by itself, goes on for the others.</param>
    public async Task<Reading<DeployedTask>?> TaskAsync(CancellationToken cancellationToken)
    {
        if (Task is null)
            return null;
        Task<Reading<DeployedTask>> reading;
        lock (gate)
            reading = task ??= reader.TaskAsync(OwnCluster, Task, CancellationToken.None);

        return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The service under test; null where none is set.</summary>
    /// <param name="cancellationToken">As above.</param>
    public async Task<Reading<DeployedService>?> ServiceAsync(CancellationToken cancellationToken)
    {
        if (Service is null)
            return null;
        Task<Reading<DeployedService>> reading;
        lock (gate)
            reading = service ??= reader.ServiceAsync(ServiceCluster(Service), Service, CancellationToken.None);

        return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What keeps the service under test at its size; null where no service is set.</summary>
    /// <param name="cancellationToken">As above.</param>
    public async Task<Reading<DeployedScaling>?> ScalingAsync(CancellationToken cancellationToken)
    {
        if (Service is null || scalingReader is null)
            return null;
        Task<Reading<DeployedScaling>> reading;
        lock (gate)
            reading = scaling ??= scalingReader.ReadAsync(ServiceCluster(Service), Service, LoadBalancer, CancellationToken.None);

        return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private string ServiceCluster(string of) => Cluster ?? ClusterIn(of) ?? OwnCluster;

    private string OwnCluster => TaskCluster ?? (Task is null ? null : ClusterIn(Task)) ?? DefaultCluster;

    // arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME; the old short form has no cluster.
    private static string? ClusterIn(string arn) => arn.StartsWith("arn:", StringComparison.Ordinal) && arn.Split('/') is [_, var cluster, _] ? cluster : null;
}
