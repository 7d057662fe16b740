using System.Collections.Immutable;
using System.Globalization;
using Support.Environments;

namespace Support.Verdict;

/// <summary>Says whose limit it was, from the failures of the first step that held less than 99 %. Pure.</summary>
public static class BottleneckJudge
{
    private static readonly string[] WrongQuestion = ["HandshakeRejected(2", "HandshakeRejected(4", "HandshakeProtocol"];

    private static readonly Bottleneck None = new(
        BottleneckSide.None, "no limit was met", [], "Raise the ladder (NUM_SESSIONS or Ladder.Steps) to find the limit.");

    /// <summary>Whose limit it was.</summary>
    public static Bottleneck Judge(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var broken = evidence.Steps.FirstOrDefault(step => step.Result is { Attempted: > 0 } result
            && step.Outcome != StepOutcome.NotAttempted && !StepJudge.Reaches(result, RunJudge.HoldsShare));
        if (broken is { Result.Failures.Count: > 0 })
            return OfFailures(broken, evidence);
        var capped = evidence.Steps.FirstOrDefault(step => step is { Outcome: StepOutcome.NotAttempted, Result: null }
            && step.Reason?.StartsWith("ClientLimit", StringComparison.Ordinal) == true);
        if (capped is not null)
            return new(BottleneckSide.Client, capped.Reason!, [], "Raise the limit named here, then measure again.");
        var critical = evidence.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Critical);
        if (critical is not null)
            return OfCheck(critical);
        return NoLimit(evidence);
    }

    // A run that broke off may not say that there was no limit to meet.
    private static Bottleneck NoLimit(RunEvidence evidence) => evidence switch
    {
        { Interrupted: { } by } => None with { Cause = $"the run was stopped by {by} before it met a limit", Next = "Run it again, to its end." },
        { Faults.IsEmpty: false } => None with { Cause = "the suite broke off before it met a limit", Next = "Mend what the reason names, then run again." },
        _ when evidence.Steps.Any(step => step.Result is { Attempted: > 0 }) => None,
        _ => None with { Cause = "nothing was measured", Next = "Run at least one step." },
    };

    private static Bottleneck OfFailures(JudgedStep step, RunEvidence evidence)
    {
        var result = step.Result!;
        // What this side ran out of explains every other failure beside it.
        var main = result.Failures.Keys.FirstOrDefault(name => name.StartsWith("ClientLimit", StringComparison.Ordinal))
            ?? result.Failures.MaxBy(pair => pair.Value).Key;
        var explanation = FailureExplanations.Of(main);
        var fromTheFirst = result.Opened == 0 && evidence.Steps.All(s => s.Result is null || s.Result.Opened == 0);
        return new(SideOf(explanation, main, fromTheFirst), explanation.Cause, Evidence(step), explanation.Next);
    }

    private static ImmutableArray<string> Evidence(JudgedStep step)
    {
        var result = step.Result!;
        var evidence = ImmutableArray.CreateBuilder<string>();
        evidence.Add(Say($"the step of {step.Sessions}: {result.Attempted} attempted, {result.Opened} opened, {result.Held} held"));
        foreach (var (name, count) in result.Failures.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
            evidence.Add(Say($"{count} × {name}: {result.Examples.GetValueOrDefault(name, "no example")}"));
        if (result.Resources.TargetOpen is { } seen)
            evidence.Add(Say($"the server itself counted {seen} open at the count"));
        if (result.StoppedEarly is { } early)
            evidence.Add(early);
        return evidence.ToImmutable();
    }

    private static Bottleneck OfCheck(Finding critical)
    {
        var cause = $"{critical.Title}: {critical.Actual}";
        ImmutableArray<string> evidence = [$"expected: {critical.Expected}", $"actual: {critical.Actual}"];
        // The handshake's answer begins with its failure class.
        if (critical.Id == "Environment.TargetHandshake" && FailureExplanations.Find(critical.Actual) is { } known)
            return new(SideOf(known, critical.Actual, fromTheFirst: true), cause, evidence, known.Next);
        var side = critical.Id.StartsWith("Environment.Target", StringComparison.Ordinal) ? BottleneckSide.Path
            : critical.Id.StartsWith("Settings", StringComparison.Ordinal) ? BottleneckSide.Configuration
            : BottleneckSide.Client;
        return new(side, cause, evidence, critical.Next);
    }

    // A server that answers 4xx, or no upgrade at all, from the first connection on was asked for the wrong thing; one that begins later has a limit.
    private static BottleneckSide SideOf(FailureExplanation explanation, string failure, bool fromTheFirst) =>
        fromTheFirst && explanation.Side == BottleneckSide.Server && WrongQuestion.Any(name => failure.StartsWith(name, StringComparison.Ordinal))
            ? BottleneckSide.Configuration
            : explanation.Side;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
