using System.Collections.Immutable;

namespace Support.Pool.Workers;

/// <summary>Divides a whole among workers in proportion; the parts add up to the whole, exactly.</summary>
internal static class PoolShares
{
    /// <summary>The parts.</summary>
    /// <param name="whole">At least 0.</param>
    /// <param name="weights">At least one; where all are 0 or less, each counts the same.</param>
    public static ImmutableArray<int> Of(int whole, IReadOnlyList<long> weights)
    {
        var usable = weights.Select(weight => Math.Max(0, weight)).ToArray();
        if (usable.Sum() == 0)
            Array.Fill(usable, 1);
        var (all, sum, given) = (usable.Sum(), 0L, 0L);
        var parts = ImmutableArray.CreateBuilder<int>(usable.Length);
        foreach (var weight in usable)
        {
            // Rounded on the running sum, so that what one part loses the next one gets.
            sum += weight;
            var until = (long)((Int128)whole * sum / all);
            parts.Add((int)(until - given));
            given = until;
        }

        return parts.MoveToImmutable();
    }

    /// <summary>As <see cref="Of"/>, and nobody gets nothing.</summary>
    /// <param name="whole">At least as much as there are weights.</param>
    /// <param name="weights">At least one.</param>
    public static ImmutableArray<int> AtLeastOne(int whole, IReadOnlyList<long> weights) =>
        [.. Of(whole - weights.Count, weights).Select(part => part + 1)];
}
