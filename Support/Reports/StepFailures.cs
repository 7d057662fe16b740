using System.Collections.Immutable;
using Support.Measuring;

namespace Support.Reports;

/// <summary>The failures of a step in the one order that every format uses.</summary>
internal static class StepFailures
{
    /// <summary>By class, ordinal: the dictionary's own order follows the culture of the machine.</summary>
    internal static IEnumerable<KeyValuePair<string, T>> InOrder<T>(ImmutableSortedDictionary<string, T>? entries) =>
        entries is null ? [] : entries.OrderBy(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>As in <c>HandshakeRejected(503) × 150</c>; empty where nothing failed.</summary>
    internal static string InWords(StepResult? result) =>
        string.Join(", ", InOrder(result?.Failures).Select(failure => $"{Words.OneLine(failure.Key)} × {Words.Count(failure.Value)}"));
}
