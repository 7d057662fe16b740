using System.Collections.Immutable;
using Support.Host;
using Support.Reports.Documents;
using Support.Verdict;
using static Support.Reports.Content.Numbers;

namespace Support.Reports.Content;

/// <summary>How a run ended, in a word and a line.</summary>
/// <param name="Tone">How good that is.</param>
/// <param name="Word">In capitals, as in <c>PASSED</c>.</param>
/// <param name="Line">A clause without a full stop, as in <c>Connection limit found: 730</c>.</param>
/// <param name="Reasons">Why it is no pass, one line each; empty for a pass, and where the line says it all.</param>
internal sealed record Headline(Tone Tone, string Word, string Line, ImmutableArray<string> Reasons)
{
    /// <summary>What to do first; empty where there is nothing to do.</summary>
    internal string Next { get; private init; } = "";

    private const string SettingsCheck = "Settings.Usable";

    internal static Headline Of(CapacityReport report)
    {
        var headline = Ended(report);
        // A check that failed knows best what it asks for.
        var failed = report.Verdict.PeakConnections is null ? Failed(report).FirstOrDefault() : null;
        return headline with { Next = failed is { Next.Length: > 0 } ? failed.Next : report.Verdict.Bottleneck.Next };
    }

    private static Headline Ended(CapacityReport report)
    {
        var verdict = report.Verdict;
        return verdict.Outcome switch
        {
            RunOutcome.Passed => new(PassedTone(verdict), "PASSED", Limit(report), []),
            RunOutcome.Failed => new(Tone.Bad, "FAILED", Limit(report), verdict.Reasons),
            _ when report.Rebuilt is { } earlier =>
                new(Tone.Warning, "NOT MEASURED", "Nothing was measured in this run; the figures are an earlier run's",
                    [Phrases.Of(earlier)]),
            RunOutcome.NotAttempted => NotMeasured(report, Tone.Warning, "NOT MEASURED"),
            _ => NotMeasured(report, Tone.Bad, report.Interrupted is null ? "COULD NOT MEASURE" : "INTERRUPTED"),
        };
    }

    private static IEnumerable<Finding> Failed(CapacityReport report) =>
        report.Checks.Where(check => check.Outcome == CheckOutcome.Critical);

    private static Tone PassedTone(RunVerdict verdict) =>
        verdict is { SafeLimit: > 0, Bottleneck.Side: not BottleneckSide.Client } ? Tone.Good : Tone.Warning;

    private static string Limit(CapacityReport report)
    {
        var limit = FoundLimit.Of(report);
        var line = report.Verdict.SafeLimit is > 0 || limit.Kind == LimitKind.NotMeasured
            ? limit.Headline
            : "No number of connections was reliable";
        return report.Sizes?.Chosen is { } size ? $"{size}: {char.ToLowerInvariant(line[0])}{line[1..]}" : line;
    }

    // What failed stands once: a failed check is the reason and not a sentence about it.
    private static Headline NotMeasured(CapacityReport report, Tone tone, string word)
    {
        var failed = Failed(report).ToArray();
        if (report.Verdict.PeakConnections is not null || failed.Length == 0)
            return report.Verdict.Reasons is [var only]
                ? new(tone, word, Phrases.Capital(only.TrimEnd('.')), [])
                : new(tone, word, "The measurement failed", report.Verdict.Reasons);
        if (failed.FirstOrDefault(check => check.Id == SettingsCheck) is { } settings)
            return new(tone, word, "The settings cannot be used", [.. settings.Actual.Split('\n')]);
        return failed is [var check]
            ? new(tone, word, $"Check failed: {check.Title}", [check.Actual])
            : new(tone, word, $"{Count(failed.Length)} checks failed",
                [.. failed.Select(one => $"{one.Title}: {one.Actual}")]);
    }
}
