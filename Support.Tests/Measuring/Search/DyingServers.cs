using Support.Measuring.Search;

namespace Support.Tests.Measuring.Search;

/// <summary>Servers that end above their limit, as functions: what is held is all or nothing.</summary>
internal static class DyingServers
{
    /// <summary>
    /// Climbs until a step is below 75 %, then searches to the end; bounded, so that a search without an end fails.
    /// </summary>
    /// <param name="limit">What it holds, by the number of the try or step from 0.</param>
    /// <param name="burst">How many of its connections had not been opened yet from here when it died.</param>
    public static (LimitSearch Search, List<SearchPoint> Tries) Run(Func<int, int> limit, int burst = 0)
    {
        var count = 0;
        SearchPoint Try(int sessions)
        {
            var most = limit(count++);
            return sessions <= most ? new(sessions, sessions) : new(sessions, 0) { LostAt = Math.Max(1, most - burst) };
        }

        var ladder = Simulated.Progressive.Select(Try).ToList();
        var search = new LimitSearch(ladder[..(ladder.FindIndex(point => !point.Holds) + 1)]);
        var tries = new List<SearchPoint>();
        while (search.Next is { } next && tries.Count < 100)
        {
            tries.Add(Try(next.Sessions));
            search.Learn(tries[^1]);
        }

        return (search, tries);
    }
}
