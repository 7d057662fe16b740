using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Plan;
using Support.Plan.Scaling;
using Support.Reports;
using Support.Settings;
using Support.Sizes;
using Support.Verdict;

namespace Support.Run;

/// <summary>Everything that a report is made of, as it was at one moment.</summary>
internal sealed record ReportInputs
{
    /// <summary>What the judge looks at; with sizes, that of the size which the verdict speaks of.</summary>
    public required RunEvidence Evidence { get; init; }

    /// <summary>The run itself.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>The server under test.</summary>
    public required TargetFacts Target { get; init; }

    /// <summary>Every setting, secrets replaced. Default: none.</summary>
    public ImmutableArray<RedactedSetting> Settings { get; init; } = [];

    /// <summary>What was predicted before the first step; null where it was not.</summary>
    public CeilingTable? Ceilings { get; init; }

    /// <summary>The earlier run whose steps these are; null where the run measured them itself.</summary>
    public RebuiltFrom? Rebuilt { get; init; }

    /// <summary>What one task is, for estimate and cost; null where it is not known.</summary>
    public PlannedTask? Planned { get; init; }

    /// <summary>What was found at task sizes; null where none was measured.</summary>
    public SizeReport? Sizes { get; init; }

    /// <summary>The ECS task that the suite ran in.</summary>
    public TaskMetadata? Task { get; init; }

    /// <summary>What was found when what is deployed was compared with the plan. Default: nothing.</summary>
    public ImmutableArray<Finding> Deployed { get; init; } = [];

    /// <summary>The names that the policies are made with.</summary>
    public ScalingScope Scaling { get; init; } = new();

    /// <summary>
    /// Whether the service's metrics are still to be read: then the run is not complete, and has not passed.
    /// </summary>
    public bool IsBeforeTheService { get; init; }
}

/// <summary>
/// The one place where a report's numbers are worked out: judged, fitted, planned, and put together once. Pure.
/// </summary>
internal static class ReportBuilder
{
    private const string Unread =
        "this report was written before the service's own metrics were read: the run ended while it waited for them";

    /// <summary>The finished report.</summary>
    /// <param name="inputs">What was seen.</param>
    /// <param name="publications">What became of the evidence elsewhere, as far as that is known.</param>
    public static CapacityReport Build(ReportInputs inputs, ImmutableArray<Publication> publications)
    {
        var evidence = Evidence(inputs);
        var verdict = RunJudge.Judge(evidence);
        var slopes = MemoryFit.FromSteps(evidence.Steps, IsHere(inputs.Target), evidence.Fresh);
        var plan = Plan(inputs, evidence, verdict, slopes);
        return new()
        {
            Complete = evidence.Interrupted is null && !evidence.Rebuilt && !inputs.IsBeforeTheService,
            Interrupted = evidence.Interrupted,
            Rebuilt = inputs.Rebuilt,
            Run = inputs.Run,
            Target = inputs.Target,
            Settings = inputs.Settings,
            Checks = evidence.Checks,
            Task = inputs.Task,
            Ceilings = inputs.Ceilings,
            RequiredConnections = evidence.Settings?.Gate.RequiredConnections,
            SelfTest = evidence.SelfTest,
            Steps = evidence.Steps,
            Search = evidence.Search,
            Service = evidence.Service,
            Verdict = verdict,
            Plan = plan,
            ScalingFiles = [.. ScalingFiles.Of(plan, inputs.Scaling).Select(file => file.Name)],
            Deployed = inputs.Deployed,
            MemorySlopes = slopes,
            MemoryPredictions = MemoryFit.Predictions(evidence.Steps, IsHere(inputs.Target)),
            Sizes = inputs.Sizes,
            Publications = publications,
        };
    }

    /// <summary>The plan alone, for what is compared with it before there is a report.</summary>
    public static ScalingPlan Plan(ReportInputs inputs)
    {
        var evidence = Evidence(inputs);
        return Plan(
            inputs, evidence, RunJudge.Judge(evidence),
            MemoryFit.FromSteps(evidence.Steps, IsHere(inputs.Target), evidence.Fresh));
    }

    private static ScalingPlan Plan(
        ReportInputs inputs, RunEvidence evidence, RunVerdict verdict, ImmutableArray<MemorySlope> slopes) =>
        ScalingPlanner.Plan(PlanInput.Of(evidence, verdict, slopes, inputs.Planned));

    private static RunEvidence Evidence(ReportInputs inputs) =>
        inputs.IsBeforeTheService
            ? inputs.Evidence with { Faults = [.. inputs.Evidence.Faults, Unread] }
            : inputs.Evidence;

    private static bool IsHere(TargetFacts target) =>
        target.Embedded || (Uri.TryCreate(target.Url, UriKind.Absolute, out var url) && url.IsLoopback);
}
