using System.Collections.Immutable;
using Support.Aws;
using Support.Aws.Deployed;
using Support.Aws.Scaling;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Settings;

namespace CapacityTests;

/// <summary>What is known of ECS: the task that the suite runs in, the service under test, and the task definitions of both. Read on first use, once each.</summary>
internal static class TaskSession
{
    private static readonly Lazy<Task<TaskMetadata>> Metadata = new(() => new TaskMetadataReader(CapacityRun.Environment).ReadAsync(CancellationToken.None));
    private static readonly Lazy<Task<EnvironmentFacts>> Machine = new(() => new EnvironmentReader().ReadAsync(null, null, CancellationToken.None));
    private static AwsClients? clients;
    private static DeployedContext? deployed;

    /// <summary>Whether the suite runs in an ECS task.</summary>
    public static bool IsInEcs { get; } = TaskMetadata.IsInEcs(CapacityRun.Environment);

    /// <summary>The checks that the settings and the place ask for; the estimate alone on a machine outside of ECS where no definition and no service is named.</summary>
    public static ImmutableArray<DeferredCheck> Checks { get; } = CapacityRun.Settings.Settings is { } settings ? ChecksOf(settings) : [];

    /// <summary>The task definition of the service under test, once it has been read; null before, and where there is none.</summary>
    public static TaskDefinition? ServiceDefinition { get; private set; }

    /// <summary>The task definition of <c>Aws.TaskDefinition</c>, likewise.</summary>
    public static TaskDefinition? NamedDefinition { get; private set; }

    /// <summary>The task, as far as it has been read.</summary>
    public static TaskMetadata Known => Metadata is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? Metadata.Value.Result
        : IsInEcs ? new TaskMetadata.Unavailable("it had not been read when the run ended")
        : new TaskMetadata.Outside();

    /// <summary>CPU units and MiB of the task under test, as in <c>1024/2048</c>: this one's where the suite started the server itself, else the service's; null where not known.</summary>
    public static string? SizeUnderTest => CapacityRun.Settings.Settings?.Target.Url is null
        ? Known.Task?.Size
        : ServiceDefinition is { Cpu: { } cpu, Memory: { } memory } ? FormattableString.Invariant($"{cpu}/{memory}") : null;

    /// <summary>The task that the suite runs in; takes at most 3 s, and no time outside of ECS.</summary>
    public static Task<TaskMetadata> MetadataAsync(CancellationToken cancellationToken) => Metadata.Value.WaitAsync(cancellationToken);

    /// <summary>The clients of AWS, in the region that the SDK is told, else in that of the task.</summary>
    public static async Task<AwsClients> ClientsAsync(CancellationToken cancellationToken) =>
        clients ??= new((await MetadataAsync(cancellationToken)).Task?.Arn.Region);

    /// <summary>The architecture of this process as a task definition names it, <c>ARM64</c> or <c>X86_64</c>.</summary>
    public static string Architecture => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "ARM64" : "X86_64";

    /// <summary>The region of the clients; null before the first was asked for, and where none is known.</summary>
    public static string? Region => clients?.Region;

    /// <summary>Lets the clients' connections go.</summary>
    public static void End() => clients?.Dispose();

    private static ImmutableArray<DeferredCheck> ChecksOf(CapacitySettings settings)
    {
        var needs = new DefinitionNeeds { Connections = settings.Gate.RequiredConnections ?? settings.Ladder.Steps[^1] };
        var own = needs with
        {
            Connections = settings.Ladder.Steps[^1],
            RunsTheSuite = true,
            MetricsInLog = Publishing.Channel == MetricChannel.Emf,
            CallsAws = Publishing.Channel == MetricChannel.Api || settings.Aws is not { ReportsBucket: null, Service: null, LoadBalancer: null },
        };
        var checks = ImmutableArray.CreateBuilder<DeferredCheck>();
        if (settings.Aws.TaskDefinition is { } file)
            checks.AddRange(DefinitionChecks.For("TaskDefinition", token => NamedDefinitionAsync(file, token), needs));
        if (settings.Gate.TaskDefinition is { } gated && gated != settings.Aws.TaskDefinition)
            checks.AddRange(DefinitionChecks.For("Gate", token => TaskDefinitionFile.ReadAsync(gated, token), needs with { Container = settings.Gate.Container }));
        if (settings.Gate.MeasuresSizes)
            checks.Add(SizeSession.Check);
        if (IsInEcs)
        {
            checks.AddRange(MetadataChecks.For(MetadataAsync, token => Machine.Value.WaitAsync(token), own));
            checks.AddRange(DeployedChecks.OfTask(DeployedAsync));
            checks.AddRange(DefinitionChecks.For("Task", OwnDefinitionAsync, own));
        }

        if (settings.Aws.Service is not null)
        {
            checks.AddRange(DeployedChecks.OfService(DeployedAsync));
            checks.AddRange(DefinitionChecks.For("Service", ServiceDefinitionAsync, needs));
        }

        // The last: what one task is comes from the checks before it.
        checks.Add(PlanSession.Check);
        return checks.ToImmutable();
    }

    private static async Task<TaskDefinitionReading> NamedDefinitionAsync(string file, CancellationToken cancellationToken)
    {
        var reading = await TaskDefinitionFile.ReadAsync(file, cancellationToken);
        NamedDefinition = reading.Definition;
        return reading;
    }

    /// <summary>What the checks of the deployed ask about.</summary>
    public static async Task<DeployedContext> DeployedAsync(CancellationToken cancellationToken)
    {
        var task = (await MetadataAsync(cancellationToken)).Task;
        var aws = CapacityRun.Settings.Settings!.Aws;
        return deployed ??= new(new DeployedReader(await ClientsAsync(cancellationToken)), new ScalingReader(await ClientsAsync(cancellationToken)))
        {
            Task = task?.Arn.ToString(),
            TaskCluster = task?.Cluster,
            Service = aws.Service,
            Cluster = aws.Cluster,
            LoadBalancer = aws.LoadBalancer,
        };
    }

    private static async Task<TaskDefinitionReading> OwnDefinitionAsync(CancellationToken cancellationToken) =>
        await new DeployedDefinitions(await ReaderAsync(cancellationToken)).OfAsync((await MetadataAsync(cancellationToken)).Task?.Definition, cancellationToken);

    private static async Task<TaskDefinitionReading> ServiceDefinitionAsync(CancellationToken cancellationToken)
    {
        var reading = await new DeployedDefinitions(await ReaderAsync(cancellationToken)).OfServiceAsync(await DeployedAsync(cancellationToken), cancellationToken);
        ServiceDefinition = reading.Definition;
        return reading;
    }

    private static async Task<DeployedReader> ReaderAsync(CancellationToken cancellationToken) => new(await ClientsAsync(cancellationToken));
}
