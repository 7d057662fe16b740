using Support.Aws;
using Support.Aws.Deployed;
using Support.Aws.Scaling;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Settings;

namespace Support.Run;

/// <summary>
/// What is known of ECS: the task that the suite runs in, the service under test, and the task definitions of both.
/// Read on first use, once each.
/// </summary>
internal sealed class EcsContext(RunContext run) : IDisposable
{
    private readonly Lazy<Task<TaskMetadata>> metadata = new(
        () => new TaskMetadataReader(run.Parts.Environment).ReadAsync(CancellationToken.None));
    private AwsClients? clients;
    private DeployedContext? deployed;

    /// <summary>Whether the suite runs in an ECS task.</summary>
    public bool IsInEcs { get; } = TaskMetadata.IsInEcs(run.Parts.Environment);

    /// <summary>
    /// The task definition of the service under test, once it has been read; null before, and where there is none.
    /// </summary>
    public TaskDefinition? ServiceDefinition { get; private set; }

    /// <summary>The task definition of <c>Aws.TaskDefinition</c>, likewise.</summary>
    public TaskDefinition? NamedDefinition { get; private set; }

    /// <summary>The task, as far as it has been read.</summary>
    public TaskMetadata Known =>
        metadata is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? metadata.Value.Result
        : IsInEcs ? new TaskMetadata.Unavailable("it had not been read when the run ended")
        : new TaskMetadata.Outside();

    /// <summary>
    /// CPU units and MiB of the task under test, as in <c>1024/2048</c>: this one's where the suite started the server
    /// itself, else the service's; null where not known.
    /// </summary>
    public string? SizeUnderTest => run.Settings?.Target.Url is null
        ? Known.Task?.Size
        : ServiceDefinition is { Cpu: { } cpu, Memory: { } memory }
            ? FormattableString.Invariant($"{cpu}/{memory}")
            : null;

    /// <summary>The region of the clients; null before the first was asked for, and where none is known.</summary>
    public string? Region => clients?.Region;

    private AwsSettings Aws => run.Settings!.Aws;

    /// <summary>The task that the suite runs in; takes at most 3 s, and no time outside of ECS.</summary>
    public Task<TaskMetadata> MetadataAsync(CancellationToken cancellationToken) =>
        metadata.Value.WaitAsync(cancellationToken);

    /// <summary>The clients of AWS, in the region that the SDK is told, else in that of the task.</summary>
    public async Task<AwsClients> ClientsAsync(CancellationToken cancellationToken) =>
        clients ??= run.Parts.Aws((await MetadataAsync(cancellationToken).ConfigureAwait(false)).Task?.Arn.Region);

    /// <summary>What the checks of the deployed ask about.</summary>
    public async Task<DeployedContext> DeployedAsync(CancellationToken cancellationToken)
    {
        var task = (await MetadataAsync(cancellationToken).ConfigureAwait(false)).Task;
        var aws = await ClientsAsync(cancellationToken).ConfigureAwait(false);
        return deployed ??= new(new DeployedReader(aws), new ScalingReader(aws))
        {
            Task = task?.Arn.ToString(),
            TaskCluster = task?.Cluster,
            Service = Aws.Service,
            Cluster = Aws.Cluster,
            LoadBalancer = Aws.LoadBalancer,
        };
    }

    /// <summary>Reads the task definition of <c>Aws.TaskDefinition</c>.</summary>
    public async Task<TaskDefinitionReading> NamedDefinitionAsync(string file, CancellationToken cancellationToken)
    {
        var reading = await TaskDefinitionFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        NamedDefinition = reading.Definition;
        return reading;
    }

    /// <summary>Reads the task definition of the task that the suite runs in.</summary>
    public async Task<TaskDefinitionReading> OwnDefinitionAsync(CancellationToken cancellationToken)
    {
        var definition = (await MetadataAsync(cancellationToken).ConfigureAwait(false)).Task?.Definition;
        var context = await DeployedAsync(cancellationToken).ConfigureAwait(false);
        return await context.DefinitionAsync(definition, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the task definition of the service under test.</summary>
    public async Task<TaskDefinitionReading> ServiceDefinitionAsync(CancellationToken cancellationToken)
    {
        var context = await DeployedAsync(cancellationToken).ConfigureAwait(false);
        var reading = await context.ServiceDefinitionAsync(cancellationToken).ConfigureAwait(false);
        ServiceDefinition = reading.Definition;
        return reading;
    }

    /// <summary>Lets the clients' connections go.</summary>
    public void Dispose() => clients?.Dispose();
}
