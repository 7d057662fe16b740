using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Pool;
using Support.Settings;
using Support.Targets;

namespace Support.Verdict;

/// <summary>What the judge of a run looks at.</summary>
public sealed record RunEvidence
{
    /// <summary>The settings; null where they could not be used.</summary>
    public CapacitySettings? Settings { get; init; }

    /// <summary>The checks that ran.</summary>
    public ImmutableArray<Finding> Checks { get; init; } = [];

    /// <summary>Why the handshake before the ladder failed; null where it did not, or was not tried.</summary>
    public FailureClass? Handshake { get; init; }

    /// <summary>The steps in order.</summary>
    public ImmutableArray<JudgedStep> Steps { get; init; } = [];

    /// <summary>What the self-test found before the first step; null where it did not run.</summary>
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>The search for the exact limit; null where it did not run.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>
    /// Faults of the suite or of its surroundings that made the measurement impossible or incomplete, one sentence
    /// each.
    /// </summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>
    /// What was found about the run itself beside the checks, as an earlier run that was killed: warnings, for the
    /// verdict to carry.
    /// </summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>
    /// What CloudWatch says of the service under test for the run's minutes; null where nothing was to be read.
    /// </summary>
    public ServiceMetrics? Service { get; init; }

    /// <summary>
    /// Whether the suite started the server in a control group of a task's size and starts it anew when it ends: then
    /// its end is its limit at that size, and no broken run.
    /// </summary>
    public bool AtSize { get; init; }

    /// <summary>How the server came to its ends, where the suite started it, in order.</summary>
    public ImmutableArray<ServerEnd> ServerEnds { get; init; } = [];

    /// <summary>
    /// Open files that a process of the server may have, where the suite started it in a control group; null where it
    /// did not.
    /// </summary>
    public int? ServerDescriptors { get; init; }

    /// <summary>Why a gate beyond <c>Gate.RequiredConnections</c> is missed, one sentence each.</summary>
    public ImmutableArray<string> Missed { get; init; } = [];

    /// <summary>
    /// What was accepted earlier for the size, where it cannot be measured on this machine; null elsewhere.
    /// </summary>
    public AcceptedCapacity? Accepted { get; init; }

    /// <summary>What stopped the run early, as in <c>SIGTERM</c>; null where nothing did.</summary>
    public string? Interrupted { get; init; }

    /// <summary>True where the steps come from an earlier run's log: this run measured nothing.</summary>
    public bool Rebuilt { get; init; }
}

/// <summary>What was measured earlier, at the same size and with the same limits, and accepted by the user.</summary>
/// <param name="Held">The least that a run held then.</param>
/// <param name="MaxReliable">The least of the highest reliable counts; null where it is not known.</param>
/// <param name="SafeLimit">The least safe limit.</param>
/// <param name="BoundBy">What bound it; null where not known.</param>
/// <param name="Words">Where the numbers come from, in a sentence.</param>
public sealed record AcceptedCapacity(int Held, int? MaxReliable, int SafeLimit, Resource? BoundBy, string Words);

/// <summary>Judges a run: what it held, what bound it, whether it passes. Pure.</summary>
internal static class RunJudge
{
    /// <summary>The share of the maximum that is safe; the seed's margin for what a test does not show.</summary>
    public const double SafeShare = 0.8;

    /// <summary>Works out the verdict.</summary>
    public static RunVerdict Judge(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var attempted = evidence.Steps.Where(step => step.Result is { Attempted: > 0 }).ToList();
        // A closed port has no capacity of 0: where not one connection was ever opened, nothing was measured.
        var measured = attempted.Any(step => step.Result!.Opened > 0) ? attempted : [];
        var judged = measured.Where(step => step.Outcome != StepOutcome.NotAttempted).ToList();
        var bottleneck = BottleneckJudge.Judge(evidence);
        var exact = Exact(judged, evidence.Search);
        // Where this side was the limit, what it did not hold says nothing of the server.
        if (bottleneck.Side == BottleneckSide.Client && exact is not null)
            exact = exact with { Breaks = null };
        var maxReliable = MaxReliable(evidence.AtSize ? WithProbes(judged, evidence) : judged);
        var peak = Peak(measured, evidence.Search);
        var verdict = new RunVerdict
        {
            Outcome = RunOutcome.Passed,
            MaxReliable = maxReliable,
            PeakConnections = peak,
            Exact = exact,
            SafeLimit = Safe(maxReliable, peak, exact),
            Findings = [
                .. evidence.Findings,
                .. CountFindings.Of(evidence),
                .. ServiceJudge.Together(evidence.Checks),
                .. ServiceJudge.Findings(evidence),
            ],
            Bottleneck = bottleneck,
        };
        return Conclude(verdict, evidence, attempted.Count);
    }

    private static RunVerdict Conclude(RunVerdict verdict, RunEvidence evidence, int attempted)
    {
        var broken = WhyBroken(verdict, evidence, attempted);
        if (!broken.IsEmpty)
            return verdict with { Outcome = RunOutcome.Broken, Reasons = broken };
        if (evidence.Rebuilt)
            return verdict with
            {
                Outcome = RunOutcome.NotAttempted,
                Reasons = ["nothing was measured in this run; the numbers are those of an earlier run's steps.jsonl"],
            };
        if (attempted == 0)
        {
            if (evidence.Accepted is null && evidence.Missed.IsEmpty)
                return verdict with { Outcome = RunOutcome.NotAttempted, Reasons = WhyNothing(evidence) };
            verdict = evidence.Accepted is { } accepted ? Of(accepted, verdict) : verdict;
        }

        // What is required of a size is the size gate's question, which asks for the safe limit.
        ImmutableArray<string> missed =
            [.. evidence.AtSize ? [] : Gate.Missed(verdict, evidence.Steps, evidence.Settings
                ?.Gate.RequiredConnections), .. evidence.Missed, .. ServiceJudge.Exceeded(evidence.Service)];
        return missed.IsEmpty ? verdict : verdict with
        {
            Outcome = RunOutcome.Failed,
            Reasons = missed,
            Bottleneck = Following(verdict.Bottleneck, evidence.Service),
        };
    }

    private static RunVerdict Of(AcceptedCapacity accepted, RunVerdict verdict) => verdict with
    {
        MaxReliable = accepted.MaxReliable,
        PeakConnections = accepted.Held,
        SafeLimit = accepted.SafeLimit,
        Bottleneck = new(BottleneckSide.Server, accepted.Words, [],
            "Measure it where control groups can be made, to see that it still holds.") { Resource = accepted.BoundBy },
    };

    // Where no limit was reached, and the service was too full all the same, a higher ladder is no advice.
    private static Bottleneck Following(Bottleneck bottleneck, ServiceMetrics? service) =>
        bottleneck.Side == BottleneckSide.None && ServiceJudge.NextStep(service) is { } next
            ? bottleneck with { Next = next }
            : bottleneck;

    // Empty where the suite could measure. What an earlier run's steps say is not this run's to answer for.
    private static ImmutableArray<string> WhyBroken(RunVerdict verdict, RunEvidence evidence, int attempted)
    {
        if (!evidence.Faults.IsEmpty || evidence.Rebuilt)
            return evidence.Faults;
        if (evidence.Interrupted is { } interrupted)
            return [$"the run was stopped by {interrupted}: what was measured until "
                + "then is below, and a limit may lie above it"];
        if (evidence.SelfTest is { IsTrue: false } selfTest)
            return [SelfTestText.NotTrue(selfTest)];
        // What was accepted earlier is judged like a measurement, so it passes no critical check either.
        if (attempted == 0)
            return evidence.Accepted is null ? [] : Criticals(evidence);
        if (Criticals(evidence) is { IsEmpty: false } critical)
            return critical;
        if (verdict.PeakConnections is null)
            return [$"not one connection was opened, so nothing was measured: {verdict.Bottleneck.Cause}"];
        if (WhereItWent(evidence) is { } where)
            return [where];
        return WhereTheSuiteFailed(evidence) is { } failed ? [failed] : [];
    }

    private static string? WhereTheSuiteFailed(RunEvidence evidence)
    {
        if (evidence.Steps.FirstOrDefault(step => step.Outcome == StepOutcome.Unreliable) is { } limit
            && BottleneckJudge.FaultOfTheSuite(limit, evidence) is { } cause)
            return $"the suite itself failed in the step of {limit.Sessions}, so no limit was found there: {cause}";
        foreach (var probe in (evidence.Search?.Probes ?? []).Where(probe => !probe.Holds))
        {
            var step = new JudgedStep(probe.Result.Sessions, StepOutcome.Unreliable, null, probe.Result);
            if (BottleneckJudge.FaultOfTheSuite(step, evidence) is { } why)
                return Say($"the suite itself failed in probe {probe.Number} of "
                        + $"the search, with {step.Sessions} connections: {why}");
        }

        return null;
    }

    // A server that is gone has no capacity; what it held until then is in the report. One that the suite starts anew
    // for the next step does.
    private static string? WhereItWent(RunEvidence evidence)
    {
        if (evidence.AtSize)
            return null;
        var probes = evidence.Search?.Probes.Select(probe => probe.Result) ?? [];
        return evidence.Steps.Select(step => step.Result)
            .OfType<StepResult>().Concat(probes).FirstOrDefault(ServerRules.WentAway) is { } last
            ? Say($"the server under test went away when {last.Sessions} "
                + $"connections were wanted: none was left open, and nothing answers there any more")
            : null;
    }

    private static ImmutableArray<string> WhyNothing(
        RunEvidence evidence) => Criticals(evidence) is { IsEmpty: false } critical
        ? critical
        : ["no capacity step was attempted, and a run without a measurement never passes: "
            + "run without a filter, or with one that selects a step"];

    private static ImmutableArray<string> Criticals(RunEvidence evidence) =>
    [
        .. evidence.Checks.Where(check => check.Outcome == CheckOutcome.Critical)
            .Select(check => $"{check.Title}: {check.Actual} {check.Next}".Trim()),
    ];

    private static int? MaxReliable(List<JudgedStep> judged)
    {
        if (judged.Count == 0)
            return null;
        return judged.TakeWhile(step => step.Outcome == StepOutcome.Reliable)
            .Select(step => step.Sessions).DefaultIfEmpty(0).Last();
    }

    // At a size the counts of the search are steps like any other: the climb is coarse, and the question is what the
    // size holds.
    private static List<JudgedStep> WithProbes(List<JudgedStep> judged, RunEvidence evidence)
    {
        var threshold = evidence.Settings?.Ladder.Threshold ?? 1;
        var probes = (evidence.Search?.Probes ?? [])
            .Where(probe => probe.Kind == ProbeKind.Fresh).Select(probe => StepJudge.Judge(probe.Result, threshold))
                .Where(step => step.Outcome != StepOutcome.NotAttempted);
        // A count that failed once and held when it was tried again holds, as it does for the search.
        return [.. judged.Concat(probes).GroupBy(step => step.Sessions)
            .OrderBy(same => same.Key).Select(same => same.MaxBy(step => step.Result!.Held)!)];
    }

    // What a probe of the search held was held as well.
    private static int? Peak(List<JudgedStep> measured, SearchResult? search)
    {
        if (measured.Count == 0)
            return null;
        ImmutableArray<SearchProbe> probes = search?.Probes ?? [];
        return measured.Select(step => step.Result!.Held).Concat(probes.Select(probe => probe.Result.Held)).Max();
    }

    // Known without a search in two cases: no limit was reached, or two steps lie so close that nothing is left to
    // search.
    private static ExactLimit? Exact(List<JudgedStep> judged, SearchResult? search)
    {
        // Between two counts that are farther apart the search did not come to its end, and what it knows is no exact
        // limit.
        if (judged.Count > 0 && search?.Limit is { } found && (found.IsExact || found.Breaks is null))
            return found;
        var holding = judged.TakeWhile(step => step.Result!.Reaches(StepResult.HoldsShare)).ToList();
        if (holding.Count == 0)
            return null;
        var holds = holding[^1].Sessions;
        if (holding.Count == judged.Count)
            return new(holds, null);
        var breaks = judged[holding.Count].Sessions;
        return breaks - holds <= Math.Max(1, holds / 100) ? new(holds, breaks) : null;
    }

    private static int? Safe(int? maxReliable, int? peak, ExactLimit? exact)
    {
        if (maxReliable is not { } reliable || peak is not { } held)
            return null;
        var least = Math.Min(Math.Min(reliable, held), exact?.Holds ?? int.MaxValue);
        return (int)Math.Floor(least * (decimal)SafeShare);
    }
}
