using System.Collections.Immutable;
using Support.Host;
using Support.Measuring;
using Support.Pool;

namespace Support.Verdict;

/// <summary>
/// Says whose limit it was, from the first step that held less than 99 % above the last one that held it, and from what
/// was read beside it. Pure.
/// </summary>
internal static class BottleneckJudge
{
    private static readonly Bottleneck None = new(
        BottleneckSide.None, "no limit was reached", [],
        "Raise the ladder (NUM_SESSIONS or Ladder.Steps) to find the limit.");

    // The first that has an answer. What this side ran out of comes before what the other side did, and figures before
    // classes.
    private static readonly Func<LimitCase, Bottleneck?>[] Rules =
    [
        ClientRules.RanOut, ClientRules.Failed, GroupRules.OutOfMemory, ServerRules.Descriptors, GroupRules.Throttled,
        ServerRules.Ended, ClientRules.Starved, TimeRule.RanOut, PathRules.OneAddress, SearchRules.Opening,
        SearchRules.EndsAtAge, PathRules.IdleCutOff, SearchRules.Varies, SearchRules.OwnCap, SearchRules.OwnQueue,
        SearchRules.Unanswered, ServerRules.AcceptQueue, ServerRules.TlsEnded, ServerRules.StoppedAccepting,
        ServerRules.PoliteIdle, ServerRules.MassLoss, TableRule.Of,
    ];

    /// <summary>Whose limit it was.</summary>
    public static Bottleneck Judge(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (evidence.SelfTest is { IsTrue: false } untrue)
            return SelfTestText.Bottleneck(untrue);
        if (MetTheLimit(evidence.Steps) is { } broken)
            return OfStep(new(broken, broken.Result!, evidence));
        if (evidence.Steps.FirstOrDefault(step => step.OutOf is not null) is { } capped)
            return new(BottleneckSide.Client, capped.Reason!, [],
                "Raise the limit named here, then measure again.") { Resource = Resource.ThisClient };
        if (evidence.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Critical) is { } critical)
            return OfCheck(critical, evidence.Handshake);
        if (!evidence.Faults.IsEmpty)
            return OfFault(evidence);
        if (!evidence.Steps.Any(step => step.Result is { Attempted: > 0 }))
            return None with { Cause = "nothing was measured", Next = "Run at least one step." };
        return evidence.Interrupted is { } signal
            ? None with
            {
                Cause = $"no limit was reached before the run was stopped by {signal}",
                Next = "Run it again, to its end.",
            }
            : None;
    }

    /// <summary>
    /// The cause where what kept a step from its threshold was a fault of the suite or of its surroundings: then it
    /// found no limit. Null elsewhere.
    /// </summary>
    internal static string? FaultOfTheSuite(
        JudgedStep step, RunEvidence evidence) => step.Result is { Failures.Count: > 0 } result
        && new LimitCase(step, result, evidence) is var limit
            && limit.IsMainly(FailureKind.HarnessError, FailureKind.EnvironmentFailure)
        && ClientRules.RanOut(limit) is null
            ? FailureExplanations.Of(limit.Main!.Value).Cause
            : null;

    // What failed by chance below a count that was held is no limit. It bounds the run only where it missed its
    // threshold and nothing else broke.
    private static JudgedStep? MetTheLimit(ImmutableArray<JudgedStep> steps)
    {
        var measured = steps.Where(step => step is { Outcome: not StepOutcome.NotAttempted, Result.Attempted: > 0 })
            .ToList();
        var last = measured.FindLastIndex(step => step.Result!.Reaches(StepResult.HoldsShare));
        return measured.Skip(last + 1).FirstOrDefault()
            ?? measured.Find(step => step.Outcome == StepOutcome.Unreliable);
    }

    private static Bottleneck OfStep(LimitCase limit) =>
        Rules.Select(rule => rule(limit)).First(answer => answer is not null)!;

    private static Bottleneck OfCheck(Finding critical, FailureClass? handshake)
    {
        var cause = $"{critical.Title}: {critical.Actual}";
        ImmutableArray<string> evidence = [$"expected: {critical.Expected}", $"actual: {critical.Actual}"];
        // The first connection of all.
        if (critical.Id == "Environment.TargetHandshake" && handshake is { } failure)
        {
            var known = FailureExplanations.Of(failure);
            return new(TableRule.SideFromTheFirst(failure, known.Side), cause, evidence, known.Next);
        }

        var side = critical.Id.StartsWith("Environment.Target", StringComparison.Ordinal) ? BottleneckSide.Path
            : critical.Id.Split('.')[0] is "Settings" or "TaskDefinition" or "Gate" ? BottleneckSide.Configuration
            : BottleneckSide.Client;
        return new(side, cause, evidence, critical.Next);
    }

    private static Bottleneck OfFault(RunEvidence evidence) => evidence.Settings is null
        ? new(BottleneckSide.Configuration, evidence.Faults[0], [],
            "Set what is named here; README.md has the table of settings.")
        : new(BottleneckSide.Client, evidence.Faults[0], [], "Fix what is named here, then measure again.");
}
