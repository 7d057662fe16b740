using System.Collections.Immutable;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>Each run at each size, as a table.</summary>
internal static class SizeRunTable
{
    /// <summary>Null where none ran.</summary>
    internal static TextTable? Of(SizeReport sizes) => sizes.Runs.IsDefaultOrEmpty
        ? null
        : new(
            ["Task size", "Run", "Held at once", "Exact limit", "Safe limit", "Time", "Limit set by", "What else"],
            1..6,
            [.. sizes.Runs.Select(Cells)]);

    private static ImmutableArray<string> Cells(SizeRun run) =>
    [
        run.Label,
        Words.Plain(run.Number),
        Words.Count(run.Verdict.HeldAtOnce, "–"),
        run.Verdict.Exact is null ? "–" : SizeLines.Exact(run),
        Words.Count(run.Verdict.SafeLimit, "–"),
        SizeWords.Seconds(run.Seconds),
        run.Fault is null && run.NotStarted is null ? SizeWords.BoundBy(run.Verdict) : "–",
        string.Join("; ", Else(run).OfType<string>()),
    ];

    private static IEnumerable<string?> Else(SizeRun run)
    {
        yield return run.Fault is { } fault ? $"not measured: {Words.OneLine(fault)}" : null;
        yield return run.NotStarted is { } why ? $"did not start: {Words.OneLine(why)}" : null;
        yield return SizeLines.Restarts(run);
        // What a server says on its way out may hold anything: of that only what is known is shown.
        yield return ServerEndWords.OfLast(run.Restarts) is { } end ? $"its end: {end.Words}" : null;
    }
}
