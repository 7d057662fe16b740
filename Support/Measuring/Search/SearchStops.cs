using Support.Measuring;
using Support.Pool;

namespace Support.Measuring.Search;

/// <summary>
/// What a step or a probe can end in that is no limit of the target: then there is nothing to search. Pure.
/// </summary>
internal static class SearchStops
{
    /// <summary>The reason; null where the search can go on.</summary>
    /// <param name="result">The step or the probe.</param>
    /// <param name="comesBack">Whether a target that went away is there again for the next probe.</param>
    internal static SearchEnd? Of(StepResult result, bool comesBack = false)
    {
        if (result.Stop == EarlyStopKind.Interrupted)
            return new(SearchEndKind.Interrupted);
        if (result.Reaches(StepResult.HoldsShare))
            return null;
        if (FailureReading.ClientLimit(result) is { } own)
            return End(SearchEndKind.ClientLimit, result, own);
        var main = FailureReading.Main(result);
        if (main is { Kind: FailureKind.HarnessError or FailureKind.EnvironmentFailure })
            return End(SearchEndKind.SuiteFailed, result, main);
        if (FailureReading.RanOutOfTime(result))
            return End(SearchEndKind.OutOfTime, result, main);
        if (result.EndsAtAge is not null || (main?.Kind == FailureKind.IdleLost && result.CutOff > 0))
            return End(SearchEndKind.CutOff, result, main);
        // One that still held connections is there, however long it keeps a new one waiting.
        return !comesBack && result is { TargetAnswer: TargetAnswer.Gone, Held: 0 }
            ? End(SearchEndKind.Gone, result, main)
            : null;
    }

    /// <summary>The reason where not one connection was opened.</summary>
    internal static SearchEnd Silent(StepResult result) =>
        End(SearchEndKind.Silent, result, FailureReading.Main(result));

    private static SearchEnd End(SearchEndKind kind, StepResult result, FailureClass? failure) => new(kind)
    {
        Failure = failure,
        Example = failure is { } known ? result.Examples.GetValueOrDefault(known) : null,
        Sessions = result.Sessions,
        Attempted = result.Attempted,
        Held = result.Held,
    };
}
