using System.Collections.Immutable;
using Support.Host;
using Support.Measuring;
using static Support.Verdict.LimitEvidence;

namespace Support.Verdict;

/// <summary>
/// What happened once and not again: the connections of a step ended together, and were held when it was tried again.
/// Pure.
/// </summary>
internal static class EventFindings
{
    /// <summary>One warning a step.</summary>
    public static IEnumerable<Finding> Of(ImmutableArray<JudgedStep> steps) =>
        from step in steps
        where step is { Before.Losses: not null, Outcome: StepOutcome.Reliable }
        let lost = step.Before!.Losses!
        select new Finding(
            "Steps.Event", "Connections end together only once", CheckOutcome.Warning,
            Say($"the {step.Sessions} connections of the step stay open"),
            Say($"{lost.Count} ended within {Span(lost.TimeSpreadSeconds)} of each other{Of(step.Before!)}, "
                + $"and all were held when the step was tried again"),
            "Look for a reload, restart or deployment at that time: it is no capacity, and it ended every session.");

    private static string Of(StepResult ended) => FailureReading.Main(ended) is { } known ? $" ({known})" : "";
}
