using System.Collections.Immutable;
using System.Text;

namespace Support.Reports;

/// <summary>A table of texts that every format renders in its own way.</summary>
/// <param name="Headers">The names of the columns.</param>
/// <param name="Numbers">The columns that are set to the right.</param>
/// <param name="Rows">The cells, row by row, as many in each as there are headers.</param>
internal sealed record TextTable(ImmutableArray<string> Headers, Range Numbers, ImmutableArray<ImmutableArray<string>> Rows)
{
    private const string Gap = "  ";

    internal bool IsNumber(int column)
    {
        var (start, count) = Numbers.GetOffsetAndLength(Headers.Length);
        return column >= start && column < start + count;
    }

    internal void WriteTo(StringBuilder markdown)
    {
        markdown.Table([.. Headers], Numbers);
        foreach (var row in Rows)
            markdown.Row([.. row]);
        markdown.Append('\n');
    }

    /// <summary>As plain text: the columns below each other, wherever every sign is as wide as any other.</summary>
    internal IEnumerable<string> Lines()
    {
        ImmutableArray<ImmutableArray<string>> all = [Headers, .. Rows.Select(row => row.Select(Words.OneLine).ToImmutableArray())];
        int[] widths = [.. Headers.Select((_, column) => all.Max(row => row[column].Length))];
        return all.Select(row => string.Join(
            Gap, row.Select((cell, column) => IsNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
