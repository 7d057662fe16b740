using System.Collections.Immutable;
using System.Globalization;
using Support.Environments;
using Support.Measuring;
using Support.Pool;

namespace Support.Verdict;

/// <summary>Says whose limit it was, from the failures of the first step that held less than 99 %. Pure.</summary>
public static class BottleneckJudge
{
    private static readonly Bottleneck None = new(
        BottleneckSide.None, "no limit was met", [], "Raise the ladder (NUM_SESSIONS or Ladder.Steps) to find the limit.");

    // Under way when the step's time ended: says nothing about anybody.
    private static readonly string Abandoned = new FailureClass(FailureKind.Interrupted).ToString();

    private static readonly string[] AskedWrongly =
        ["HandshakeRejected(1", "HandshakeRejected(2", "HandshakeRejected(3", "HandshakeRejected(4", "HandshakeProtocol"];

    /// <summary>Whose limit it was.</summary>
    public static Bottleneck Judge(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (evidence.Steps.FirstOrDefault(MetALimit) is { } broken)
            return OfStep(broken, evidence);
        var capped = evidence.Steps.FirstOrDefault(step => step is { Outcome: StepOutcome.NotAttempted, Result: null } && IsClientLimit(step.Reason));
        if (capped is not null)
            return new(BottleneckSide.Client, capped.Reason!, [], "Raise the limit named here, then measure again.");
        if (evidence.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Critical) is { } critical)
            return OfCheck(critical);
        if (!evidence.Faults.IsEmpty)
            return OfFault(evidence);
        if (!evidence.Steps.Any(step => step.Result is { Attempted: > 0 }))
            return None with { Cause = "nothing was measured", Next = "Run at least one step." };
        return evidence.Interrupted is { } signal
            ? None with { Cause = $"no limit was met before the run was stopped by {signal}", Next = "Run it again, to its end." }
            : None;
    }

    /// <summary>True where what kept a step from its threshold was a fault of the suite or of its surroundings: then it found no limit.</summary>
    internal static bool IsFaultOfTheSuite(JudgedStep step) =>
        step.Result is { Failures.Count: > 0 } result && (Main(result).StartsWith("HarnessError", StringComparison.Ordinal)
            || Main(result).StartsWith("EnvironmentFailure", StringComparison.Ordinal));

    private static bool MetALimit(JudgedStep step) => step.Result is { Attempted: > 0 } result
        && step.Outcome != StepOutcome.NotAttempted
        && (step.Outcome == StepOutcome.Unreliable || !result.Reaches(StepResult.HoldsShare));

    private static Bottleneck OfStep(JudgedStep step, RunEvidence evidence)
    {
        var result = step.Result!;
        if (RanOutOfTime(result))
            return OfTime(step, evidence);
        if (result.Failures.IsEmpty)
            return new(BottleneckSide.Client, "the suite lost count of its connections", Evidence(step), "Report this: the number says nothing about the server.");
        var main = Main(result);
        var explanation = FailureExplanations.Of(main);
        var fromTheFirst = evidence.Steps.All(s => s.Result is null || s.Result.Opened == 0);
        return new(fromTheFirst ? SideFromTheFirst(main, explanation.Side) : explanation.Side, explanation.Cause, Evidence(step), explanation.Next);
    }

    // What this side ran out of explains every other failure beside it.
    private static string Main(StepResult result) =>
        result.Failures.Keys.FirstOrDefault(IsClientLimit)
        ?? result.Failures.OrderBy(pair => pair.Key == Abandoned).ThenByDescending(pair => pair.Value).First().Key;

    // A server that answers, and to no connection as a WebSocket server would, is not full: it was asked in the wrong way or place.
    private static BottleneckSide SideFromTheFirst(string failureClass, BottleneckSide side) =>
        side == BottleneckSide.Server && AskedWrongly.Any(prefix => failureClass.StartsWith(prefix, StringComparison.Ordinal))
            ? BottleneckSide.Configuration
            : side;

    // What was attempted was held; there was no time for the rest.
    private static bool RanOutOfTime(StepResult result) =>
        result.StoppedEarly is not null && Finished(result) < result.Sessions && result.Opened > 0
        && result.Held >= StepResult.HoldsShare * Finished(result) && !result.Failures.Keys.Any(IsClientLimit);

    private static int Finished(StepResult result) => result.Attempted - result.Failures.GetValueOrDefault(Abandoned);

    private static Bottleneck OfTime(JudgedStep step, RunEvidence evidence) => evidence.Settings?.Pool.Rate is { } rate
        ? new(
            BottleneckSide.Configuration,
            Say($"at {rate:0.###} opens a second (Pool.Rate) the step's time ends before all are attempted"),
            Evidence(step),
            "Raise Pool.Rate or Ladder.StepTimeout, then measure again.")
        : new(
            BottleneckSide.Configuration,
            "the step's time ended before all were attempted, and those that were attempted were held",
            Evidence(step),
            "Raise Ladder.StepTimeout or Pool.InFlight, then measure again; the step's connect times and processor times tell who was slow.");

    private static bool IsClientLimit(string? text) => text?.StartsWith("ClientLimit", StringComparison.Ordinal) == true;

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
        // The handshake's answer begins with its failure class, and it is the first connection of all.
        if (critical.Id == "Environment.TargetHandshake" && FailureExplanations.Find(critical.Actual) is { } known)
            return new(SideFromTheFirst(critical.Actual, known.Side), cause, evidence, known.Next);
        var side = critical.Id.StartsWith("Environment.Target", StringComparison.Ordinal) ? BottleneckSide.Path
            : critical.Id.StartsWith("Settings", StringComparison.Ordinal) ? BottleneckSide.Configuration
            : BottleneckSide.Client;
        return new(side, cause, evidence, critical.Next);
    }

    private static Bottleneck OfFault(RunEvidence evidence) => evidence.Settings is null
        ? new(BottleneckSide.Configuration, evidence.Faults[0], [], "Set what is named here; README.md has the table of settings.")
        : new(BottleneckSide.Client, evidence.Faults[0], [], "Mend what is named here, then measure again.");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
