using Support.Aws;
using Support.Aws.Dashboard;
using Support.Aws.Metrics;
using Support.Aws.Services;
using Support.Aws.Storage;
using Support.Ecs;
using Support.Reports;
using Support.Settings;
using Support.Verdict;

namespace CapacityTests;

/// <summary>What leaves the reports folder: metrics for CloudWatch, a dashboard of them, and the reports for S3. And what comes back: the service's own metrics.</summary>
internal static class Publishing
{
    // A stopped task has little time left, and the reports come first.
    private static readonly TimeSpan Hurried = TimeSpan.FromSeconds(5);

    private static EmfLog? emf;
    private static bool isServiceDone;

    /// <summary>How metrics get to CloudWatch: as set, else embedded in a task of ECS and not at all elsewhere.</summary>
    public static MetricChannel Channel { get; } = CapacityRun.Settings.Settings is { } settings
        ? settings.Aws.Publish ?? (TaskMetadata.IsInEcs(CapacityRun.Environment) ? MetricChannel.Emf : MetricChannel.Off)
        : MetricChannel.Off;

    /// <summary>What is read about the service under test; empty where nothing is.</summary>
    public static ServiceScope Service { get; } = CapacityRun.Settings.Settings?.Aws is { } aws
        ? new(aws.Cluster, aws.Service, aws.LoadBalancer)
        : new(null, null, null);

    /// <summary>Whether the service's metrics are still to be read, so that what is known by now is no verdict.</summary>
    public static bool IsServiceAwaited => !Service.IsEmpty && !isServiceDone && CapacityRun.Record.InterruptedBy is null && CapacityRun.Record.Steps.Any(step => step.Result is not null);

    private static AwsSettings Aws => CapacityRun.Settings.Settings!.Aws;

    /// <summary>Hands a step's metrics on as it ends, where they go through the log.</summary>
    public static void Emit(JudgedStep step)
    {
        if (Channel == MetricChannel.Emf)
            Log().Append(step);
    }

    /// <summary>Publishes what is left: all metrics by PutMetricData, or the verdict's through the log.</summary>
    public static async Task<Publication> MetricsAsync(CapacityReport report)
    {
        if (Channel == MetricChannel.Api)
        {
            var clients = await TaskSession.ClientsAsync(CancellationToken.None);
            return await new MetricsPublisher(() => clients.CloudWatch, TimeProvider.System) { Within = Within(TimeSpan.FromSeconds(15)) }
                .PublishAsync(report, Source(), CancellationToken.None);
        }

        Log().Append(report);
        return Log().Publication;
    }

    /// <summary>Copies the reports folder to S3.</summary>
    public static async Task<Publication> ReportsAsync(CapacityReport report)
    {
        var clients = await TaskSession.ClientsAsync(CancellationToken.None);
        var place = new UploadPlace(Aws.ReportsBucket!, Aws.ReportsPrefix, report.Rebuilt?.RunId ?? report.Run.Id);
        return await new ReportsUploader(() => clients.S3, TimeProvider.System) { Within = Within(TimeSpan.FromSeconds(10)) }
            .UploadAsync(CapacityRun.Reports, place, CancellationToken.None);
    }

    /// <summary>Reads the service's metrics of the run's minutes; null where nothing was attempted, or the run is being stopped.</summary>
    public static async Task<ServiceMetrics?> ServiceAsync()
    {
        isServiceDone = true;
        if (CapacityRun.Record.InterruptedBy is not null || RunWindow.Of(CapacityRun.Record.Steps, CapacityRun.Record.Search) is not { } window)
            return null;
        var clients = await TaskSession.ClientsAsync(CapacityRun.Interrupted);
        return await new ServiceMetricsReader(() => clients.CloudWatch, TimeProvider.System)
            .ReadAsync(Scope(), window, Aws.MetricsWait, Screen.Show, CapacityRun.Interrupted);
    }

    /// <summary>Writes the dashboard where it is asked for.</summary>
    /// <returns>Why it could not be written; null where it was, or was not asked for.</returns>
    public static async Task<string?> WriteDashboardAsync()
    {
        if (CapacityRun.Settings.Settings?.Aws.Dashboard != true)
            return null;
        if ((await TaskSession.ClientsAsync(CancellationToken.None)).Region is not { } region)
            return $"{DashboardBody.FileName}: no region is known; set AWS_REGION";
        var scope = Scope();
        var body = DashboardBody.Of(new(region, Source()) { Cluster = scope.Cluster, Service = scope.Service, LoadBalancer = scope.LoadBalancer });
        return FinishedRun.Attempt(() => CapacityRun.Reports.Write(DashboardBody.FileName, body));
    }

    private static TimeSpan Within(TimeSpan usually) => CapacityRun.Record.InterruptedBy is null ? usually : Hurried;

    private static EmfLog Log() => emf ??= new(CapacityRun.Reports, Source(), CapacityRun.Environment.GetValueOrDefault("METRICS_RELAYED_FROM"));

    /// <summary>The same with the cluster that a name alone is looked for in: this task's own; a full ARN says which.</summary>
    public static ServiceScope Scope() => Service with { Cluster = Service.Cluster ?? (NamesItsCluster(Service.Service) ? null : TaskSession.Known.Task?.Cluster) };

    private static bool NamesItsCluster(string? service) => service?.Split('/').Length > 2;

    /// <summary>Where the suite's own metrics come from: namespace and dimensions.</summary>
    public static MetricSource Source()
    {
        var scope = Scope();
        var cluster = scope.Service is null ? scope.Cluster : EcsNames.Cluster(scope.Cluster, scope.Service);
        var dimensions = new MetricDimensions(cluster, scope.Service, TaskSession.SizeUnderTest, CapacityRun.Settings.Settings!.Ladder.Profile);
        return new(Aws.Namespace, dimensions, CapacityRun.Record.Id, CapacityRun.Target.Facts.Url);
    }
}
