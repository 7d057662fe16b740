using System.Collections.Immutable;
using Support.Reports;
using Support.Reports.Content;
using Support.Reports.Documents;

namespace Support.Tests.Reports.Content;

/// <summary>Finds in a document what a reader finds.</summary>
internal static class Walk
{
    /// <summary>Every block, those that are folded included.</summary>
    internal static IEnumerable<Block> All(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
    {
        Block.Details details => All(details.Blocks).Prepend(block),
        Block.Appendix rest => All(rest.Blocks).Prepend(block),
        _ => [block],
    });

    internal static IEnumerable<Block> Report(CapacityReport report) => All(ReportContent.Of(report).Blocks);

    internal static IEnumerable<Figure> Figures(
        IEnumerable<Block> blocks) => All(blocks).OfType<Block.Figures>().SelectMany(one => one.Items);

    /// <summary>The figure of that name as it is read; null where there is none.</summary>
    internal static string? Figure(IEnumerable<Block> blocks, string name) =>
        Figures(blocks).FirstOrDefault(figure => figure.Name == name) is { } found
            ? found.Note is { } note ? $"{found.Value} ({note})" : found.Value.Plain
            : null;

    internal static Block.Table? Table(IEnumerable<Block> blocks, string caption) =>
        All(blocks).OfType<Block.Table>().FirstOrDefault(table => table.Caption == caption);

    /// <summary>A row's cells as they are read.</summary>
    internal static ImmutableArray<string> Cells(Row row) => [.. row.Cells.Select(cell => cell.Plain)];
}
