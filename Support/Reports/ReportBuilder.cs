using Support.Host;
using Support.Plan;
using Support.Settings;
using Support.Verdict;

namespace Support.Reports;

/// <summary>Puts a finished run together: the one place where a report's numbers are worked out.</summary>
public static class ReportBuilder
{
    /// <summary>Builds the report from what was seen and what the run is called.</summary>
    /// <param name="evidence">Checks, steps and faults.</param>
    /// <param name="run">The run itself.</param>
    /// <param name="target">The server under test.</param>
    /// <param name="settings">Every setting, secrets replaced.</param>
    /// <param name="ceilings">What was predicted; null where it was not.</param>
    /// <param name="rebuilt">The earlier run whose steps these are; null where the run measured them itself.</param>
    /// <param name="task">What one task is, for estimate and cost; null where it is not known.</param>
    public static CapacityReport Build(
        RunEvidence evidence, RunFacts run, TargetFacts target, IEnumerable<RedactedSetting> settings, CeilingTable? ceilings,
        RebuiltFrom? rebuilt = null, PlannedTask? task = null)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(target);
        var verdict = RunJudge.Judge(evidence);
        var slopes = MemoryFit.FromSteps(evidence.Steps, IsHere(target));
        return new()
        {
            Complete = evidence.Interrupted is null && !evidence.Rebuilt,
            Interrupted = evidence.Interrupted,
            Rebuilt = rebuilt,
            Run = run,
            Target = target,
            Settings = [.. settings],
            Checks = evidence.Checks,
            Ceilings = ceilings,
            Calibration = evidence.Calibration,
            Steps = evidence.Steps,
            Search = evidence.Search,
            Service = evidence.Service,
            Verdict = verdict,
            RequiredConnections = evidence.Settings?.Gate.RequiredConnections,
            Plan = ScalingPlanner.Plan(PlanEvidence.Of(evidence, verdict, slopes, task)),
            MemorySlopes = slopes,
            MemoryPredictions = MemoryFit.Predictions(evidence.Steps, IsHere(target)),
        };
    }

    private static bool IsHere(TargetFacts target) => target.Embedded || (Uri.TryCreate(target.Url, UriKind.Absolute, out var url) && url.IsLoopback);
}
