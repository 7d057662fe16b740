using System.Collections.Immutable;
using Support.Pool;

namespace Support.Tests;

/// <summary>Failure classes as the reports spell them, for tests that read so.</summary>
internal static class Classes
{
    /// <summary>A tally of them.</summary>
    public static ImmutableSortedDictionary<FailureClass, T> Of<T>(params (string Name, T Value)[] entries) =>
        entries.ToImmutableSortedDictionary(entry => FailureClass.Parse(entry.Name), entry => entry.Value);

    /// <summary>A tally's entries by their spelling, in its order.</summary>
    public static IReadOnlyDictionary<string, T> Spelt<T>(this ImmutableSortedDictionary<FailureClass, T> tally) =>
        tally.ToImmutableSortedDictionary(entry => entry.Key.ToString(), entry => entry.Value, StringComparer.Ordinal);
}
