using System.Collections.Immutable;
using Support.Ecs;
using Support.Reports;
using Support.Settings;
using Support.Verdict;

namespace Support.Run;

/// <summary>What is done once everything was measured. Ordered.</summary>
public enum VerdictCase
{
    /// <summary>Every report is written.</summary>
    Reports,

    /// <summary>The service's own metrics are read; only where a service or a load balancer is named.</summary>
    Service,

    /// <summary>The run is judged.</summary>
    Gates,

    /// <summary>Metrics are published; only where <c>Aws.Publish</c> asks for it, or the place.</summary>
    Metrics,

    /// <summary>The reports are copied to a bucket; only where one is named.</summary>
    Upload,
}

/// <summary>A report, and what became of its files.</summary>
/// <param name="Report">The report.</param>
/// <param name="Files">The paths of the files.</param>
/// <param name="Problems">
/// What could not be written, one sentence each: evidence is missing then, which has to fail the run.
/// </param>
public sealed record WrittenRun(CapacityReport Report, ImmutableArray<string> Files, ImmutableArray<string> Problems);

/// <summary>
/// The end of a run, case by case: the evidence is on disk before anything can fail it, and leaves the machine last.
/// </summary>
public sealed class Conclusion
{
    private readonly RunContext run;
    private readonly RunReports reports;
    private readonly Publisher publisher;
    private readonly SizeMeasurement sizes;

    internal Conclusion(RunContext run, RunReports reports, Publisher publisher, SizeMeasurement sizes)
    {
        (this.run, this.reports, this.publisher, this.sizes) = (run, reports, publisher, sizes);
        Cases =
        [
            VerdictCase.Reports,
            .. publisher.Service.IsEmpty ? [] : (VerdictCase[])[VerdictCase.Service],
            VerdictCase.Gates,
            .. publisher.Channel == MetricChannel.Off ? [] : (VerdictCase[])[VerdictCase.Metrics],
            .. run.Settings?.Aws.ReportsBucket is null ? [] : (VerdictCase[])[VerdictCase.Upload],
        ];
    }

    /// <summary>The cases in order; what the settings don't ask for is not listed.</summary>
    public ImmutableArray<VerdictCase> Cases { get; }

    /// <summary>Whether anything was measured by now, in the ladder or at a size.</summary>
    public bool HasMeasured => run.Record.HasMeasured;

    private bool ReadsService => !publisher.Service.IsEmpty;

    /// <summary>Writes every report, whatever was measured.</summary>
    public async Task<WrittenRun> WriteAsync()
    {
        var report = reports.Report(isBeforeTheService: publisher.IsServiceAwaited);
        var written = Write(report, VerdictCase.Reports);
        string?[] more = [await publisher.WriteDashboardAsync().ConfigureAwait(false), sizes.Accept()];
        // What the service did can still turn a pass into a failure: then the gates say how the run ended.
        if (!ReadsService)
            run.Screen.Close(report, run.Reports.Directory);
        return written with { Problems = [.. written.Problems, .. more.OfType<string>()] };
    }

    /// <summary>
    /// Reads what CloudWatch says of the service while it was measured, and writes every report with it.
    /// </summary>
    /// <returns>Null where nothing was attempted, or the run was stopped.</returns>
    public async Task<(ServiceMetrics Service, WrittenRun Run)?> ReadServiceAsync()
    {
        if (await publisher.ServiceAsync().ConfigureAwait(false) is not { } service)
            return null;
        run.Record.Add(service);
        var written = Write(reports.Report(), VerdictCase.Service);
        run.Screen.Show(service);
        return (service, written);
    }

    /// <summary>Judges the run; from now on the report only gains what became of the evidence elsewhere.</summary>
    public CapacityReport Judge()
    {
        var report = reports.Judge();
        if (ReadsService)
            run.Screen.Close(report, run.Reports.Directory);
        return report;
    }

    /// <summary>Publishes the metrics, and writes every report with what became of them.</summary>
    public Task<(Publication Publication, WrittenRun Run)> PublishAsync() =>
        PublishAsync(VerdictCase.Metrics, publisher.MetricsAsync);

    /// <summary>Copies the reports to the bucket, and writes every report with what became of that.</summary>
    public Task<(Publication Publication, WrittenRun Run)> UploadAsync() =>
        PublishAsync(VerdictCase.Upload, publisher.ReportsAsync);

    /// <summary>
    /// Sees to it that all that is known is on disk. Where a filter left the verdict out, the run is concluded here:
    /// without that the reports of an earlier run would stand beside the steps of this one, a missed gate would be
    /// green, and so would a run of the checks alone.
    /// </summary>
    /// <returns>
    /// The run where it was concluded here, for its outcome to count; else only what could not be written.
    /// </returns>
    public (WrittenRun? Run, ImmutableArray<string> Problems) Finish()
    {
        if (reports.IsJudged)
            return (null, reports.WriteWhatIsKnown(isOver: false));
        var report = reports.Report();
        var written = reports.Write(report, isLast: true);
        run.Screen.Close(report, run.Reports.Directory);
        ImmutableArray<string> problems = sizes.Accept() is { } problem
            ? [.. written.Problems, problem]
            : written.Problems;
        return (new(report, written.Files, problems), problems);
    }

    private WrittenRun Write(CapacityReport report, VerdictCase by)
    {
        // All but the gates write the reports.
        var written = reports.Write(report, isLast: by == Cases.Last(one => one != VerdictCase.Gates));
        return new(report, written.Files, written.Problems);
    }

    private async Task<(Publication Publication, WrittenRun Run)> PublishAsync(
        VerdictCase by, Func<CapacityReport, Task<Publication>> publish)
    {
        var publication = await publish(reports.Report()).ConfigureAwait(false);
        run.Record.Add(publication);
        var written = Write(reports.Report(), by);
        run.Screen.Show(publication);
        return (publication, written);
    }
}
