using Support.Host;
using Support.Measuring;
using Support.Pool;

namespace Support.Verdict;

/// <summary>Judges one step by its facts and the threshold. Pure.</summary>
internal static class StepJudge
{
    /// <summary>
    /// Reliable where held ÷ attempted reaches the threshold, and held ÷ wanted as well: what was never tried is not a
    /// success. Never where this side ran out (<c>ClientLimit</c>) before all were attempted.
    /// </summary>
    /// <param name="result">The step's facts.</param>
    /// <param name="threshold">Above 0 up to 1.</param>
    public static JudgedStep Judge(StepResult result, double threshold)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Stop == EarlyStopKind.Interrupted)
            return new(result.Sessions, StepOutcome.NotAttempted, $"interrupted: {Of(result)}; not judged", result);
        return result.Reaches(threshold) && !RanOut(result)
            ? new(result.Sessions, StepOutcome.Reliable, null, result)
            : new(result.Sessions, StepOutcome.Unreliable, Reason(result, threshold), result);
    }

    /// <summary>A step that was not run.</summary>
    public static JudgedStep NotAttempted(CapacityStep step, string reason)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new(step.Sessions, StepOutcome.NotAttempted, reason, null);
    }

    /// <summary>A step that needs more than this client has, so that it was not run.</summary>
    public static JudgedStep OverTheClient(CapacityStep step, CeilingPrediction ceiling)
    {
        ArgumentNullException.ThrowIfNull(ceiling);
        return NotAttempted(step, ceiling.Reason ?? "") with
        {
            OutOf = new(
                FailureKind.ClientLimit,
                ceiling.Least == Resource.Ports ? FailureDetail.Ports : FailureDetail.Descriptors),
        };
    }

    // The part that was attempted before this side ran out shows nothing about the rest, however large it was.
    private static bool RanOut(StepResult result) =>
        result.Attempted < result.Sessions && FailureReading.ClientLimit(result) is not null;

    private static string Reason(StepResult result, double threshold)
    {
        var early = result.StoppedEarly is { } why ? $"; stopped after {result.Attempted} attempts: {why}" : "";
        return Say($"limit found: {Of(result)}, threshold {(decimal)threshold * 100:0.######} %{early}");
    }

    // Tenths of a percent are cut, not rounded: 100.0 % means all, and what missed its threshold never reads as if it
    // had met it.
    private static string Of(StepResult result) =>
        Say($"{result.Held} of {result.Sessions} held ({(long)result.Held * 1000 / result.Sessions / 10m:0.0} %)");
}
