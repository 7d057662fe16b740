using System.Collections.Immutable;
using Support.Host;
using Support.Plan;
using Support.Reports;
using Support.Reports.Files;
using Support.Settings;
using Support.Sizes;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// Makes the report of this run, and writes it; where the run measured nothing, of what an earlier run left in
/// steps.jsonl, marked as such.
/// </summary>
internal sealed class RunReports(
    RunContext run, TargetUnderTest target, EcsContext ecs, SizeMeasurement sizes, TaskUnderTest task,
    ScalingOutput scaling)
{
    private static readonly IReadOnlyDictionary<string, string> WithoutSummary =
        ImmutableDictionary<string, string>.Empty;

    // The run's own end and a signal's thread may both want to write.
    private readonly Lock gate = new();
    private ReportInputs? judged;

    // Below the gate: the process ends, and what begins to be written now would be cut off in the middle.
    private bool isOver;

    /// <summary>Whether the reports are on disk for the last time: nothing is left that has something to add.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Whether the gates have judged the run.</summary>
    public bool IsJudged => judged is not null;

    /// <summary>What is known by now, as a report; once the run was judged, of what was known then.</summary>
    /// <param name="isBeforeTheService">
    /// Whether the service's metrics are still to be read: then the run is not complete, and has not passed.
    /// </param>
    public CapacityReport Report(bool isBeforeTheService = false) =>
        ReportBuilder.Build(
            (judged ?? Inputs()) with { IsBeforeTheService = judged is null && isBeforeTheService },
            run.Record.Publications);

    /// <summary>
    /// The report that the gates judge. From now on it only gains what became of the evidence elsewhere: a stop comes
    /// too late to change the run.
    /// </summary>
    public CapacityReport Judge()
    {
        judged = Inputs();
        return Report();
    }

    /// <summary>The plan, as far as it is known by now.</summary>
    public ScalingPlan Plan() => ReportBuilder.Plan(judged ?? Inputs());

    /// <summary>Writes every report, and with the last one closes the log of steps.</summary>
    /// <param name="report">The report.</param>
    /// <param name="isLast">
    /// Whether nobody will write another. A job's summary is added to, so it gets the last report only.
    /// </param>
    public WrittenReports Write(CapacityReport report, bool isLast)
    {
        lock (gate)
        {
            if (isOver)
                return new([], []);
            var environment = isLast && !IsFinal ? run.Parts.Environment : WithoutSummary;
            var written = ReportWriter.Write(report, run.Reports, environment);
            string?[] more =
            [
                .. scaling.Write(report.Plan),
                run.Parts.Allure() is { } allure
                    ? ReportFolder.Attempt(
                        () => AllureExtras.Write(new(allure.Directory), report, run.Parts.Environment))
                    : null,
                isLast ? run.Record.Complete(run.Interruption.By) : null,
            ];
            IsFinal |= isLast;
            return written with { Problems = [.. written.Problems, .. more.OfType<string>()] };
        }
    }

    /// <summary>
    /// Writes every report of what is recorded by now, where a report with all of it is not on disk yet.
    /// </summary>
    /// <param name="isOver">Whether the process ends now: nothing is written after it then.</param>
    /// <returns>What could not be written; empty where nothing was missing.</returns>
    public ImmutableArray<string> WriteWhatIsKnown(bool isOver)
    {
        lock (gate)
        {
            ImmutableArray<string> problems = IsFinal ? [] : Write(Report(), isLast: true).Problems;
            this.isOver |= isOver;
            return isOver && run.Parts.Allure() is { } allure ? [.. problems, .. allure.End()] : problems;
        }
    }

    private ReportInputs Inputs()
    {
        var earlier = run.Record.Steps.IsEmpty && run.Record.Sizes.IsEmpty && !sizes.IsAnswered ? Earlier() : null;
        var found = sizes.Report(earlier);
        var ladder = run.Settings?.Ladder ?? new();
        return new()
        {
            Evidence = Chosen(earlier is null ? Evidence() : Rebuilt(Evidence(), earlier), found),
            Run = new(
                run.Record.Id, run.Record.StartedAt, run.Record.Elapsed.TotalSeconds, ladder.Profile, ladder.Threshold,
                run.Parts.Version),
            Target = target.Facts,
            Settings = run.Parts.Settings.Redacted,
            Ceilings = sizes.IsOn ? null : target.Ceilings,
            Rebuilt = earlier is null ? null : KilledRun.Rebuilt(earlier),
            Planned = task.Of(found),
            Sizes = found,
            Task = ecs.Known,
            Deployed = run.Record.Deployed,
            Scaling = scaling.Scope,
        };
    }

    private RunEvidence Evidence() => new()
    {
        Settings = run.Settings,
        Checks = run.Record.Checks,
        Handshake = target.Handshake,
        SelfTest = run.Record.SelfTest,
        Steps = run.Record.Steps,
        Search = run.Record.Search,
        Fresh = run.Record.Fresh,
        Faults = run.Parts.Settings.IsUsable
            ? [.. run.Record.Faults.Distinct()]
            : [$"these settings cannot be used: {RunChecks.Names(run.Parts.Settings)}"],
        Findings = run.Record.Findings,
        Service = run.Record.Service,
        Missed = [.. run.Record.Deployed.Where(finding => finding.Outcome == CheckOutcome.Critical).Select(Missed)],
        Interrupted = run.Interruption.By,
    };

    private static string Missed(Finding finding) =>
        $"{finding.Title}: {finding.Actual.TrimEnd('.')} ({finding.Id} has the command that fixes it)";

    private static RunEvidence Rebuilt(RunEvidence evidence, StepsLogContent earlier) => evidence with
    {
        SelfTest = earlier.SelfTest,
        Steps = earlier.Steps,
        Search = earlier.Search,
        Fresh = earlier.Fresh,
        Rebuilt = true,
        Findings = earlier.Complete ? evidence.Findings : [KilledRun.Finding(earlier, StepsLog.FileName)],
        Interrupted = evidence.Interrupted ?? earlier.Interrupted
            ?? (earlier.Complete ? null : "killed " + KilledRun.Where(earlier)),
    };

    // With sizes, the verdict speaks of one of them.
    private static RunEvidence Chosen(RunEvidence evidence, SizeReport? sizes)
    {
        if (sizes is null)
            return evidence;
        var chosen = sizes.Runs.FirstOrDefault(one => one.Label == sizes.Chosen && one.Number == sizes.ChosenRun);
        var row = sizes.Rows.FirstOrDefault(one => one.Label == sizes.Chosen);
        return evidence with
        {
            AtSize = true,
            Steps = chosen?.Steps ?? [],
            // Measured once at a size, whichever run the verdict is of.
            Fresh =
            [
                .. sizes.Runs.FirstOrDefault(one => one.Label == sizes.Chosen && !one.Fresh.IsEmpty)?.Fresh ?? [],
            ],
            Search = chosen?.Search,
            ServerEnds = chosen?.Restarts ?? [],
            ServerDescriptors = chosen?.Effective?.DescriptorsHard,
            Missed = [.. evidence.Missed, .. sizes.Missed],
            Findings = [.. evidence.Findings, .. sizes.Findings],
            Accepted = row is { Source: SizeSource.Baseline } ? row.ToAccepted() : null,
        };
    }

    private StepsLogContent? Earlier() =>
        run.Parts.Settings.IsUsable && run.Reports.Read(StepsLog.FileName) is { } text && StepsLog.Read(text) is var log
            && log.HasToBeTold(run.Record.Id)
            ? log
            : null;
}
