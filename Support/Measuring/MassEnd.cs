using Support.Settings;

namespace Support.Measuring;

/// <summary>
/// Most of what a step opened ended together in its hold: an event (a reload, a restart), a timer (the same age at any
/// count), or a limit of their number. A second try of the step, and a few held for as long, tell which. Pure.
/// </summary>
internal static class MassEnd
{
    private const int Fewest = 3;

    // Ends that lie closer are one moment or one age.
    private const double TogetherSeconds = 2;

    // Two ages are one where they differ by no more than a poll, or a tenth.
    private const double SameAgeSeconds = 1;
    private const double SameAgeShare = 0.1;

    // Below it all connections of a short step are of one age, whatever ends them.
    private const double ShortestTimer = 1;

    // More than the share by which ages may differ, and a second for the ends to be found.
    private const double Longer = 1.15;

    /// <summary>
    /// Whether most of what was open ended together, while the server stayed; not where they ended one after the other
    /// at one age, as by a timer alone.
    /// </summary>
    public static bool IsOne(StepResult result) =>
        result is { Losses: { Count: >= Fewest } lost } && !(result.CutOff > 0 && EndedInTurn(lost))
        && result.TargetAnswer is TargetAnswer.Opens or TargetAnswer.Restarted
        && 2 * lost.Count >= result.Opened
        && (lost.TimeSpreadSeconds < TogetherSeconds || lost.AgeSpreadSeconds < TogetherSeconds);

    /// <summary>
    /// Whether a few connections have to be held as well to tell: both tries ended at one age, and no step was held for
    /// as long.
    /// </summary>
    /// <param name="first">The try whose connections ended together.</param>
    /// <param name="again">The same step once more.</param>
    /// <param name="others">The steps before it.</param>
    public static bool NeedsAFew(StepResult first, StepResult again, IEnumerable<StepResult> others) =>
        AgeOf(first, again, others) is not null;

    /// <summary>How long the few are held: longer than those that ended, as far as a step's time allows.</summary>
    public static TimeSpan HoldToTell(StepResult ended, LadderSettings ladder) => TimeSpan.FromSeconds(Math.Min(
        (ended.Losses!.MedianAgeSeconds * Longer) + SameAgeSeconds, ladder.StepTimeout.TotalSeconds / 2));

    /// <summary>The second try, with its ends called a timer's where both tries and the few show one.</summary>
    /// <param name="first">The try whose connections ended together.</param>
    /// <param name="again">The same step once more.</param>
    /// <param name="others">The steps before it.</param>
    /// <param name="few">A few held for as long; null where none were.</param>
    public static StepResult Named(
        StepResult first, StepResult again, IEnumerable<StepResult> others, StepResult? few) =>
        AgeOf(first, again, others) is { } age && (few is null || SameAge(first, few) is not null)
            ? IdleCutOff.OfAll(again, age).Name(again) with { EndsAtAge = age }
            : again;

    private static double? AgeOf(StepResult first, StepResult again, IEnumerable<StepResult> others) =>
        SameAge(first, again) is { } age && !others.Any(step => Outlived(step, age)) ? age : null;

    // Where they were opened at once, what ends by age ends at one moment as well.
    private static bool EndedInTurn(LossSummary lost) =>
        lost.TimeSpreadSeconds > SameAgeSeconds && lost.TimeSpreadSeconds > 2 * lost.AgeSpreadSeconds;

    private static double? SameAge(StepResult first, StepResult again) =>
        first.Losses is { } one && again.Losses is { Count: >= Fewest } other && 2 * other.Count >= again.Opened
        && one.MedianAgeSeconds >= ShortestTimer
        && Math.Abs(one.MedianAgeSeconds - other.MedianAgeSeconds)
            <= Math.Max(SameAgeSeconds, SameAgeShare * one.MedianAgeSeconds)
            ? other.MedianAgeSeconds
            : null;

    // Those of a step are no younger at its end than its hold is long.
    private static bool Outlived(StepResult step, double age) =>
        step.Reaches(StepResult.HoldsShare) && step.Seconds - step.OpenSeconds > age + SameAgeSeconds;
}
