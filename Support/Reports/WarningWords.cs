using System.Collections.Immutable;
using Support.Host;
using Support.Measuring.SelfTest;

namespace Support.Reports;

/// <summary>What stands beside the verdict, in words: findings, and whether the meter is true.</summary>
internal static class WarningWords
{
    /// <summary>As in <c>Client and server count the same: the server counts 340, expected 350 (the client's count). Ask …</c></summary>
    internal static string Of(Finding finding) =>
        $"{Words.OneLine(finding.Title)}: {Actual(finding)}{(Words.OneLine(finding.Next) is { Length: > 0 } next ? $" Next step: {next}" : "")}";

    /// <summary>What was seen, beside what should have been.</summary>
    internal static string Actual(Finding finding) => Words.OneLine(finding.Expected) is { Length: > 0 } expected
        ? $"{Sentence(finding.Actual)} Expected: {Sentence(expected)}"
        : Sentence(finding.Actual);

    /// <summary>The titles alone, where there is one line only.</summary>
    internal static string Titles(ImmutableArray<Finding> findings) => string.Join("; ", findings.Select(finding => Words.OneLine(finding.Title).TrimEnd('.')));

    /// <summary>As in <c>true in 2 readings, 1.84 s</c>.</summary>
    internal static string Of(MeterCalibration calibration) => calibration.IsTrue
        ? $"true in {Words.Count(calibration.Readings.Length)} readings, {Words.Seconds(calibration.Seconds)}"
        : $"not true: {Untrue(calibration)}";

    private static string Untrue(MeterCalibration calibration) => calibration.Readings.IsDefaultOrEmpty
        ? "nothing was read"
        : string.Join("; ", calibration.Readings.Where(reading => !reading.IsTrue).Select(reading => $"{Words.OneLine(reading.Name)}: {Words.OneLine(reading.Problem)}"));

    private static string Sentence(string text) => Words.OneLine(text) is { Length: > 0 } line ? line.TrimEnd('.') + "." : "";
}
