using Support.Measuring;
using Support.Measuring.Search;
using Support.Verdict;
using static Support.Reports.Content.Numbers;

namespace Support.Reports.Content;

/// <summary>What a run knows of the limit.</summary>
internal enum LimitKind
{
    /// <summary>Nothing was measured.</summary>
    NotMeasured,

    /// <summary>The limit itself: one count was held, and one at most 1 % above it was not.</summary>
    Found,

    /// <summary>It lies between two counts.</summary>
    Between,

    /// <summary>Not even the smallest count was held.</summary>
    Below,

    /// <summary>Every count was held.</summary>
    NotReached,

    /// <summary>One count was held; something failed above it, and where the limit lies was not found.</summary>
    Above,

    /// <summary>It differs from probe to probe.</summary>
    Varies,

    /// <summary>How connections are opened set it: no number of connections is known as a limit.</summary>
    OfOpening,

    /// <summary>This client ran out before the server did.</summary>
    OfThisClient,

    /// <summary>Nothing was measured here; it is the baseline file's.</summary>
    Accepted,
}

/// <summary>The limit as far as it is known.</summary>
/// <param name="Kind">How much is known.</param>
/// <param name="Low">The highest count of which 99 % was held; null where there is none.</param>
/// <param name="High">The lowest count above it of which less was held; null where there is none.</param>
/// <param name="Held">The most that were held at once of <paramref name="Low"/>; null where not known.</param>
internal sealed record FoundLimit(LimitKind Kind, int? Low, int? High, int? Held)
{
    /// <summary>What the run has to say of the limit.</summary>
    internal static FoundLimit Of(CapacityReport report)
    {
        var verdict = report.Verdict;
        if (verdict.PeakConnections is not { } most)
            return new(LimitKind.NotMeasured, null, null, null);
        if (IsOfThisClient(verdict))
            return new(LimitKind.OfThisClient, most, null, most);
        if (report.Steps.All(step => step.Result is null) && report.Search is null)
            return new(LimitKind.Accepted, most, null, most);
        if (verdict.Interval is { } varies)
            return new(LimitKind.Varies, varies.Low, varies.High, varies.Low);
        var (low, high, held) = (verdict.Exact ?? report.Search?.Limit) is { } found
            ? (found.Holds, found.Breaks, found.Held ?? found.Holds)
            : (Narrowed(report) is var range ? range.Holds : null, range.Breaks, range.Holds);
        return new(KindOf(report, low, high), low, high, held);
    }

    /// <summary>As short as it can be: <c>350</c>, <c>at least 1,000</c>, <c>200 to 500</c>.</summary>
    internal string Value => Kind switch
    {
        LimitKind.Found or LimitKind.Accepted => Count(Held ?? Low),
        LimitKind.Between or LimitKind.Varies => $"{Count(Low)} to {Count(High)}",
        LimitKind.Below => $"fewer than {Count(High)}",
        LimitKind.NotMeasured => "not measured",
        _ => $"at least {Count(Held ?? Low)}",
    };

    /// <summary>What the value is based on.</summary>
    internal string Basis => Kind switch
    {
        LimitKind.Found => $"{Count(High)} were not held",
        LimitKind.Between => $"{Count(Low)} were held, {Count(High)} were not",
        LimitKind.Varies => "it differs from probe to probe",
        LimitKind.Below => "no count was held",
        LimitKind.OfOpening => "more fail by how they are opened, not by their number",
        LimitKind.NotReached => "no limit reached",
        LimitKind.Above => "something failed above it, and the limit was not found",
        LimitKind.OfThisClient => "this client was the limit, the server may hold more",
        LimitKind.Accepted => "of the baseline file, not measured here",
        _ => "no step was measured",
    };

    /// <summary>The same as the headline of a run.</summary>
    internal string Headline => Kind switch
    {
        LimitKind.Found => $"Connection limit found: {Value}",
        LimitKind.Between => $"Connection limit between {Count(Low)} and {Count(High)}",
        LimitKind.Below => $"Connection limit below {Count(High)}",
        LimitKind.Varies => $"Connection limit varies between {Count(Low)} and {Count(High)}",
        LimitKind.OfOpening =>
            $"At least {Count(Held ?? Low)} connections; more fail by how they are opened, not by their number",
        LimitKind.NotReached => $"No limit reached up to {Count(Held ?? Low)} connections",
        LimitKind.Above => $"At least {Count(Held ?? Low)} connections; the limit itself was not found",
        LimitKind.OfThisClient => $"At least {Count(Held)} connections; this client was the limit",
        LimitKind.Accepted => $"Not measured here; the baseline file has a limit of {Value}",
        _ => "Nothing was measured",
    };

    /// <summary>Whether this side ran out before the server did: then no figure is a capacity of the server.</summary>
    internal static bool IsOfThisClient(RunVerdict verdict) =>
        verdict is { Bottleneck.Side: BottleneckSide.Client, PeakConnections: > 0 };

    private static LimitKind KindOf(CapacityReport report, int? low, int? high) => (low, high) switch
    {
        ({ } holds, { } breaks) => new ExactLimit(holds, breaks).IsExact ? LimitKind.Found : LimitKind.Between,
        (null, { }) => LimitKind.Below,
        ({ }, null) when report.Verdict.Opening is not null => LimitKind.OfOpening,
        ({ }, null) => report.Steps.Any(Broke) ? LimitKind.Above : LimitKind.NotReached,
        _ => LimitKind.NotMeasured,
    };

    // A search that was cut off still narrowed what the ladder left.
    private static LimitRange Narrowed(CapacityReport report) =>
        (report.Search?.Probes ?? []).Aggregate(LimitRange.Of(report.Steps), (range, tried) => range.After(tried));

    private static bool Broke(JudgedStep step) => step.Outcome != StepOutcome.NotAttempted
        && step.Result is { Attempted: > 0 } result && !result.Reaches(StepResult.HoldsShare);
}
