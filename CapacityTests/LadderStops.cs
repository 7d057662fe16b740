using Support.Host;
using Support.Measuring;
using Support.Verdict;

namespace CapacityTests;

/// <summary>Why a step is not attempted: what was found or measured before it forbids it.</summary>
internal static class LadderStops
{
    private static CeilingPrediction? prediction;

    /// <summary>What was predicted for this machine and target; null where no step asked yet.</summary>
    public static CeilingTable? Ceilings => prediction?.Table;

    /// <summary>The step as not attempted, or null where it can be attempted.</summary>
    public static async Task<JudgedStep?> WhyNotAsync(CapacityStep step)
    {
        if (Before() is { } reason)
            return StepJudge.NotAttempted(step, reason);
        return await OverTheClientAsync(step) ?? (await Meter.WhyNotAsync() is { } untrue ? StepJudge.NotAttempted(step, untrue) : null);
    }

    private static string? Before()
    {
        var record = CapacityRun.Record;
        if (ByInterruption() is { } stopped)
            return stopped;
        if (record.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Critical) is { } critical)
            return $"not attempted: {critical.Title}: {critical.Actual}";
        if (record.Steps.FirstOrDefault(earlier => earlier.Outcome == StepOutcome.Unreliable) is { } limit)
            return $"not attempted: the limit was found at {limit.Sessions} sessions";
        return ByDeath() is { } death ? $"not attempted: {death}" : null;
    }

    /// <summary>Why the exact limit is not searched; null where it can be.</summary>
    public static string? WhyNoSearch()
    {
        if (!CapacityRun.Settings.IsUsable)
            return "not searched: the settings cannot be used";
        if (!CapacityRun.Settings.Settings!.Search.Exact)
            return "not searched: Search.Exact is false";
        if (CapacityRun.Record.InterruptedBy is { } signal)
            return $"not searched: the run was stopped by {signal}";
        if (ByDeath() is { } death)
            return $"not searched: {death}";
        if (CapacityRun.Record.Faults is [var fault, ..])
            return $"not searched: {fault}";
        return CapacityRun.Record.Steps.Any(step => step is { Outcome: not StepOutcome.NotAttempted, Result.Attempted: > 0 })
            ? null
            : "not searched: no step was measured";
    }

    /// <summary>The reason where the run was stopped from outside; else null.</summary>
    public static string? ByInterruption() =>
        CapacityRun.Record.InterruptedBy is { } signal ? $"not attempted: the run was stopped by {signal}" : null;

    /// <summary>The fault where the embedded target ended by itself; else null. Its end says nothing about how much it holds.</summary>
    public static string? ByDeath()
    {
        if (!CapacityRun.Target.HasDied)
            return null;
        var fault = $"the embedded target ended by itself. {CapacityRun.Target.LastWords}".Trim();
        CapacityRun.Record.AddFault(fault);
        return fault;
    }

    // Read once: the steps themselves use up descriptors and ports, and give them back.
    private static async Task<JudgedStep?> OverTheClientAsync(CapacityStep step)
    {
        try
        {
            // Without the checks before it, the ladder is the first that needs the target.
            if (await CapacityRun.Target.TryContextAsync(CapacityRun.Interrupted) is not { } context)
                return StepJudge.NotAttempted(step, $"not attempted: {CapacityRun.Target.StartFault}");
            prediction ??= CeilingPredictor.Predict(await context.FactsAsync(CapacityRun.Interrupted), context);
            return prediction.MaxAttemptable < step.Sessions ? StepJudge.OverTheClient(step, prediction) : null;
        }
        catch (OperationCanceledException)
        {
            return ByInterruption() is { } stopped ? StepJudge.NotAttempted(step, stopped) : null;
        }
    }
}
