using System.Collections.Immutable;
using Support.Host;
using Support.Reports;
using Support.Verdict;

namespace CapacityTests;

/// <summary>Makes the report of this run; where it measured nothing, of what an earlier run left in steps.jsonl, marked as such.</summary>
internal static class FinishedRun
{
    // The run's own end and a signal's thread may both want to write.
    private static readonly Lock Gate = new();

    private const string Unread = "this report was written before the service's own metrics were read: the run ended while it waited for them";

    private static readonly IReadOnlyDictionary<string, string> WithoutSummary = ImmutableDictionary<string, string>.Empty;
    private static CapacityReport? judged;

    /// <summary>What is known by now, as a report.</summary>
    /// <param name="isBeforeTheService">Whether the service's metrics are still to be read: then the run is not complete, and has not passed.</param>
    public static CapacityReport Report(bool isBeforeTheService = false)
    {
        if (judged is not null)
            return judged with { Publications = CapacityRun.Record.Publications };
        var settings = CapacityRun.Settings;
        var profile = settings.Settings?.Ladder ?? new();
        var run = new RunFacts(
            CapacityRun.Record.Id,
            CapacityRun.Record.StartedAt,
            CapacityRun.Record.Elapsed.TotalSeconds,
            profile.Profile,
            profile.Threshold,
            CapacityRun.Version);
        var earlier = CapacityRun.Record.Steps.IsEmpty && CapacityRun.Record.Sizes.IsEmpty && !SizeSession.IsAnswered ? Earlier() : null;
        var sizes = SizeSession.Report(earlier);
        var evidence = SizeSession.Chosen(Evidence(earlier), sizes);
        var report = ReportBuilder.Build(
            isBeforeTheService ? evidence with { Faults = [.. evidence.Faults, Unread] } : evidence,
            run, CapacityRun.Target.Facts, settings.Redacted, LadderStops.Ceilings, earlier is null ? null : RebuiltFrom.Of(earlier), PlanSession.Task(sizes));
        return report with
        {
            Complete = report.Complete && !isBeforeTheService,
            Task = TaskSession.Known,
            Sizes = sizes,
            ScalingFiles = [.. ScalingSession.Files(report.Plan).Select(file => file.Name)],
            Deployed = CapacityRun.Record.Deployed,
            Publications = CapacityRun.Record.Publications,
        };
    }

    /// <summary>Whether this run's reports are on disk.</summary>
    public static bool IsWritten { get; private set; }

    /// <summary>Whether they are on disk for the last time: no case is left that has something to add.</summary>
    public static bool IsFinal { get; private set; }

    /// <summary>Whether the gates have judged the run.</summary>
    public static bool IsJudged => judged is not null;

    /// <summary>The report that the gates judge. From now on it only gains what became of the evidence elsewhere: a stop comes too late to change the run.</summary>
    public static CapacityReport Judge() => judged = Report();

    /// <summary>Writes every report, and with the last one closes the log of steps.</summary>
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
                .. ScalingSession.Write(report.Plan),
                Attempt(() => AllureExtras.Write(new ReportFolder(AllureFolder.Path), report, CapacityRun.Environment)),
                isLast ? CapacityRun.Record.Complete() : null,
            ];
            (IsWritten, IsFinal) = (true, IsFinal || isLast);
            return written with { Problems = [.. written.Problems, .. more.OfType<string>()] };
        }
    }

    /// <summary>Writes every report of what is recorded by now, where a report with all of it is not on disk yet.</summary>
    /// <returns>What could not be written; empty where nothing was missing.</returns>
    public static ImmutableArray<string> WriteWhatIsKnown()
    {
        lock (Gate)
            return IsFinal ? [] : Write(Report()).Problems;
    }

    /// <summary>Why a file could not be written; null where it was.</summary>
    public static string? Attempt(Action write)
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
            Handshake = CapacityRun.Target.Handshake,
            Calibration = record.Calibration,
            Steps = record.Steps,
            Search = record.Search,
            Faults = CapacityRun.Settings.IsUsable ? [.. record.Faults.Distinct()] : ["these settings cannot be used: " + Findings.Names(CapacityRun.Settings)],
            Findings = record.Findings,
            Service = record.Service,
            Missed = [.. record.Deployed.Where(finding => finding.Outcome == CheckOutcome.Critical).Select(finding => $"{finding.Title}: {finding.Actual.TrimEnd('.')} ({finding.Id} has the command that mends it)")],
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
