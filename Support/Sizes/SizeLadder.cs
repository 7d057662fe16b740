using System.Collections.Immutable;
using Support.Settings;

namespace Support.Sizes;

/// <summary>The steps of a run at a size. Pure.</summary>
internal static class SizeLadder
{
    private const double BelowShare = 0.9;

    // Above a limit that holds this time: a little, as repeats differ by little, then as far as it takes.
    private static readonly double[] AboveShares = [1.1, 1.5];

    /// <summary>
    /// The counts to probe in order; a first run ends at the first that is unreliable, a repeat at the first that does
    /// not hold 99 %.
    /// </summary>
    /// <param name="ladder">
    /// The settings: where they name steps, these; else the profile's, and on from there in 1-2-5 steps until something
    /// breaks.
    /// </param>
    /// <param name="most">
    /// The most that this client can attempt: the last of the steps that go on. Null where it is not known.
    /// </param>
    /// <param name="earlier">
    /// An earlier run at the same size: its limit is measured again, without the climb. Null for the first.
    /// </param>
    public static ImmutableArray<int> For(LadderSettings ladder, int? most, SizeRun? earlier)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        var climb = IsNamed(ladder) ? ladder.Steps : Climb(ladder, most);
        if (earlier?.Verdict.Exact is not { Holds: > 0 } known)
            return climb;
        // A server that holds a little less this time is found from just below, and not by halving from nothing.
        int[] near = [(int)(known.Holds * BelowShare), known.Holds, .. known.Breaks is { } breaks
            ? [breaks, .. AboveShares.Select(share => (int)Math.Ceiling(known.Holds * share))]
            : (int[])[]];
        var top = climb[^1];
        var above = climb.Where(step => step > (known.Breaks ?? known.Holds));
        return [
            .. near.Where(step => step > 0 && (step <= top || step == known.Breaks)).Concat(above).Distinct().Order(),
        ];
    }

    private static ImmutableArray<int> Climb(LadderSettings ladder, int? most)
    {
        ImmutableArray<int> all = [.. ladder.Steps, .. LadderProfiles.OneTwoFive(
            ladder.Steps[^1], LadderProfiles.MostConnections), LadderProfiles.MostConnections];
        if (most is not { } end || end <= ladder.Steps[0])
            return all;
        // One above the end as well: it is not attempted, and says whose limit the end is.
        return [.. all.Where(step => step < end), end, .. all.Where(step => step > end).Take(1)];
    }

    private static bool IsNamed(LadderSettings ladder) =>
        ladder.LastStep is not null || !ladder.Steps.SequenceEqual(LadderProfiles.Named(ladder.Profile).Steps);
}
