using Support.Reports;
using Support.Verdict;

namespace CapacityTests;

/// <summary>Makes the report of this run; where it measured nothing, of what an earlier run left in steps.jsonl, marked as such.</summary>
internal static class FinishedRun
{
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
        return ReportBuilder.Build(Evidence(), run, CapacityRun.Target.Facts, settings.Redacted, LadderStops.Ceilings);
    }

    /// <summary>Whether this run's reports are on disk.</summary>
    public static bool IsWritten { get; private set; }

    /// <summary>Writes every report and closes the log of steps.</summary>
    public static WrittenReports Write(CapacityReport report)
    {
        IsWritten = true;
        var written = ReportWriter.Write(report, CapacityRun.Reports, CapacityRun.Environment);
        AllureExtras.Write(new ReportFolder(AllureFolder.Path), report, CapacityRun.Environment);
        CapacityRun.Record.Complete();
        return written;
    }

    private static RunEvidence Evidence()
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
            Interrupted = record.InterruptedBy,
        };
        return record.Steps.IsEmpty && Earlier() is { Steps.IsEmpty: false } earlier
            ? evidence with { Calibration = earlier.Calibration, Steps = earlier.Steps, Search = earlier.Search, Rebuilt = true, Interrupted = record.InterruptedBy ?? earlier.Interrupted }
            : evidence;
    }

    private static StepsLogContent? Earlier()
    {
        var path = Path.Combine(CapacityRun.Reports.Directory, StepsLog.FileName);
        return CapacityRun.Settings.IsUsable && File.Exists(path) ? StepsLog.Read(File.ReadAllText(path)) : null;
    }
}
