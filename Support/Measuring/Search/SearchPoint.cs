using Support.Measuring;

namespace Support.Measuring.Search;

/// <summary>What one count gave: all that the search reckons with.</summary>
/// <param name="Sessions">Connections wanted; at least 1.</param>
/// <param name="Held">Of those, held.</param>
internal readonly record struct SearchPoint(int Sessions, int Held)
{
    /// <summary>
    /// How many had been opened where all of them were lost, as at a server that died; null elsewhere.
    /// </summary>
    public int? LostAt { get; init; }

    /// <summary>Whether those that it lost ended in the hold, together: what was left is no cap then.</summary>
    public bool EndedTogether { get; init; }

    /// <summary>
    /// <see cref="StepResult.HoldsShare"/> in whole percent: the search reckons in whole numbers, where nothing is
    /// rounded.
    /// </summary>
    internal const int HoldsPercent = 99;

    /// <summary>Whether 99 % were held; the same as <see cref="StepResult.Reaches"/>.</summary>
    public bool Holds => Held * 100L >= (long)Sessions * HoldsPercent;

    /// <summary>Whether one connection more would have been enough: so near a miss can be chance.</summary>
    public bool MissedByOne => !Holds && (Held + 1) * 100L >= (long)Sessions * HoldsPercent;

    /// <summary>The point of a step or a probe.</summary>
    public static SearchPoint Of(StepResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(
            Math.Max(result.Sessions, result.Attempted),
            result.Held)
        {
            LostAt = result is { Held: 0, Opened: > 0 } ? result.Opened : null,
            EndedTogether = MassEnd.IsOne(result),
        };
    }
}
