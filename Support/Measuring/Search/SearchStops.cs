using Support.Measuring;
using Support.Pool;

namespace Support.Measuring.Search;

/// <summary>What a step or a try can end in that is no limit of the target: then there is nothing to search. Pure.</summary>
internal static class SearchStops
{
    internal const string Interrupted = "the run was interrupted";

    /// <summary>The reason in words; null where the search can go on.</summary>
    /// <param name="result">The step or the try.</param>
    /// <param name="comesBack">Whether a target that went away is there again for the next try.</param>
    internal static string? Of(StepResult result, bool comesBack = false)
    {
        if (result.StoppedEarly == OpenStep.InterruptedText)
            return Interrupted;
        if (result.Reaches(StepResult.HoldsShare))
            return null;
        if (FailureReading.ClientLimit(result) is { } own)
            return Say($"{Of(result, own)}: this client was the limit at {result.Held}, not the server");
        var main = FailureReading.Main(result);
        if (main is not null && (FailureReading.Is(main, FailureKind.HarnessError) || FailureReading.Is(main, FailureKind.EnvironmentFailure)))
            return Say($"{Of(result, main)}: the suite itself failed, which says nothing about the server");
        if (FailureReading.RanOutOfTime(result))
            return Say($"the step's time ended after {result.Attempted} of {result.Sessions} attempts, and those were held: raise Ladder.StepTimeout to find the limit");
        if (main == nameof(FailureKind.IdleLost) && IdleCutOff.IsNamed(result))
            return "connections are cut off for idleness, at any count: there is no limit of number to search";
        // One that still held connections is there, however long it keeps a new one waiting.
        return !comesBack && result is { TargetAnswer: TargetAnswer.Gone, Held: 0 } ? Say($"the target does not answer any more since {result.Sessions} were attempted") : null;
    }

    /// <summary>The reason where not one connection was opened.</summary>
    internal static string Silent(StepResult result) => FailureReading.Main(result) is { } main ? $"the target opens no connection any more: {Of(result, main)}" : "the target opens no connection any more";

    /// <summary>Where as many as a failing count wanted, or more, were held at once all the same: not their number made it fail. Null where it may have.</summary>
    /// <param name="counted">Every step and try so far.</param>
    /// <param name="breaks">The lowest count that did not hold.</param>
    internal static string? ShareLost(IEnumerable<StepResult> counted, int? breaks) =>
        counted.Max(result => result.Held) is var most && most >= breaks
            ? Say($"{most} were held at once all the same: a share is lost at every count, and {breaks} is no limit of number")
            : null;

    private static string Of(StepResult result, string failure) => result.Examples.GetValueOrDefault(failure) is { } example ? $"{failure} ({example})" : failure;
}
