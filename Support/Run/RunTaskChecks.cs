using System.Collections.Immutable;
using Support.Aws.Deployed;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Settings;

namespace Support.Run;

/// <summary>
/// The checks of the task that the settings and the place ask for; the estimate alone on a machine outside of ECS where
/// neither a definition nor a service is named.
/// </summary>
internal sealed class RunTaskChecks(
    RunContext run, EcsContext ecs, Publisher publisher, SizeMeasurement sizes, TaskUnderTest task,
    Func<Task<EnvironmentFacts>> machine)
{
    /// <summary>All of them, in order; none where the settings can't be used. Making the list reads nothing.</summary>
    public ImmutableArray<DeferredCheck> All => run.Settings is not { } settings ? [] :
    [
        .. OfNamed(settings, NeedsOf(settings)),
        .. sizes.IsOn ? [sizes.Check] : ImmutableArray<DeferredCheck>.Empty,
        .. ecs.IsInEcs ? OfOwn(settings) : [],
        .. settings.Aws.Service is null ? [] : OfService(NeedsOf(settings)),
        // The last: what one task is comes from the checks before it.
        task.Check,
    ];

    private static DefinitionNeeds NeedsOf(CapacitySettings settings) =>
        new() { Connections = settings.Gate.RequiredConnections ?? settings.Ladder.Steps[^1] };

    private ImmutableArray<DeferredCheck> OfNamed(CapacitySettings settings, DefinitionNeeds needs)
    {
        var ofGate = needs with { Container = settings.Gate.Container };
        var (named, gated) = (settings.Aws.TaskDefinition, settings.Gate.TaskDefinition);
        ImmutableArray<DeferredCheck> checks = [];
        if (named is not null)
            checks = DefinitionChecks.For("TaskDefinition", token => ecs.NamedDefinitionAsync(named, token), needs);
        if (gated is null || gated == named)
            return checks;
        checks = checks.AddRange(
            DefinitionChecks.For("Gate", token => TaskDefinitionFile.ReadAsync(gated, token), ofGate));
        return checks;
    }

    private ImmutableArray<DeferredCheck> OfOwn(CapacitySettings settings)
    {
        var needs = new DefinitionNeeds
        {
            Connections = settings.Ladder.Steps[^1],
            RunsTheSuite = true,
            MetricsInLog = publisher.Channel == MetricChannel.Emf,
            CallsAws = publisher.Channel == MetricChannel.Api
                || settings.Aws is not { ReportsBucket: null, Service: null, LoadBalancer: null },
        };
        return
        [
            .. MetadataChecks.For(ecs.MetadataAsync, token => machine().WaitAsync(token), needs),
            .. DeployedChecks.OfTask(ecs.DeployedAsync),
            .. DefinitionChecks.For("Task", ecs.OwnDefinitionAsync, needs),
        ];
    }

    private ImmutableArray<DeferredCheck> OfService(DefinitionNeeds needs) =>
    [
        .. DeployedChecks.OfService(ecs.DeployedAsync),
        .. DefinitionChecks.For("Service", ecs.ServiceDefinitionAsync, needs),
    ];
}
