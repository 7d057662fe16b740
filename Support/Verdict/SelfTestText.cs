using Support.Measuring.SelfTest;

namespace Support.Verdict;

/// <summary>A calibration in the words of the verdict.</summary>
internal static class SelfTestText
{
    /// <summary>Why no number of the run can be trusted.</summary>
    public static string NotTrue(SelfTestResult calibration) => calibration.Readings.IsDefaultOrEmpty
        ? "the meter is not known to be true: its calibration read nothing"
        : "the meter is not true: "
            + string.Join("; ", calibration.Readings.Where(reading => !reading.IsTrue)
                .Select(reading => $"{reading.Name}: {reading.Problem}"));

    /// <summary>What was true and what was read, one sentence a reading.</summary>
    public static IEnumerable<string> Readings(SelfTestResult calibration) => calibration.Readings.IsDefaultOrEmpty
        ? []
        : calibration.Readings.Select(
            reading => $"{reading.Name}: the server says {reading.Truth}, the meter read {reading.Read}");
}
