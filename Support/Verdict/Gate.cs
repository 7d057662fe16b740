using System.Collections.Immutable;

namespace Support.Verdict;

/// <summary>Whether a run reached what is required of it. Pure.</summary>
public static class Gate
{
    /// <summary>Why the gate is missed, one sentence each; empty where it is met or none is set.</summary>
    /// <param name="verdict">The numbers.</param>
    /// <param name="steps">The steps in order.</param>
    /// <param name="required">Connections; null sets no requirement.</param>
    public static ImmutableArray<string> Missed(RunVerdict verdict, ImmutableArray<JudgedStep> steps, int? required)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (required is not { } wanted)
            return [];
        var missed = ImmutableArray.CreateBuilder<string>();
        foreach (var step in steps.Where(step => step.Outcome == StepOutcome.Unreliable && step.Sessions <= wanted))
            missed.Add(
                Say($"Gate.RequiredConnections is {wanted}, and the step of "
                    + $"{step.Sessions} was unreliable: {step.Reason}"));
        if (Shown(verdict) < wanted)
            missed.Add(NotReached(verdict, steps, wanted));
        return missed.ToImmutable();
    }

    // What the run has shown: its exact limit where there is one, else the highest reliable step, but no more than was
    // ever held: a server that is capped at 760 passes a step of 1,000 at 76 %, and does not hold 1,000.
    private static int Shown(RunVerdict verdict) =>
        verdict.Exact?.Holds ?? Math.Min(verdict.MaxReliable ?? 0, verdict.PeakConnections ?? 0);

    private static string NotReached(RunVerdict verdict, ImmutableArray<JudgedStep> steps, int wanted)
    {
        var shown = Shown(verdict);
        if (verdict.Bottleneck.Side == BottleneckSide.Client)
            return Say($"Gate.RequiredConnections is {wanted}, and this client was the limit at {shown}, so the "
                + $"server may hold more: {verdict.Bottleneck.Cause}");
        return verdict.Bottleneck.Side == BottleneckSide.None
            && steps.All(step => step.Sessions < wanted || step.Result is null)
            ? Say($"Gate.RequiredConnections is {wanted}, and the ladder ended at {shown}: nothing above it was "
                + $"measured. Set NUM_SESSIONS or Ladder.Steps to reach {wanted}")
            : Say($"Gate.RequiredConnections is {wanted}, and {shown} is the most that was shown to hold");
    }
}
