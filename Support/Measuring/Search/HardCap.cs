namespace Support.Measuring.Search;

/// <summary>
/// What a server that holds so many and no more would answer: the two counts that an exact limit consists of, worked
/// out and not yet measured.
/// </summary>
internal static class HardCap
{
    /// <summary>The two counts for a cap.</summary>
    /// <remarks>
    /// The first count that breaks is the first of which the cap is less than 99 %. The other is the lowest that lies
    /// near enough to it, so that it claims as little above the cap as an exact limit can: 351 and 354 for a cap of
    /// 350, where 353 and 354 would do as well.
    /// </remarks>
    /// <param name="cap">Connections held at once; 0 or more.</param>
    public static (int Holds, int Breaks) Of(int cap)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cap);
        var breaks = (int)((cap * 100L / SearchPoint.HoldsPercent) + 1);
        var holds = Math.Max(cap, (int)(breaks * 100L / 101));
        while (!LimitSearch.AreNear(holds, breaks))
            holds++;
        return (holds, breaks);
    }
}
