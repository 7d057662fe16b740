using System.Collections.Immutable;
using Support.Aws;
using Support.Aws.Metrics;
using Support.Aws.Scaling;
using Support.Host;
using Support.Plan;
using Support.Plan.Scaling;
using Support.Reports;

namespace CapacityTests;

/// <summary>The policies that are made of the plan, and what is deployed beside it.</summary>
internal static class ScalingSession
{
    // Read by the first check; names what the settings don't.
    private static DeployedScaling? deployed;

    /// <summary>The checks that compare what is deployed with the plan; none where no service is named.</summary>
    public static ImmutableArray<DeferredCheck> Checks { get; } = CapacityRun.Settings.Settings?.Aws.Service is null
        ? []
        : ScalingChecks.For(DeployedAsync, () => FinishedRun.Report().Plan, Path.GetRelativePath(CapacityRun.BaseDirectory, CapacityRun.Reports.Below(ScalingScope.Folder).Directory), Given());

    /// <summary>The policies as files; empty where there is no plan, nobody asked for it, or it is in doubt.</summary>
    public static ImmutableArray<ScalingFile> Files(ScalingPlan plan) => ScalingFiles.Of(plan, Scope());

    /// <summary>Writes them into the reports folder. Where there is no plan, those of an earlier run go: its thresholds are not this run's.</summary>
    /// <returns>What could not be written.</returns>
    public static IEnumerable<string?> Write(ScalingPlan plan)
    {
        var folder = CapacityRun.Reports.Below(ScalingScope.Folder);
        var files = Files(plan);
        return files.IsEmpty
            ? [.. ScalingFileNames.All.Select(name => FinishedRun.Attempt(() => folder.Remove(name)))]
            : [.. files.Select(file => FinishedRun.Attempt(() => folder.Write(file.Name, file.Text)))];
    }

    private static ImmutableHashSet<string> Given() =>
        [.. CapacityRun.Settings.Redacted.Where(setting => !setting.IsDefault).Select(setting => setting.Name)];

    private static ScalingScope Scope()
    {
        var aws = CapacityRun.Settings.Settings?.Aws ?? new();
        return new()
        {
            Cluster = aws.Service is null ? null : deployed?.Cluster ?? EcsNames.Cluster(Publishing.Scope().Cluster, aws.Service),
            Service = EcsNames.ShortName(aws.Service),
            LoadBalancer = aws.LoadBalancer ?? deployed?.LoadBalancer,
            MoreLoadBalancers = [.. (deployed?.LoadBalancers ?? []).Where(name => name != (aws.LoadBalancer ?? deployed?.LoadBalancer))],
            TargetGroup = deployed?.TargetGroup,
            Region = TaskSession.Region,
            Namespace = aws.Namespace,
            OtherDimensions = CapacityRun.Settings.IsUsable ? Others(Publishing.Source().Dimensions) : [],
        };
    }

    private static async Task<Reading<DeployedScaling>?> DeployedAsync(CancellationToken cancellationToken)
    {
        var reading = await (await TaskSession.DeployedAsync(cancellationToken)).ScalingAsync(cancellationToken);
        deployed = (reading as Reading<DeployedScaling>.Facts)?.Value;
        return reading;
    }

    private static ImmutableArray<KeyValuePair<string, string>> Others(MetricDimensions dimensions) =>
    [
        .. dimensions.Known.Where(dimension => dimension.Name is not (EchoMetric.ClusterDimension or EchoMetric.ServiceDimension))
            .Select(dimension => KeyValuePair.Create(dimension.Name, dimension.Value)),
    ];
}
