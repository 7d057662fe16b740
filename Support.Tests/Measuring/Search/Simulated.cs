using Support.Measuring.Search;

namespace Support.Tests.Measuring.Search;

/// <summary>Servers as functions from what is wanted to what is held, and the search over them.</summary>
internal static class Simulated
{
    public static readonly int[] Progressive = [10, 25, 50, 100, 200, 500, 1000, 2000, 5000];

    /// <summary>
    /// Climbs until a step is below 75 %, then searches to the end; bounded, so that a search without an end fails.
    /// </summary>
    public static (LimitSearch Search, List<SearchPoint> Tries) Run(Func<int, int> held, int[]? steps = null)
    {
        var ladder = new List<SearchPoint>();
        foreach (var sessions in steps ?? Progressive)
        {
            ladder.Add(new(sessions, held(sessions)));
            if (ladder[^1].Held < sessions * 0.75)
                break;
        }

        var search = new LimitSearch(ladder);
        var tries = new List<SearchPoint>();
        while (search.Next is { } next && tries.Count < 100)
        {
            tries.Add(new(next.Sessions, held(next.Sessions)));
            search.Learn(tries[^1]);
        }

        return (search, tries);
    }

    /// <summary>Holds so many and no more.</summary>
    public static Func<int, int> Cap(int cap) => wanted => Math.Min(cap, wanted);
}
