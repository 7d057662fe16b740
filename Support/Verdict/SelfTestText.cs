using Support.Measuring.SelfTest;

namespace Support.Verdict;

/// <summary>The self-test as the verdict tells it.</summary>
internal static class SelfTestText
{
    /// <summary>Why no number of the run can be trusted.</summary>
    public static string NotTrue(SelfTestResult result) => result.Readings.IsDefaultOrEmpty
        ? "the self-test returned no reading"
        : "the self-test failed: "
            + string.Join("; ", result.Readings.Where(reading => !reading.IsTrue)
                .Select(reading => $"{reading.Name}: {reading.Problem}"));

    /// <summary>What was true and what was read, one sentence a reading.</summary>
    public static IEnumerable<string> Readings(SelfTestResult result) => result.Readings.IsDefaultOrEmpty
        ? []
        : result.Readings.Select(
            reading => $"{reading.Name}: the server reports {reading.Truth}; the suite counted {reading.Read}");
}
