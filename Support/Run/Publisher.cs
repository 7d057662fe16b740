using Support.Aws;
using Support.Aws.Dashboard;
using Support.Aws.Metrics;
using Support.Aws.Services;
using Support.Aws.Storage;
using Support.Ecs;
using Support.Reports;
using Support.Reports.Files;
using Support.Settings;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// What leaves the reports folder: metrics for CloudWatch, a dashboard of them, and the reports for S3. And what comes
/// back: the service's own metrics.
/// </summary>
internal sealed class Publisher(RunContext run, TargetUnderTest target, EcsContext ecs)
{
    // A stopped task has little time left, and the reports come first.
    private static readonly TimeSpan Hurried = TimeSpan.FromSeconds(5);

    private EmfLog? emf;
    private bool isServiceDone;

    /// <summary>
    /// How metrics get to CloudWatch: as set, else embedded in a task of ECS and not at all elsewhere.
    /// </summary>
    public MetricChannel Channel { get; } = run.Settings is { } settings
        ? settings.Aws.Publish ?? (TaskMetadata.IsInEcs(run.Parts.Environment) ? MetricChannel.Emf : MetricChannel.Off)
        : MetricChannel.Off;

    /// <summary>What is read about the service under test, as it is set; empty where nothing is.</summary>
    public ServiceScope Service { get; } = run.Settings?.Aws is { } aws
        ? new(aws.Cluster, aws.Service, aws.LoadBalancer)
        : new(null, null, null);

    /// <summary>
    /// Whether the service's metrics are still to be read, so that what is known by now is no verdict.
    /// </summary>
    public bool IsServiceAwaited =>
        !Service.IsEmpty && !isServiceDone && run.Interruption.By is null
            && run.Record.Steps.Any(step => step.Result is not null);

    /// <summary>
    /// As <see cref="Service"/>, with the cluster that a name alone is looked for in: this task's own; a full ARN says
    /// which.
    /// </summary>
    public ServiceScope Scope => Service with
    {
        Cluster = Service.Cluster ?? (Service.Service?.Split('/').Length > 2 ? null : ecs.Known.Task?.Cluster),
    };

    /// <summary>Where the suite's own metrics come from: namespace and dimensions.</summary>
    public MetricSource Source
    {
        get
        {
            var scope = Scope;
            var cluster = scope.Service is null ? scope.Cluster : EcsNames.Cluster(scope.Cluster, scope.Service);
            var dimensions = new MetricDimensions(
                cluster, scope.Service, ecs.SizeUnderTest, run.Settings!.Ladder.Profile);
            return new(Aws.Namespace, dimensions, run.Record.Id, target.Facts.Url);
        }
    }

    private AwsSettings Aws => run.Settings!.Aws;

    private EmfLog Log => emf ??= new(
        run.Reports, Source, run.Parts.Environment.GetValueOrDefault("METRICS_RELAYED_FROM"));

    /// <summary>Hands a step's metrics on as it ends, where they go through the log.</summary>
    public void Emit(JudgedStep step)
    {
        if (Channel == MetricChannel.Emf)
            Log.Append(step);
    }

    /// <summary>Publishes what is left: all metrics by PutMetricData, or the verdict's through the log.</summary>
    public async Task<Publication> MetricsAsync(CapacityReport report)
    {
        if (Channel == MetricChannel.Api)
        {
            var clients = await ecs.ClientsAsync(CancellationToken.None).ConfigureAwait(false);
            var direct = new MetricsPublisher(() => clients.CloudWatch, run.Time)
            {
                Within = Within(TimeSpan.FromSeconds(15)),
            };
            return await direct.PublishAsync(report, Source, CancellationToken.None).ConfigureAwait(false);
        }

        Log.Append(report);
        return Log.Publication;
    }

    /// <summary>Copies the reports folder to S3.</summary>
    public async Task<Publication> ReportsAsync(CapacityReport report)
    {
        var clients = await ecs.ClientsAsync(CancellationToken.None).ConfigureAwait(false);
        // As far as it is written; the rest goes with the entry point's upload.
        run.Parts.Allure()?.Move();
        var place = new UploadDestination(
            Aws.ReportsBucket!, Aws.ReportsPrefix, report.Rebuilt?.RunId ?? report.Run.Id);
        return await new ReportsUploader(() => clients.S3, run.Time) { Within = Within(TimeSpan.FromSeconds(10)) }
            .UploadAsync(run.Reports, place, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads the service's metrics of the run's minutes; null where nothing was attempted, or the run is being stopped.
    /// </summary>
    public async Task<ServiceMetrics?> ServiceAsync()
    {
        isServiceDone = true;
        if (run.Interruption.By is not null || RunWindow.Of(run.Record.Steps, run.Record.Search) is not { } window)
            return null;
        var clients = await ecs.ClientsAsync(run.Interruption.Token).ConfigureAwait(false);
        return await new ServiceMetricsReader(() => clients.CloudWatch, run.Time)
            .ReadAsync(Scope, window, Aws.MetricsWait, run.Screen.Note, run.Interruption.Token).ConfigureAwait(false);
    }

    /// <summary>Writes the dashboard where it is asked for.</summary>
    /// <returns>Why it could not be written; null where it was, or was not asked for.</returns>
    public async Task<string?> WriteDashboardAsync()
    {
        if (run.Settings?.Aws.Dashboard != true)
            return null;
        if ((await ecs.ClientsAsync(CancellationToken.None).ConfigureAwait(false)).Region is not { } region)
            return $"{DashboardBody.FileName}: no region is known; set AWS_REGION";
        var scope = Scope;
        var body = DashboardBody.Of(new(region, Source)
        {
            Cluster = scope.Cluster, Service = scope.Service, LoadBalancer = scope.LoadBalancer,
        });
        return ReportFolder.Attempt(() => run.Reports.Write(DashboardBody.FileName, body));
    }

    private TimeSpan Within(TimeSpan usually) => run.Interruption.By is null ? usually : Hurried;
}
