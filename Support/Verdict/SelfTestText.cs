using Support.Host;
using Support.Measuring.SelfTest;
using Support.Pool;

namespace Support.Verdict;

/// <summary>The self-test as the verdict tells it.</summary>
internal static class SelfTestText
{
    /// <summary>Why no number of the run can be trusted, or none can be measured here.</summary>
    public static string NotTrue(SelfTestResult result)
    {
        if (result.Readings.IsDefaultOrEmpty)
            return "the self-test returned no reading";
        var problems = result.Readings.Where(reading => !reading.IsTrue).GroupBy(reading => reading.Problem)
            .Select(same => $"{string.Join(" and ", same.Select(reading => reading.Name))}: {same.Key}");
        return $"the self-test {(result.Lacks is null ? "failed" : "could not be made here")}: "
            + string.Join("; ", problems);
    }

    /// <summary>Whose problem it is: the suite's, or that of a machine which lacks what it takes.</summary>
    public static Bottleneck Bottleneck(SelfTestResult result) => new(
        BottleneckSide.Client, NotTrue(result), [.. Readings(result)],
        result.Lacks is { } lacks
            ? Next(lacks)
            : "Report this with the readings: no number of this run can be trusted.")
    {
        Resource = result.Lacks is null ? null : Resource.ThisClient,
    };

    /// <summary>Why it took longer than usual; null where it did not, or where no quota was the reason.</summary>
    public static string? WhyLong(SelfTestResult result) =>
        result is { Seconds: > SelfTestResult.UsualSeconds, ThrottledSeconds: { } throttled and > 0 }
            ? Say($"more than the usual {SelfTestResult.UsualSeconds:0} s: the suite's control group was throttled for "
                + $"{throttled:0.0} s")
            : null;

    private static string Next(FailureClass lacks) => lacks.Detail == FailureDetail.Processor
        ? "Give the task that runs the suite more processor time, then measure again."
        : FailureExplanations.Of(lacks).Next;

    private static IEnumerable<string> Readings(SelfTestResult result) => result.Readings.IsDefaultOrEmpty
        ? []
        : result.Readings.Select(
            reading => $"{reading.Name}: the server reports {reading.Truth}; the suite counted {reading.Read}");
}
