using System.Collections.Immutable;
using Support.Measuring;
using Support.Pool;

namespace Support.Reports;

/// <summary>The failures of a step in the one order that every format uses.</summary>
internal static class StepFailures
{
    /// <summary>By class as it is spelt, ordinal.</summary>
    internal static IEnumerable<KeyValuePair<string, T>> InOrder<T>(ImmutableSortedDictionary<FailureClass, T>? entries) =>
        entries is null ? [] : entries.Select(entry => KeyValuePair.Create(entry.Key.ToString(), entry.Value));

    /// <summary>As in <c>HandshakeRejected(503) × 150</c>; empty where nothing failed.</summary>
    internal static string InWords(StepResult? result) =>
        string.Join(", ", InOrder(result?.Failures).Select(failure => $"{Words.OneLine(failure.Key)} × {Words.Count(failure.Value)}"));
}
