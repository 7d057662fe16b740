using Support.Pool;

namespace Support.Measuring;

/// <summary>
/// What the failures of a step or a probe speak for: the one reading that the search and the judges share. Pure.
/// </summary>
internal static class FailureReading
{
    // Under way when the step's time ended: says nothing about anybody.
    private static readonly FailureClass Abandoned = new(FailureKind.Interrupted);

    /// <summary>The class that speaks for the step; null where nothing failed.</summary>
    // What this side ran out of explains every other failure beside it.
    public static FailureClass? Main(StepResult result) => ClientLimit(result)
        ?? result.Failures.OrderBy(pair => pair.Key == Abandoned).ThenByDescending(pair => pair.Value)
            .Select(pair => (FailureClass?)pair.Key).FirstOrDefault();

    /// <summary>The class of what this side ran out of; null where it did not.</summary>
    public static FailureClass? ClientLimit(StepResult result) =>
        result.Failures.Keys.Where(one => one.Kind == FailureKind.ClientLimit)
            .Select(one => (FailureClass?)one).FirstOrDefault();

    /// <summary>What was attempted was held, and there was no time for the rest.</summary>
    public static bool RanOutOfTime(StepResult result)
    {
        var finished = result.Attempted - result.Failures.GetValueOrDefault(Abandoned);
        return result.Stop is not null && result.Opened > 0 && finished < result.Sessions && ClientLimit(result) is null
            && (result with { Sessions = finished, Attempted = finished }).Reaches(StepResult.HoldsShare);
    }
}
