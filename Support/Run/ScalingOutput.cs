using System.Collections.Immutable;
using Support.Aws;
using Support.Aws.Metrics;
using Support.Aws.Scaling;
using Support.Ecs;
using Support.Host;
using Support.Plan;
using Support.Plan.Scaling;
using Support.Reports.Files;
using Support.Settings;

namespace Support.Run;

/// <summary>The policies that are made of the plan, and what is deployed beside it.</summary>
internal sealed class ScalingOutput(RunContext run, EcsContext ecs, Publisher publisher)
{
    private readonly ReportFolder folder = run.Reports.Below(ScalingScope.Folder);

    // Read by the first check; names what the settings don't.
    private DeployedScaling? deployed;

    private AwsSettings Aws => run.Settings?.Aws ?? new();

    /// <summary>The names that the policies are made with.</summary>
    public ScalingScope Scope => new()
    {
        Cluster = Aws.Service is null
            ? null
            : deployed?.Cluster ?? EcsNames.Cluster(publisher.Scope.Cluster, Aws.Service),
        Service = EcsNames.ShortName(Aws.Service),
        LoadBalancer = LoadBalancer,
        MoreLoadBalancers = [.. (deployed?.LoadBalancers ?? []).Where(name => name != LoadBalancer)],
        TargetGroup = deployed?.TargetGroup,
        Region = ecs.Region,
        Namespace = Aws.Namespace,
        OtherDimensions = run.Parts.Settings.IsUsable ? Others(publisher.Source.Dimensions) : [],
    };

    private string? LoadBalancer => Aws.LoadBalancer ?? deployed?.LoadBalancer;

    /// <summary>The checks that compare what is deployed with the plan; none where no service is named.</summary>
    /// <param name="plan">Gives the plan, as far as it is known by then.</param>
    public ImmutableArray<DeferredCheck> Checks(Func<ScalingPlan> plan) => Aws.Service is null
        ? []
        : ScalingChecks.For(
            DeployedAsync, plan, Path.GetRelativePath(run.Parts.BaseDirectory, folder.Directory), Given);

    /// <summary>
    /// Writes the policies into the reports folder. Where there is no plan, those of an earlier run go: its thresholds
    /// are not this run's.
    /// </summary>
    /// <returns>What could not be written.</returns>
    public IEnumerable<string> Write(ScalingPlan plan)
    {
        var files = ScalingFiles.Of(plan, Scope);
        IEnumerable<string?> problems = files.IsEmpty
            ? ScalingFileNames.All.Select(name => ReportFolder.Attempt(() => folder.Remove(name)))
            : files.Select(file => ReportFolder.Attempt(() => folder.Write(file.Name, file.Text)));
        return [.. problems.OfType<string>()];
    }

    private ImmutableHashSet<string> Given =>
        [.. run.Parts.Settings.Redacted.Where(setting => !setting.IsDefault).Select(setting => setting.Name)];

    private async Task<Reading<DeployedScaling>?> DeployedAsync(CancellationToken cancellationToken)
    {
        var context = await ecs.DeployedAsync(cancellationToken).ConfigureAwait(false);
        var reading = await context.ScalingAsync(cancellationToken).ConfigureAwait(false);
        deployed = reading?.Value;
        return reading;
    }

    private static ImmutableArray<KeyValuePair<string, string>> Others(MetricDimensions dimensions) =>
    [
        .. dimensions.Known
            .Where(dimension => dimension.Name is not (EchoMetric.ClusterDimension or EchoMetric.ServiceDimension))
            .Select(dimension => KeyValuePair.Create(dimension.Name, dimension.Value)),
    ];
}
