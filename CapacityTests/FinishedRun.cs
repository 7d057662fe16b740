using System.Collections.Immutable;
using Support.Aws.Dashboard;
using Support.Reports;
using Support.Verdict;

namespace CapacityTests;

/// <summary>Makes the report of this run; where it measured nothing, of what an earlier run left in steps.jsonl, marked as such.</summary>
internal static class FinishedRun
{
    // The run's own end and a signal's thread may both want to write.
    private static readonly Lock Gate = new();

    private static readonly IReadOnlyDictionary<string, string> WithoutSummary = ImmutableDictionary<string, string>.Empty;
    private static string? dashboard;
    private static string? dashboardProblem;

    public static CapacityReport Report()
    {
        var settings = CapacityRun.Settings;
        var profile = settings.Settings?.Ladder ?? new();
        var run = new RunFacts(
            CapacityRun.Record.Id,
            CapacityRun.Record.StartedAt,
            CapacityRun.Record.Elapsed.TotalSeconds,
            profile.Profile,
            profile.Threshold,
            CapacityRun.Version);
        var earlier = CapacityRun.Record.Steps.IsEmpty ? Earlier() : null;
        return ReportBuilder.Build(
            Evidence(earlier), run, CapacityRun.Target.Facts, settings.Redacted, LadderStops.Ceilings, earlier is null ? null : RebuiltFrom.Of(earlier)) with
            {
                Task = TaskSession.Known,
                Publications = CapacityRun.Record.Publications,
            };
    }

    /// <summary>Whether this run's reports are on disk.</summary>
    public static bool IsWritten { get; private set; }

    /// <summary>Whether they are on disk for the last time: no case is left that has something to add.</summary>
    public static bool IsFinal { get; private set; }

    /// <summary>Makes what only AWS can tell ready, so that writing itself waits for nobody.</summary>
    public static async Task PrepareAsync()
    {
        if (CapacityRun.Settings.Settings?.Aws.Dashboard == true)
            (dashboard, dashboardProblem) = await Publishing.DashboardAsync();
    }

    /// <summary>Writes every report and closes the log of steps.</summary>
    /// <param name="report">The report.</param>
    /// <param name="number">The case of the verdict that writes it; null where no other will. A job's summary is added to, so it gets the last report only.</param>
    public static WrittenReports Write(CapacityReport report, int? number = null)
    {
        lock (Gate)
        {
            var isLast = number is null || number >= VerdictCases.Last;
            var written = ReportWriter.Write(report, CapacityRun.Reports, isLast && !IsFinal ? CapacityRun.Environment : WithoutSummary);
            string?[] more =
            [
                Attempt(() => AllureExtras.Write(new ReportFolder(AllureFolder.Path), report, CapacityRun.Environment)),
                dashboard is null ? dashboardProblem : Attempt(() => CapacityRun.Reports.Write(DashboardBody.FileName, dashboard)),
                CapacityRun.Record.Complete(),
            ];
            (IsWritten, IsFinal) = (true, IsFinal || isLast);
            return written with { Problems = [.. written.Problems, .. more.OfType<string>()] };
        }
    }

    /// <summary>Writes every report of what is recorded by now, where a report with all of it is not on disk yet.</summary>
    public static void WriteWhatIsKnown()
    {
        lock (Gate)
        {
            if (!IsFinal)
                Write(Report());
        }
    }

    private static string? Attempt(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (ReportWriteException problem)
        {
            return problem.Message;
        }
    }

    private static RunEvidence Evidence(StepsLogContent? earlier)
    {
        var record = CapacityRun.Record;
        var evidence = new RunEvidence
        {
            Settings = CapacityRun.Settings.Settings,
            Checks = record.Checks,
            Calibration = record.Calibration,
            Steps = record.Steps,
            Search = record.Search,
            Faults = CapacityRun.Settings.IsUsable ? [.. record.Faults.Distinct()] : ["these settings cannot be used: " + Findings.Names(CapacityRun.Settings)],
            Findings = record.Findings,
            Service = record.Service,
            Interrupted = record.InterruptedBy,
        };
        return earlier is null ? evidence : Rebuilt(evidence, earlier);
    }

    private static RunEvidence Rebuilt(RunEvidence evidence, StepsLogContent earlier) => evidence with
    {
        Calibration = earlier.Calibration,
        Steps = earlier.Steps,
        Search = earlier.Search,
        Rebuilt = true,
        Findings = earlier.Complete ? evidence.Findings : [KilledRun.Finding(earlier, StepsLog.FileName)],
        Interrupted = evidence.Interrupted ?? earlier.Interrupted ?? (earlier.Complete ? null : "killed " + KilledRun.Where(earlier)),
    };

    private static StepsLogContent? Earlier() =>
        CapacityRun.Settings.IsUsable && CapacityRun.Reports.Read(StepsLog.FileName) is { } text && StepsLog.Read(text) is var log
        && log.HasToBeTold(CapacityRun.Record.Id) ? log : null;
}
