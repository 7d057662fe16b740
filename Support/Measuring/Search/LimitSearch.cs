using System.Collections.Immutable;

namespace Support.Measuring.Search;

/// <summary>A count to probe.</summary>
/// <param name="Sessions">The count.</param>
/// <param name="IsExpectedToBreak">Whether it is tried to see it fail: one more than a cap allows.</param>
internal readonly record struct SearchMove(int Sessions, bool IsExpectedToBreak);

/// <summary>
/// Which count to probe next, from what the ladder and the probes so far have shown. No I/O, no clock: the same points
/// give the same answer.
/// </summary>
/// <remarks>
/// A server with a hard cap holds that cap in every step above it, so the held count of the failed step is the best
/// guess, and two probes confirm it. A server that dies above its limit holds nothing then: what it had opened by that
/// time is the guess. Where two guesses were wrong the server degrades in another way, and what lies between is halved.
/// A count that failed where that is a surprise is tried a second time: if it holds then, the first was chance; if it
/// fails again, it is the limit, whatever was held above it. So is one that held clearly fewer than a lower count did,
/// before it ends the search.
/// </remarks>
internal sealed class LimitSearch
{
    // A guess is wrong at a server that degrades gradually, and each costs a probe that halving would have made better
    // use of.
    private const int MostWrongGuesses = 2;

    private readonly List<SearchPoint> points;
    private readonly HashSet<int> surprises = [];
    private int wrongGuesses;

    /// <summary>Begins with what the ladder knows.</summary>
    /// <param name="ladder">Its measured steps.</param>
    public LimitSearch(IEnumerable<SearchPoint> ladder) => points = [.. ladder];

    /// <summary>The highest count below <see cref="High"/> that held 99 %; 0 where none did.</summary>
    public int Low
    {
        get
        {
            var high = High ?? int.MaxValue;
            return points.Where(point => point.Holds && point.Sessions < high)
                .Select(point => point.Sessions).DefaultIfEmpty(0).Max();
        }
    }

    /// <summary>The lowest count that did not hold, and never did; null where no limit was reached.</summary>
    public int? High => Failing.Select(count => (int?)count).Min();

    /// <summary>The limit as far as it is known; null where no count held.</summary>
    public ExactLimit? Limit => Low == 0 ? null : new(Low, High);

    /// <summary>
    /// The next count to probe; null where no limit was reached, or what is left between <see cref="Low"/> and
    /// <see cref="High"/> is near enough.
    /// </summary>
    public SearchMove? Next => High switch
    {
        null => null,
        { } high when IsDoubtful(high) => new(high, IsExpectedToBreak: false),
        { } high when AreNear(Low, high) => IsOneEvent(high) ? new(high, IsExpectedToBreak: false) : null,
        { } high => Guess(Low, high) ?? new(Low + ((high - Low) / 2), IsExpectedToBreak: false),
    };

    /// <summary>Counts that failed once and held when they were tried again.</summary>
    public ImmutableArray<int> ByChance =>
        [.. points.GroupBy(point => point.Sessions)
            .Where(same => same.Any(p => p.Holds) && same.Any(p => !p.Holds)).Select(same => same.Key).Order()];

    /// <summary>All that is known so far.</summary>
    public IReadOnlyList<SearchPoint> Points => points;

    // Where the server died at a count, that count is a limit, though it survived it once: the worse of two tries.
    private IEnumerable<int> Failing =>
        points.GroupBy(point => point.Sessions)
            .Where(same => !same.Any(point => point.Holds) || same.Any(point => point.LostAt is not null))
            .Select(same => same.Key);

    /// <summary>Whether two counts lie as near as an exact limit has to: 1 % of the lower one, or 1.</summary>
    public static bool AreNear(int holds, int breaks) => new ExactLimit(holds, breaks).IsExact;

    /// <summary>Takes in what a probe gave.</summary>
    public void Learn(SearchPoint point)
    {
        if (!point.Holds && High is { } high && CountsAt(high).Holds == point.Sessions)
        {
            wrongGuesses++;
            // As many were held at once before: what the server still had to do for the probe before, or one unlucky
            // connection, can be the reason.
            if (HeldAt(high) > 0)
                surprises.Add(point.Sessions);
        }

        points.Add(point);
    }

    private SearchMove? Guess(int low, int high)
    {
        if (wrongGuesses >= MostWrongGuesses)
            return null;
        var (holds, breaks) = CountsAt(high);
        if (holds > low && holds < high)
            return new(holds, IsExpectedToBreak: false);
        // Where more were held than the failed count held, that was no cap.
        var held = HeldAt(high);
        var isRefuted = held > 0 && points.Any(point => point.Held > held && point.LostAt is null);
        return breaks > low && breaks < high && !isRefuted ? new(breaks, IsExpectedToBreak: true) : null;
    }

    // A cap leaves 99 % of a little more than itself; a server that dies at one too many leaves nothing.
    private (int Holds, int Breaks) CountsAt(int count) =>
        points.Where(point => point.Sessions == count).Max(point => point.LostAt) is { } lost && HeldAt(count) == 0
            ? (lost, lost + Math.Max(1, lost / 100))
            : HardCap.Of(HeldAt(count));

    private int HeldAt(int count) => points.Where(point => point.Sessions == count).Max(point => point.Held);

    // A limit takes what is above it and leaves the rest: one failure that took what a lower count held may have been a
    // crash, or a restart.
    private bool IsOneEvent(int count) =>
        points.Count(point => point.Sessions == count) == 1 && !new SearchPoint(Low, HeldAt(count)).Holds;

    // Failed once, although a higher count held, or by one connection although as many were held at once, or against a
    // good guess.
    private bool IsDoubtful(int count)
    {
        var failed = points.Where(point => point.Sessions == count).ToList();
        if (failed.Count > 1)
            return false;
        return surprises.Contains(count)
            || points.Any(point => point.Holds && point.Sessions > count)
            || (failed[0].MissedByOne && points.Any(point => point.Held >= count));
    }
}
