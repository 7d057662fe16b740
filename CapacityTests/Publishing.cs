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

    /// <summary>How metrics get to CloudWatch: as set, else embedded in a task of ECS and not at all elsewhere.</summary>
    public static MetricChannel Channel { get; } = CapacityRun.Settings.Settings is { } settings
        ? settings.Aws.Publish ?? (TaskMetadata.IsInEcs(CapacityRun.Environment) ? MetricChannel.Emf : MetricChannel.Off)
        : MetricChannel.Off;

    /// <summary>What is read about the service under test; empty where nothing is.</summary>
    public static ServiceScope Service { get; } = CapacityRun.Settings.Settings?.Aws is { } aws
        ? new(aws.Cluster, aws.Service, aws.LoadBalancer)
        : new(null, null, null);

    private static AwsSettings Aws => CapacityRun.Settings.Settings!.Aws;

    /// <summary>Hands a step's metrics on as it ends, where they go through the log.</summary>
    public static async Task EmitAsync(JudgedStep step)
    {
        if (Channel == MetricChannel.Emf)
            (await LogAsync()).Append(step);
    }

    /// <summary>Publishes what is left: all metrics by PutMetricData, or the verdict's through the log.</summary>
    public static async Task<Publication> MetricsAsync(CapacityReport report)
    {
        if (Channel == MetricChannel.Api)
        {
            var clients = await TaskSession.ClientsAsync(CancellationToken.None);
            return await new MetricsPublisher(() => clients.CloudWatch, TimeProvider.System) { Within = Within(TimeSpan.FromSeconds(15)) }
                .PublishAsync(report, await SourceAsync(), CancellationToken.None);
        }

        var log = await LogAsync();
        log.Append(report);
        return log.Publication;
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
        if (CapacityRun.Record.InterruptedBy is not null || RunWindow.Of(CapacityRun.Record.Steps, CapacityRun.Record.Search) is not { } window)
            return null;
        var clients = await TaskSession.ClientsAsync(CapacityRun.Interrupted);
        return await new ServiceMetricsReader(() => clients.CloudWatch, TimeProvider.System)
            .ReadAsync(await ScopeAsync(), window, Aws.MetricsWait, Screen.Show, CapacityRun.Interrupted);
    }

    /// <summary>The dashboard's body, or why there is none.</summary>
    public static async Task<(string? Body, string? Problem)> DashboardAsync()
    {
        if ((await TaskSession.ClientsAsync(CancellationToken.None)).Region is not { } region)
            return (null, $"{DashboardBody.FileName}: no region is known; set AWS_REGION");
        var scope = await ScopeAsync();
        return (DashboardBody.Of(new(region, await SourceAsync()) { Cluster = scope.Cluster, Service = scope.Service, LoadBalancer = scope.LoadBalancer }), null);
    }

    private static TimeSpan Within(TimeSpan usually) => CapacityRun.Record.InterruptedBy is null ? usually : Hurried;

    private static async Task<EmfLog> LogAsync() => emf ??= new(CapacityRun.Reports, await SourceAsync());

    // A name alone is looked for in this task's own cluster; an ARN says which.
    private static async Task<ServiceScope> ScopeAsync() => Service.Cluster is null && Service.Service?.StartsWith("arn:", StringComparison.Ordinal) == false
        ? Service with { Cluster = (await TaskSession.MetadataAsync(CancellationToken.None)).Task?.Cluster }
        : Service;

    private static async Task<MetricSource> SourceAsync()
    {
        var task = (await TaskSession.MetadataAsync(CancellationToken.None)).Task;
        var dimensions = new MetricDimensions(Aws.Cluster ?? task?.Cluster, Aws.Service ?? task?.Service, task?.Size, CapacityRun.Settings.Settings!.Ladder.Profile);
        return new(Aws.Namespace, dimensions, CapacityRun.Record.Id, CapacityRun.Target.Facts.Url);
    }
}
