using System.Collections.Immutable;
using Support.Measuring;
using Support.Verdict;

namespace Support.Reports;

/// <summary>Where the limit lies in the words that every format uses: the exact limit, else the two steps that it lies between.</summary>
internal static class ExactWords
{
    /// <summary>As in <c>between 200 and 500: 200 held at 99 % or better, 500 did not</c>.</summary>
    internal static string Of(CapacityReport report) => report.Verdict.Exact switch
    {
        { Breaks: { } breaks } exact => $"{Words.Plain(exact.Holds)} held at 99 % or better, {Words.Plain(breaks)} not",
        { } exact => $"at least {Words.Plain(exact.Holds)}: a lower bound, nothing broke",
        null => Between(report.Steps) switch
        {
            ({ } held, { } broke) => $"between {Words.Plain(held)} and {Words.Plain(broke)}: {Words.Plain(held)} held at 99 % or better, {Words.Plain(broke)} did not",
            (null, { } broke) => $"below {Words.Plain(broke)}: no step held 99 % or better",
            ({ } held, null) => $"at least {Words.Plain(held)}: no step above it was measured",
            _ => "not measured",
        },
    };

    /// <summary>The same as short as a figure has to be, as in <c>200 – 500</c>.</summary>
    internal static string Number(CapacityReport report) => report.Verdict.Exact switch
    {
        { Breaks: null } exact => "≥ " + Words.Count(exact.Holds),
        { } exact => Words.Count(exact.Holds),
        null => Between(report.Steps) switch
        {
            ({ } held, { } broke) => $"{Words.Count(held)} – {Words.Count(broke)}",
            (null, { } broke) => "< " + Words.Count(broke),
            ({ } held, null) => "≥ " + Words.Count(held),
            _ => "not measured",
        },
    };

    /// <summary>What stands below the figure.</summary>
    internal static string Note(CapacityReport report) => report.Verdict.Exact switch
    {
        { Breaks: { } breaks } => $"held at 99 % or better; {Words.Count(breaks)} was not",
        { } => "a lower bound: nothing broke",
        null => Between(report.Steps) switch
        {
            ({ }, { }) => "between the highest step that held 99 % or better and the first that did not",
            (null, { }) => "no step held 99 % or better",
            ({ }, null) => "no step above it was measured",
            _ => "no step was measured",
        },
    };

    // A step that was broken off says nothing about the limit, in either direction.
    private static (int? Held, int? Broke) Between(ImmutableArray<JudgedStep> steps)
    {
        var judged = steps.Where(step => step.Outcome != StepOutcome.NotAttempted && step.Result is { Attempted: > 0 }).ToList();
        var holding = judged.TakeWhile(step => step.Outcome == StepOutcome.Reliable && step.Result!.Reaches(StepResult.HoldsShare)).ToList();
        return (holding.LastOrDefault()?.Sessions, judged.ElementAtOrDefault(holding.Count)?.Sessions);
    }
}
