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

    /// <summary>Why the handshake before the ladder failed; null where it did not, or was not probe.</summary>
    public FailureClass? Handshake { get; init; }

    /// <summary>The steps in order.</summary>
    public ImmutableArray<JudgedStep> Steps { get; init; } = [];

    /// <summary>What the self-test found before the first step; null where it did not run.</summary>
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>The search for the exact limit; null where it did not run.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>
    /// What a server took that was started anew, in stages of one step; empty where that was not measured.
    /// </summary>
    public ImmutableArray<FreshStage> Fresh { get; init; } = [];

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
    /// <summary>Works out the verdict.</summary>
    public static RunVerdict Judge(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var attempted = evidence.Steps.Where(step => step.Result is { Attempted: > 0 }).ToList();
        // A closed port has no capacity of 0: where not one connection was ever opened, nothing was measured.
        var measured = attempted.Any(step => step.Result!.Opened > 0) ? attempted : [];
        var bottleneck = BottleneckJudge.Judge(evidence);
        var numbers = CapacityNumbers.Of(measured, evidence.Search, bottleneck.Side == BottleneckSide.Client);
        var verdict = new RunVerdict
        {
            Outcome = RunOutcome.Passed,
            LadderReliable = numbers.LadderReliable,
            MaxReliable = numbers.MaxReliable,
            PeakConnections = numbers.PeakConnections,
            Exact = numbers.Exact,
            Interval = evidence.Search?.Varies,
            Opening = evidence.Search?.Opening,
            SafeLimit = numbers.SafeLimit,
            NotProven = UnprovenFacts.Of(evidence.Settings),
            Findings = [
                .. evidence.Findings,
                .. CountFindings.Of(evidence),
                .. EventFindings.Of(evidence.Steps),
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

        ImmutableArray<string> missed =
        [
            .. WhyNothingHeld(verdict, evidence),
            .. WhereItCrashed(verdict, evidence),
            // What is required of a size is the size gate's question.
            .. evidence.AtSize
                ? [] : Gate.Missed(verdict, evidence.Steps, evidence.Settings?.Gate.RequiredConnections),
            .. evidence.Missed, .. ServiceJudge.Exceeded(evidence.Service),
        ];
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

    // Connections that opened and did not stay are no capacity, whoever closed them.
    private static IEnumerable<string> WhyNothingHeld(RunVerdict verdict, RunEvidence evidence) =>
        verdict.PeakConnections == 0 && !evidence.AtSize
            ? [$"not one connection was held to the end of its hold: {verdict.Bottleneck.Cause}"]
            : [];

    // One that the suite starts anew for the next step has its end as its limit.
    private static IEnumerable<string> WhereItCrashed(RunVerdict verdict, RunEvidence evidence)
    {
        if (evidence.AtSize)
            return [];
        List<StepResult> counted =
        [
            .. evidence.Steps.Select(step => step.Result).OfType<StepResult>(),
            .. evidence.Search?.Probes.Select(probe => probe.Result) ?? [],
        ];
        var held = verdict.MaxReliable ?? 0;
        if (counted.Find(ServerRules.WentAway) is { } last)
            return [Say($"the server crashed between {held} and {last.Sessions} connections: none is left, and nobody "
                + $"answers there any more")];
        // Once may have been a deployment.
        return counted.Where(ServerRules.DiedAndCameBack).ToList() is [_, _, ..] died
            ? [Say($"the server crashed between {held} and {died.Min(result => result.Sessions)} connections, "
                + $"{died.Count} times: none was left, and another process answers there now")]
            : [];
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
}
