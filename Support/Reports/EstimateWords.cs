using System.Collections.Immutable;
using Support.Host;
using Support.Plan;

namespace Support.Reports;

/// <summary>The estimate, and what became of it, in the words that every format uses.</summary>
internal static class EstimateWords
{
    /// <summary>As in <c>t3.medium (2 vCPUs, 4,096 MiB; Plan.Size): 15,360 to 16,000 expected; lowest: processor, 16,000; 57,344 by memory in theory</c>.</summary>
    internal static string Of(CapacityEstimate estimate) =>
        $"{Size(estimate)}: {Expected(estimate)}; {Words.Count(estimate.Theoretical)} by memory in theory";

    /// <summary>The same without what the size is and without the theory.</summary>
    internal static string Brief(CapacityEstimate estimate) => $"{Words.OneLine(estimate.Size.Name)}: {Expected(estimate)}";

    /// <summary>As in <c>lowest: processor, 16,000</c>; null where no ceiling has a number.</summary>
    internal static string? Lowest(Ceiling? lowest) => lowest is { Connections: { } connections } ? $"lowest: {Words.OneLine(lowest.Resource)}, {Words.Count(connections)}" : null;

    /// <summary>What was held beside it, as in <c>350 held (1% of the lowest)</c>.</summary>
    internal static string Held(EstimateComparison comparison) =>
        $"{Measured(comparison)} held{(comparison.Share is { } share ? $" ({Percent(share)} of the lowest)" : "")}";

    /// <summary>What the estimate is of, as a heading.</summary>
    internal static string Title(CapacityEstimate estimate, bool isCompared) => isCompared
        ? $"Estimated before, measured after: one task ({Words.OneLine(estimate.Size.Name)})"
        : $"Estimate of one task ({Words.OneLine(estimate.Size.Name)})";

    /// <summary>Why nothing stands beside the estimate.</summary>
    internal static string NotCompared(CapacityReport report) => VerdictWords.NothingMeasured(report.Verdict)
        ? "Not compared: nothing was measured."
        : "Not compared: the server that was measured is not known to be of this size.";

    /// <summary>The arithmetic, as in <c>(4,096 MiB − 512.0 MiB reserved) ÷ 64.0 KiB a connection; reserved: an eighth; a connection: the default</c>.</summary>
    internal static string Arithmetic(CapacityEstimate estimate) =>
        $"({Words.Count(estimate.Size.Memory)} MiB − {Words.Bytes(estimate.ReservedBytes)} reserved) ÷ {Words.Bytes(estimate.BytesPerConnection)} a connection; "
        + $"reserved: {Words.OneLine(estimate.ReservedFrom)}; a connection: {Words.OneLine(estimate.BytesFrom)}";

    /// <summary>The ceilings, the lowest marked.</summary>
    internal static TextTable Ceilings(CapacityEstimate estimate) => new(
        ["Resource", "Connections", "Basis", "How to raise it"],
        1..2,
        [.. estimate.Ceilings.Select(row => Cells(Name(row, estimate.BindsFirst), Words.Count(row.Connections, "–"), Words.OneLine(row.Basis), Words.OneLine(row.Next)))]);

    /// <summary>Expected and measured beside each other.</summary>
    internal static TextTable Comparison(EstimateComparison comparison) => new(
        ["", "Expected", "Measured"],
        1..,
        [
            Cells("Connections of one task", Words.Count(comparison.Estimated), $"{Measured(comparison)}{Share(comparison)}"),
            Cells("Memory for one", Words.Bytes(comparison.BytesEstimated), comparison.BytesMeasured is { } bytes ? Words.Bytes(bytes) : SizeWords.NotMeasured),
        ]);

    /// <summary>The rules of thumb, each beside what was found.</summary>
    internal static TextTable Rules(ScalingPlan plan) => new(
        ["Rule of thumb", "It says", "Found", "Right here?", "Why"],
        default,
        [
            .. plan.Rules.Select(rule => Cells(
                Words.OneLine(rule.Rule), Words.OneLine(rule.Said), Words.OneLine(rule.Found), rule.Holds switch { true => "✓ yes", false => "✗ no", null => "– not tested" }, Words.OneLine(rule.Reason))),
        ]);

    private static string Expected(CapacityEstimate estimate)
    {
        var (from, to) = (estimate.ExpectedFrom, estimate.ExpectedTo);
        var range = from == to ? Words.Count(to) : $"{Words.Count(from)} to {Words.Count(to)}";
        return $"{range} expected{(Lowest(estimate.BindsFirst) is { } lowest ? $"; {lowest}" : "")}";
    }

    private static string Measured(EstimateComparison comparison) => $"{(comparison.IsLowerBound ? "at least " : "")}{Words.Count(comparison.Measured)}";

    private static string Share(EstimateComparison comparison) => comparison.Share is { } share ? $" ({Percent(share)})" : "";

    private static string Percent(double share) => $"{Words.Count((long)Math.Round(share * 100, MidpointRounding.AwayFromZero))}%";

    private static string Name(Ceiling row, Ceiling? lowest) => Words.OneLine(row.Resource) + (ReferenceEquals(row, lowest) ? " (lowest)" : "");

    private static string Size(CapacityEstimate estimate) =>
        $"{Words.OneLine(estimate.Size.Name)} ({Words.Number(estimate.Size.Vcpus)} {(estimate.Size.Vcpus == 1 ? "vCPU" : "vCPUs")}, {Words.Count(estimate.Size.Memory)} MiB; {Words.OneLine(estimate.SizeFrom)})";

    private static ImmutableArray<string> Cells(params ImmutableArray<string> cells) => cells;
}
