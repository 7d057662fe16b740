using System.Collections.Immutable;
using Support.Settings;

namespace Support.Sizes;

/// <summary>The steps of a run at a size. Pure.</summary>
public static class SizeLadder
{
    private const double NearShare = 0.9;

    /// <summary>The counts to try in order; a run ends at the first that is unreliable.</summary>
    /// <param name="ladder">The settings: where they name steps, these; else the profile's, and on from there in 1-2-5 steps until something breaks.</param>
    /// <param name="most">The most that this client can attempt: the last of the steps that go on. Null where it is not known.</param>
    /// <param name="earlier">An earlier run at the same size: its limit is measured again, without the climb. Null for the first.</param>
    public static ImmutableArray<int> For(LadderSettings ladder, int? most, SizeRun? earlier)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        if (earlier?.Verdict.Exact is not { Holds: > 0 } known)
            return Climb(ladder, most);
        ImmutableArray<int> counts = known.Breaks is { } breaks ? [known.Holds, breaks] : Ending(ladder, known.Holds);
        // A server that holds a little less this time is found below, and not by halving from nothing.
        var below = (int)(known.Holds * NearShare);
        return below > 0 && below < counts[0] ? [below, .. counts] : counts;
    }

    // Where nothing broke, the count that held is the last to try; what made the earlier run end there is met again above it.
    private static ImmutableArray<int> Ending(LadderSettings ladder, int holds) =>
        [holds, .. IsNamed(ladder) ? ladder.Steps.Where(step => step > holds).Take(1) : LadderProfiles.OneTwoFive(holds, LadderDefinitions.MostConnections).Take(1)];

    private static ImmutableArray<int> Climb(LadderSettings ladder, int? most)
    {
        if (IsNamed(ladder))
            return ladder.Steps;
        ImmutableArray<int> all = [.. ladder.Steps, .. LadderProfiles.OneTwoFive(ladder.Steps[^1], LadderDefinitions.MostConnections), LadderDefinitions.MostConnections];
        if (most is not { } end || end <= ladder.Steps[0])
            return all;
        // One above the end as well: it is not attempted, and says whose limit the end is.
        return [.. all.Where(step => step < end), end, .. all.Where(step => step > end).Take(1)];
    }

    private static bool IsNamed(LadderSettings ladder) => ladder.LastStep is not null || !ladder.Steps.SequenceEqual(LadderProfiles.Named(ladder.Profile).Steps);
}
