using System.Collections.Immutable;
using System.Globalization;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Verdict;

namespace Support.Reports;

/// <summary>Where the limit lies in the words that every format uses: the exact limit, else the two counts that it lies between.</summary>
internal static class ExactWords
{
    /// <summary>As in <c>350 held at once; 351 wanted still count as held at 99 %, 354 do not (2 tries, 4.1 s)</c>.</summary>
    internal static string Of(CapacityReport report) => Answer(report) + Cost(report.Search);

    /// <summary>The same without what it cost.</summary>
    internal static string Answer(CapacityReport report) => VerdictWords.ClientWasTheLimit(report.Verdict)
        ? VerdictWords.AtLeast(report.Verdict)
        : Range(report) switch
        {
            ({ } holds, { } breaks, true) => Found(report.HeldAtExact, holds, breaks),
            ({ } holds, { } breaks, false) => $"between {Words.Plain(holds)} and {Words.Plain(breaks)}: {Words.Plain(holds)} held at 99 % or better, {Words.Plain(breaks)} did not",
            (null, { } breaks, _) => $"below {Words.Plain(breaks)}: no count held 99 % or better",
            ({ } holds, null, true) when SomethingBroke(report) => $"at least {Words.Plain(holds)}: a lower bound, the limit above it was not found",
            ({ } holds, null, true) => $"at least {Words.Plain(holds)}: a lower bound, nothing broke",
            ({ } holds, null, false) => $"at least {Words.Plain(holds)}: no step above it was measured",
            _ => "not measured",
        };

    /// <summary>The same inside a longer line, as in <c>350 (354 were not held)</c>.</summary>
    internal static string Brief(CapacityReport report) => Range(report) is ({ } holds, { } breaks, true)
        ? $"{Words.Plain(report.HeldAtExact ?? holds)} ({Words.Plain(breaks)} were not held)"
        : Answer(report);

    /// <summary>The same as short as a figure has to be, as in <c>200 – 500</c>.</summary>
    internal static string Number(CapacityReport report) => VerdictWords.ClientWasTheLimit(report.Verdict)
        ? "≥ " + Words.Count(report.Verdict.HeldAtOnce)
        : Range(report) switch
        {
            ({ } holds, { }, true) => Words.Count(report.HeldAtExact ?? holds),
            ({ } holds, { } breaks, false) => $"{Words.Count(holds)} – {Words.Count(breaks)}",
            (null, { } breaks, _) => "< " + Words.Count(breaks),
            ({ } holds, null, _) => "≥ " + Words.Count(holds),
            _ => "not measured",
        };

    /// <summary>What stands below the figure.</summary>
    internal static string Note(CapacityReport report) => VerdictWords.ClientWasTheLimit(report.Verdict)
        ? "this client was the limit"
        : Range(report) switch
        {
            ({ } holds, { } breaks, true) when report.HeldAtExact is { } held && held < holds =>
                $"held at once; {Words.Count(holds)} wanted still count as held at 99 %, {Words.Count(breaks)} do not",
            ({ }, { } breaks, true) => $"held at 99 % or better; {Words.Count(breaks)} did not",
            ({ }, { }, false) => "between the highest count that held 99 % or better and the lowest that did not",
            (null, { }, _) => "no count held 99 % or better",
            ({ }, null, true) => SomethingBroke(report) ? "a lower bound: the limit above it was not found" : "a lower bound: nothing broke",
            ({ }, null, false) => "no step above it was measured",
            _ => "no step was measured",
        };

    // A hard cap of 350 holds 99 % of 353: the words must not make a capacity of what was wanted.
    private static string Found(int? held, int holds, int breaks) => held switch
    {
        null => $"{Words.Plain(holds)} held at 99 % or better, {Words.Plain(breaks)} did not",
        { } all when all >= holds => $"{Words.Plain(holds)} held; {Words.Plain(breaks)} did not",
        { } some => $"{Words.Plain(some)} held at once; {Words.Plain(holds)} wanted still count as held at 99 %, {Words.Plain(breaks)} do not",
    };

    private static string Cost(SearchResult? search) => search is { Tries.Length: > 0 and var tries }
        ? string.Create(CultureInfo.InvariantCulture, $" ({SearchWords.Tries(tries)}, {search.Seconds:0.0} s)")
        : "";

    private static (int? Holds, int? Breaks, bool IsAnswer) Range(CapacityReport report)
    {
        if (report.Verdict.Exact is { } exact)
            return (exact.Holds, exact.Breaks, exact.Breaks is null || exact.IsExact);
        if (report.Search is { Limit: { } limit })
            return (limit.Holds, limit.Breaks, limit.Breaks is null);
        // A search that was cut off still narrowed what the ladder left.
        var (held, broke) = (report.Search?.Tries ?? []).Aggregate(LimitRange.Of(report.Steps), (range, tried) => range.After(tried));
        return (held, broke, false);
    }

    private static bool SomethingBroke(CapacityReport report) => report.Steps.Any(
        step => step.Outcome != StepOutcome.NotAttempted && step.Result is { Attempted: > 0 } result && !result.Reaches(StepResult.HoldsShare));
}
