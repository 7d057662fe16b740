using System.Collections.Immutable;
using Support.Environments;
using Support.Plan;

namespace Support.Reports;

/// <summary>The estimate, and what became of it, in the words that every format uses.</summary>
internal static class EstimateWords
{
    /// <summary>As in <c>t3.medium (2 vCPUs, 4,096 MiB; Plan.Size): 57,344 connections in theory, 30,000 to 40,000 in practice; processor binds first, at 8,000</c>.</summary>
    internal static string Of(CapacityEstimate estimate)
    {
        var first = estimate.BindsFirst is { Resource: not "memory" } binding ? $"; {Words.OneLine(binding.Resource)} binds first, at {Words.Count(binding.Connections)}" : "";
        return $"{Size(estimate)}: {Words.Count(estimate.Theoretical)} connections by memory in theory, "
            + $"{Words.Count(estimate.PracticalFrom)} to {Words.Count(estimate.PracticalTo)} in practice{first}";
    }

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
            Cells("Connections of one task", Words.Count(comparison.Estimated), $"{(comparison.IsLowerBound ? "at least " : "")}{Words.Count(comparison.Measured)}{Share(comparison)}"),
            Cells("Memory for one", Words.Bytes(comparison.BytesEstimated), comparison.BytesMeasured is { } bytes ? Words.Bytes(bytes) : SizeWords.NotMeasured),
        ]);

    /// <summary>The rules of thumb, each beside what was found.</summary>
    internal static TextTable Rules(ScalingPlan plan) => new(
        ["Rule of thumb", "It says", "Found", "Holds", "Why"],
        default,
        [
            .. plan.Rules.Select(rule => Cells(
                Words.OneLine(rule.Rule), Words.OneLine(rule.Said), Words.OneLine(rule.Found), rule.Holds switch { true => "✓ yes", false => "✗ no", null => "– not tried" }, Words.OneLine(rule.Reason))),
        ]);

    private static string Share(EstimateComparison comparison) => comparison.Share is { } share ? $" ({Words.Count((long)Math.Round(share * 100))}%)" : "";

    private static string Name(Ceiling row, Ceiling? first) => Words.OneLine(row.Resource) + (ReferenceEquals(row, first) ? " (binds first)" : "");

    private static string Size(CapacityEstimate estimate) =>
        $"{Words.OneLine(estimate.Size.Name)} ({Words.Number(estimate.Size.Vcpus)} {(estimate.Size.Vcpus == 1 ? "vCPU" : "vCPUs")}, {Words.Count(estimate.Size.Memory)} MiB; {Words.OneLine(estimate.SizeFrom)})";

    private static ImmutableArray<string> Cells(params ImmutableArray<string> cells) => cells;
}
