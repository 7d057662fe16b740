using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Verdict;

namespace Support.Reports.Content;

/// <summary>The two counts that the limit lies between, as far as something is known.</summary>
/// <param name="Holds">The highest that held 99 %; null where none did.</param>
/// <param name="Breaks">The lowest above it that did not; null where none broke.</param>
internal sealed record LimitRange(int? Holds, int? Breaks)
{
    /// <summary>
    /// What the ladder left. A step that was broken off says nothing about the limit, in either direction.
    /// </summary>
    internal static LimitRange Of(IEnumerable<JudgedStep> steps)
    {
        var judged = steps.Where(step => step.Outcome != StepOutcome.NotAttempted && step.Result is { Attempted: > 0 })
            .ToList();
        var holding = judged.TakeWhile(step =>
            step.Outcome == StepOutcome.Reliable && step.Result!.Reaches(StepResult.HoldsShare)).ToList();
        return new(holding.LastOrDefault()?.Sessions, judged.ElementAtOrDefault(holding.Count)?.Sessions);
    }

    /// <summary>
    /// What is left after a try. A slow one answers another question, and one that was broken off none: they move
    /// neither end. Where two contradict each other the failure counts.
    /// </summary>
    internal LimitRange After(SearchProbe tried)
    {
        var sessions = tried.Result.Sessions;
        if (tried.IsPaced || tried.Result.Stop == EarlyStopKind.Interrupted)
            return this;
        if (!tried.Holds)
            return new(Holds >= sessions ? null : Holds, Math.Min(Breaks ?? int.MaxValue, sessions));
        return sessions >= Breaks ? this : this with { Holds = Math.Max(Holds ?? 0, sessions) };
    }
}
