using System.Collections.Immutable;
using System.Globalization;
using Support.Calibration;
using Support.Environments;
using Support.Measuring;
using Support.Search;
using Support.Settings;

namespace Support.Verdict;

/// <summary>What the judge of a run looks at.</summary>
public sealed record RunEvidence
{
    /// <summary>The settings; null where they could not be used.</summary>
    public CapacitySettings? Settings { get; init; }

    /// <summary>The checks that ran.</summary>
    public ImmutableArray<Finding> Checks { get; init; } = [];

    /// <summary>The steps in order.</summary>
    public ImmutableArray<JudgedStep> Steps { get; init; } = [];

    /// <summary>Whether the meter was found true before the first step; null where it was not tried.</summary>
    public MeterCalibration? Calibration { get; init; }

    /// <summary>The search for the exact limit; null where it did not run.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>Faults of the suite or of its surroundings that made the measurement impossible or incomplete, one sentence each.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>What was found about the run itself beside the checks, as an earlier run that was killed: warnings, for the verdict to carry.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>What stopped the run early, as in <c>SIGTERM</c>; null where nothing did.</summary>
    public string? Interrupted { get; init; }

    /// <summary>True where the steps come from an earlier run's log: this run measured nothing.</summary>
    public bool Rebuilt { get; init; }
}

/// <summary>Judges a run: what it held, what bound it, whether it passes. Pure.</summary>
public static class RunJudge
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
        var exact = Exact(judged);
        var maxReliable = MaxReliable(judged);
        var heldAtOnce = measured.Count == 0 ? (int?)null : measured.Max(step => step.Result!.Held);
        var verdict = new RunVerdict
        {
            Outcome = RunOutcome.Passed,
            MaxReliable = maxReliable,
            HeldAtOnce = heldAtOnce,
            Exact = exact,
            SafeLimit = Safe(maxReliable, heldAtOnce, exact),
            Findings = evidence.Findings,
            Bottleneck = BottleneckJudge.Judge(evidence),
        };
        return Conclude(verdict, evidence, attempted.Count);
    }

    private static RunVerdict Conclude(RunVerdict verdict, RunEvidence evidence, int attempted)
    {
        var broken = WhyBroken(verdict, evidence, attempted);
        if (!broken.IsEmpty)
            return verdict with { Outcome = RunOutcome.Broken, Reasons = broken };
        if (evidence.Rebuilt)
            return verdict with { Outcome = RunOutcome.NotAttempted, Reasons = ["nothing was measured in this run; the numbers are those of an earlier run's steps.jsonl"] };
        if (attempted == 0)
            return verdict with { Outcome = RunOutcome.NotAttempted, Reasons = WhyNothing(evidence) };
        var missed = Gate.Missed(verdict, evidence.Steps, evidence.Settings?.Gate.RequiredConnections);
        return missed.IsEmpty ? verdict : verdict with { Outcome = RunOutcome.Failed, Reasons = missed };
    }

    // Empty where the suite could measure. What an earlier run's steps say is not this run's to answer for.
    private static ImmutableArray<string> WhyBroken(RunVerdict verdict, RunEvidence evidence, int attempted)
    {
        if (!evidence.Faults.IsEmpty || evidence.Rebuilt)
            return evidence.Faults;
        if (evidence.Interrupted is { } interrupted)
            return [$"the run was stopped by {interrupted}: what was measured until then is below, and a limit may lie above it"];
        if (attempted == 0)
            return [];
        if (Criticals(evidence) is { IsEmpty: false } critical)
            return critical;
        if (verdict.HeldAtOnce is null)
            return [$"not one connection was opened, so nothing was measured: {verdict.Bottleneck.Cause}"];
        return evidence.Steps.FirstOrDefault(step => step.Outcome == StepOutcome.Unreliable) is { } limit && BottleneckJudge.IsFaultOfTheSuite(limit)
            ? [$"the suite itself failed in the step of {limit.Sessions}, so no limit was found there: {verdict.Bottleneck.Cause}"]
            : [];
    }

    private static ImmutableArray<string> WhyNothing(RunEvidence evidence) => Criticals(evidence) is { IsEmpty: false } critical
        ? critical
        : ["no capacity step was attempted: a run without a measurement is never green; run without a filter, or with one that selects a step"];

    private static ImmutableArray<string> Criticals(RunEvidence evidence) =>
    [
        .. evidence.Checks.Where(check => check.Outcome == CheckOutcome.Critical)
            .Select(check => $"{check.Title}: {check.Actual} {check.Next}".Trim()),
    ];

    private static int? MaxReliable(List<JudgedStep> judged)
    {
        if (judged.Count == 0)
            return null;
        return judged.TakeWhile(step => step.Outcome == StepOutcome.Reliable).Select(step => step.Sessions).DefaultIfEmpty(0).Last();
    }

    // Known without a search in two cases: nothing broke, or two steps lie so close that nothing is left to search.
    private static ExactLimit? Exact(List<JudgedStep> judged)
    {
        var holding = judged.TakeWhile(step => step.Result!.Reaches(StepResult.HoldsShare)).ToList();
        if (holding.Count == 0)
            return null;
        var holds = holding[^1].Sessions;
        if (holding.Count == judged.Count)
            return new(holds, null);
        var breaks = judged[holding.Count].Sessions;
        return breaks - holds <= Math.Max(1, holds / 100) ? new(holds, breaks) : null;
    }

    private static int? Safe(int? maxReliable, int? heldAtOnce, ExactLimit? exact)
    {
        if (maxReliable is not { } reliable || heldAtOnce is not { } held)
            return null;
        var least = Math.Min(Math.Min(reliable, held), exact?.Holds ?? int.MaxValue);
        return (int)Math.Floor(least * (decimal)SafeShare);
    }
}
