using System.Collections.Immutable;
using Support.Aws;
using Support.Plan;
using Support.Reports;
using Support.Scaling;

namespace CapacityTests;

/// <summary>The policies that are made of the plan, and what is deployed beside it.</summary>
internal static class ScalingSession
{
    /// <summary>The policies as files; empty where there is no plan.</summary>
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

    private static ScalingScope Scope()
    {
        var aws = CapacityRun.Settings.Settings?.Aws ?? new();
        return new()
        {
            Cluster = aws.Service is null ? null : EcsNames.ShortName(EcsNames.Cluster(aws.Cluster, aws.Service)),
            Service = EcsNames.ShortName(aws.Service),
            LoadBalancer = aws.LoadBalancer,
            Namespace = aws.Namespace,
        };
    }
}
