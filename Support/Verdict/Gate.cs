using System.Collections.Immutable;
using Support.Settings;

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
        if ((verdict.SafeLimit ?? 0) < wanted)
            missed.Add(NotReached(verdict, steps, wanted));
        return missed.ToImmutable();
    }

    private static string NotReached(RunVerdict verdict, ImmutableArray<JudgedStep> steps, int wanted)
    {
        var safe = verdict.SafeLimit ?? 0;
        if (verdict.Bottleneck.Side == BottleneckSide.Client)
            return Say(
                $"Gate.RequiredConnections is {wanted}, and this client was the limit at a safe limit of {safe}, "
                    + $"so the server may hold more: {verdict.Bottleneck.Cause}");
        var top = (int)GateSettings.Showing(wanted);
        return verdict.Bottleneck.Side == BottleneckSide.None
            && steps.All(step => step.Sessions < top || step.Result is null)
            ? Say($"Gate.RequiredConnections is {wanted}, and the ladder ended at a safe limit of {safe}: no limit was "
                + $"reached. Set NUM_SESSIONS or Ladder.Steps to reach {top}")
            : Say($"Gate.RequiredConnections is {wanted}, and the safe limit is {safe}");
    }
}
