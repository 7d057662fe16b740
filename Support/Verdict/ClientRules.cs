using Support.Measuring;
using Support.Pool;

namespace Support.Verdict;

/// <summary>This side was the limit: then nothing is said about the server.</summary>
internal static class ClientRules
{
    /// <summary>A socket call said so, or the kernel did.</summary>
    public static Bottleneck? RanOut(LimitCase limit)
    {
        if (limit.ClientRanOut)
            return Row(limit, limit.Main!.Value);
        var killed = limit.IsMainly(FailureKind.EnvironmentFailure)
            && limit.Result.Resources.Client is { OomKills: > 0 };
        return killed ? Row(limit, new(FailureKind.ClientLimit, FailureDetail.Memory)) : null;
    }

    /// <summary>The suite or its surroundings failed.</summary>
    public static Bottleneck? Failed(LimitCase limit)
    {
        if (limit.Main is null && !limit.RanOutOfTime)
            return limit.Say(
                BottleneckSide.Client,
                "the suite lost count of its connections",
                "Report this: the number says nothing about the server.");
        return limit.IsMainly(FailureKind.HarnessError, FailureKind.EnvironmentFailure)
            ? Row(limit, limit.Main!.Value)
            : null;
    }

    /// <summary>
    /// No answer came in time, and this side had no time to hear one. What a server does say is never blamed on this
    /// side.
    /// </summary>
    public static Bottleneck? Starved(LimitCase limit) =>
        (limit.RanOutOfTime || (limit.IsSilence && PathRules.IdlePeriod(limit.Result) is null))
        && ClientEvidence.IsStarved(limit.Result)
            ? Row(limit, new(FailureKind.ClientLimit, FailureDetail.Processor))
            : null;

    private static Bottleneck Row(LimitCase limit, FailureClass failure)
    {
        var row = FailureExplanations.Of(failure);
        return limit.Say(row.Side, row.Cause, row.Next, row.Resource);
    }
}
