using static Support.Verdict.LimitEvidence;

namespace Support.Verdict;

/// <summary>
/// What was attempted was held, and there was no time for the rest: nobody's limit but that of the settings.
/// </summary>
internal static class TimeRule
{
    public static Bottleneck? RanOut(LimitCase limit)
    {
        if (!limit.RanOutOfTime)
            return null;
        return limit.Run.Settings?.Pool.Rate is { } rate
            ? limit.Say(
                BottleneckSide.Configuration,
                Say($"at {rate:0.###} opens per second (Pool.Rate) the step's time ends before all are attempted"),
                "Raise Pool.Rate or Ladder.StepTimeout, then measure again.")
            : limit.Say(
                BottleneckSide.Configuration,
                "the step's time ended before all were attempted, and those that were attempted were held",
                "Raise Ladder.StepTimeout or Pool.InFlight, then measure again; the step's connect times and "
                + "processor times tell who was slow.");
    }
}
