using System.Globalization;
using Support.Measuring.Search;

namespace Support.Reports;

/// <summary>What the screen shows of the search: a row a try, as it happens.</summary>
public static class SearchRows
{
    /// <summary>As in <c>  → try 2: 354 sessions (350 held and 3 more): 350 successful (98.8%) in 1.02s</c>. The share is cut, not rounded.</summary>
    /// <param name="tried">The try.</param>
    /// <param name="before">The try before it; null for the first.</param>
    public static string Row(SearchTry tried, SearchTry? before)
    {
        ArgumentNullException.ThrowIfNull(tried);
        var result = tried.Result;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  → try {tried.Number}: {result.Sessions} sessions{How(tried, before)}: {result.Held} successful ({Words.Percent(result.Held, result.Attempted)}%) in {result.Seconds:0.00}s");
    }

    /// <summary>The same of a try at a task size, with the size in front of it.</summary>
    /// <param name="label">The size, as <see cref="Sizes.SizeRun.Label"/> has it.</param>
    /// <param name="tried">The try.</param>
    /// <param name="before">The try before it; null for the first.</param>
    public static string Row(string label, SearchTry tried, SearchTry? before) => $"  {Words.OneLine(label)} {Row(tried, before).TrimStart()}";

    private static string How(SearchTry tried, SearchTry? before)
    {
        if (tried.Kind == TryKind.Clean || before is null)
            return "";
        var more = tried.Result.Attempted - before.Result.Attempted;
        var slowly = tried is { Kind: TryKind.Paced, Pace.Rate: { } rate } ? $", {rate.ToString("0.#", CultureInfo.InvariantCulture)} a second" : "";
        return string.Create(CultureInfo.InvariantCulture, $" ({before.Result.Held} held and {more} more{slowly})");
    }
}
