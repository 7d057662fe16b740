using System.Globalization;
using Support.Measuring.Search;
using Support.Pool;

namespace Support.Reports;

/// <summary>The search for the exact limit in words.</summary>
internal static class SearchWords
{
    /// <summary>Why there are tries at all, and why they are few.</summary>
    internal const string Why =
        "Each try asks for a count between the highest that held 99 % and the lowest that did not, until the two lie within 1 % of each other, or 1. "
        + "A server that queues instead of refusing costs one deadline a try, so their number is bounded.";

    /// <summary>As in <c>2 tries</c>.</summary>
    internal static string Tries(int count) => count == 1 ? "1 try" : $"{Words.Count(count)} tries";

    /// <summary>As in <c>2 tries in 4.10 s. Ended: the limit is exact</c>.</summary>
    internal static string Ended(SearchResult search) =>
        search.Tries.IsEmpty ? $"Not searched: {Words.OneLine(search.Ended)}" : $"{Tries(search.Tries.Length)} in {Words.Seconds(search.Seconds)}. Ended: {Words.OneLine(search.Ended)}";

    /// <summary>The sign beside a try.</summary>
    internal static string Mark(SearchTry tried) => tried.Holds ? "✓" : "✗";

    /// <summary>Held of what was wanted, as in <c>98.8%</c>: what 99 % is asked of.</summary>
    internal static string Share(SearchTry tried) => Words.Percent(tried.Result.Held, Math.Max(tried.Result.Sessions, tried.Result.Attempted)) + "%";

    /// <summary>How a try began.</summary>
    internal static string Kind(SearchTry tried) => tried.Kind switch
    {
        TryKind.Clean => "clean: nothing was open",
        TryKind.Grown => "grown: added to what was open",
        _ => $"paced: added {Pace(tried.Pace)}",
    };

    /// <summary>As in <c>100 at a time</c> or <c>1 at a time, 2 a second</c>.</summary>
    internal static string Pace(OpenPace pace) =>
        $"{Words.Count(pace.InFlight)} at a time" + (pace.Rate is { } rate ? $", {Words.Number(rate)} a second" : "");

    /// <summary>Both figures of a limit that depends on pace; null where it does not, or where that was not tried.</summary>
    internal static string? Paced(CapacityReport report)
    {
        if (report.Search?.Paced is not { } paced)
            return null;
        var slow = paced.Limit.Breaks is { } breaks
            ? string.Create(CultureInfo.InvariantCulture, $"{paced.Held} were held and {breaks} were not")
            : string.Create(CultureInfo.InvariantCulture, $"{paced.Held} were held and nothing broke");
        var fast = report.Search.Tries.FirstOrDefault(tried => tried.Kind != TryKind.Paced) is { } burst ? $" ({Pace(burst.Pace)})" : "";
        return $"opened {Pace(paced.Pace)}, {slow}; at the run's own pace{fast}, {Burst(report)}";
    }

    private static string Burst(CapacityReport report) => (report.HeldAtExact ?? report.Verdict.Exact?.Holds) is { } held
        ? $"{Words.Plain(held)} were"
        : $"the limit is {ExactWords.Answer(report)}";
}
