using Support.Aws.Scaling;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Aws.Deployed;

/// <summary>What the checks of the deployed ask about: each part is read once, by the first that asks.</summary>
internal sealed class DeployedContext
{
    private readonly DeployedReader reader;
    private readonly bool readsScaling;
    private readonly Lazy<Task<Reading<DeployedTask>>> task;
    private readonly Lazy<Task<Reading<DeployedService>>> service;
    private readonly Lazy<Task<Reading<DeployedScaling>>> scaling;

    /// <param name="reader">Reads task and service.</param>
    /// <param name="scalingReader">Reads the scaling. Default: null, it is not read.</param>
    public DeployedContext(DeployedReader reader, ScalingReader? scalingReader = null)
    {
        (this.reader, readsScaling) = (reader, scalingReader is not null);
        task = new(() => reader.TaskAsync(OwnCluster, Task!, CancellationToken.None));
        service = new(() => reader.ServiceAsync(ServiceCluster, Service!, CancellationToken.None));
        scaling = new(() => scalingReader!.ReadAsync(ServiceCluster, Service!, LoadBalancer, CancellationToken.None));
    }

    /// <summary>The ARN of the suite's own task. Default: null, it runs in none.</summary>
    public string? Task { get; init; }

    /// <summary>The cluster of that task: name or ARN. Default: null, the cluster in the task's ARN.</summary>
    public string? TaskCluster { get; init; }

    /// <summary>The service under test: name or ARN (Aws.Service). Default: null, none is read.</summary>
    public string? Service { get; init; }

    /// <summary>
    /// Its cluster (Aws.Cluster). Default: null, that of the ARN, else the task's, else <c>default</c>.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>As CloudWatch names it (Aws.LoadBalancer). Default: null, those of the target groups.</summary>
    public string? LoadBalancer { get; init; }

    private string ServiceCluster => Cluster ?? EcsNames.ClusterIn(Service) ?? OwnCluster;

    private string OwnCluster => TaskCluster ?? EcsNames.ClusterIn(Task) ?? EcsNames.DefaultCluster;

    /// <summary>The suite's own task; null where it runs in none.</summary>
    /// <param name="cancellationToken">Ends this caller's wait; the reading goes on for the others.</param>
    public async Task<Reading<DeployedTask>?> TaskAsync(CancellationToken cancellationToken) =>
        Task is null ? null : await task.Value.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Null where none is set.</summary>
    public async Task<Reading<DeployedService>?> ServiceAsync(CancellationToken cancellationToken) =>
        Service is null ? null : await service.Value.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>What keeps the service under test at its size; null where no service is set.</summary>
    public async Task<Reading<DeployedScaling>?> ScalingAsync(CancellationToken cancellationToken) =>
        Service is null || !readsScaling
            ? null
            : await scaling.Value.WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The task definition of the service under test, or why there is none.</summary>
    public async Task<TaskDefinitionReading> ServiceDefinitionAsync(CancellationToken cancellationToken)
    {
        // Why a service could not be read is the answer of the check that asks for it.
        var service = await ServiceAsync(cancellationToken).ConfigureAwait(false);
        return await DefinitionAsync(service?.Value?.TaskDefinition, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>By ARN or <c>family:revision</c>; as files give it, or why there is none.</summary>
    public async Task<TaskDefinitionReading> DefinitionAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is null)
            return TaskDefinitionReading.None(
                CheckOutcome.NotApplicable, "which task definition it is could not be read", next: "");
        var reading = await reader.TaskDefinitionAsync(name, cancellationToken).ConfigureAwait(false);
        return reading is { Fault: { } fault }
            ? TaskDefinitionReading.None(CheckOutcome.Warning, fault.ToString(), fault.Next)
            : TaskDefinitionParser.Parse(reading.Value!);
    }
}
