using System.Collections.Immutable;

namespace Support.Reports.Documents;

/// <summary>A document as plain text for a screen: no picture, nothing folded, no line over 120 columns.</summary>
internal static class ConsoleRenderer
{
    /// <summary>The most columns that a line takes.</summary>
    internal const int MostColumns = 120;

    private const int Indent = 2;
    private const int Gap = 2;

    // As wide as "Recommended max" and a gap, so that the figures of any two runs stand below each other.
    private const int LeastNameColumns = 20;
    private const int MostNameColumns = 40;
    private const int LeastCellColumns = 8;

    /// <summary>The lines, without an empty one at either end.</summary>
    internal static ImmutableArray<string> Render(Document document)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        Block? before = null;
        foreach (var block in PlainText.Shown(document.Blocks, IsShown))
        {
            string[] own = [.. Lines(block).Select(line => line.TrimEnd())];
            if (own.Length == 0)
                continue;
            if (before is not null && !IsOneWith(before, block))
                lines.Add("");
            lines.AddRange(own);
            before = block;
        }

        return lines.ToImmutable();
    }

    private static bool IsOneWith(Block before, Block block) =>
        (before is Block.Paragraph && block is Block.Paragraph) || (before is Block.Callout && block is Block.Callout);

    private static bool IsShown(Block block) => block is not (Block.Picture or Block.Details or Block.Appendix);

    private static IEnumerable<string> Lines(Block block) => block switch
    {
        Block.Heading heading => Wrapped(Plain(heading.Text)),
        Block.Banner banner => Wrapped(Plain(banner.Text), PlainText.Line(banner.Word) + "   "),
        Block.Paragraph paragraph => Wrapped(Plain(paragraph.Text)),
        Block.Callout callout => Wrapped(Plain(callout.Text), PlainText.Signed(callout.Tone)),
        Block.Bullets list =>
            list.Items.SelectMany((item, index) => Wrapped(Plain(item), PlainText.Bullet(list, index))),
        Block.Figures figures => Figures(figures.Items),
        Block.Table table => Table(table),
        Block.Code code => PlainText.Lines(code.Source).SelectMany(line => Code(line, code.Language)),
        _ => [],
    };

    // A link that leads out of the reports is of no use on a screen unless it can be read.
    private static string Plain(Text text) => string.Concat(text.Parts.Select(part => PlainText.Line(
        part.Target is { } target && target != part.Content && PlainText.IsLink(target)
            && target.StartsWith("https:", StringComparison.Ordinal)
                ? $"{part.Content} ({target})"
                : part.Content)));

    /// <summary>A text after what stands before its first line; the others begin below its first word.</summary>
    private static IEnumerable<string> Wrapped(string text, string first = "")
    {
        var hanging = PlainText.Columns(first);
        return hanging > MostColumns / 2
            ? PlainText.Wrap(first + text, MostColumns)
            : PlainText.Wrap(text, MostColumns - hanging)
                .Select((line, index) => (index == 0 ? first : Spaces(hanging)) + line);
    }

    private static IEnumerable<string> Figures(ImmutableArray<Figure> figures)
    {
        var names = figures.Select(figure => PlainText.Line(figure.Name)).ToArray();
        var widest = names.Select(PlainText.Columns).DefaultIfEmpty(0).Max();
        var columns = Math.Clamp(widest + Gap + 1, LeastNameColumns, MostNameColumns);
        return figures.SelectMany((figure, index) =>
        {
            var note = figure.Note is { IsEmpty: false } words ? $"  ({Plain(words)})" : "";
            var value = PlainText.Signed(figure.Tone) + Plain(figure.Value);
            return Labelled(names[index], value, note, columns);
        });
    }

    private static IEnumerable<string> Labelled(string name, string value, string note, int columns)
    {
        var room = MostColumns - Indent - columns;
        var isLong = PlainText.Columns(name) >= columns;
        var start = Spaces(Indent) + (isLong ? Spaces(columns) : Right(name, columns));
        // Two spaces stand before the note where both fit a line; words are broken one space apart.
        var whole = value + note;
        var lines = PlainText.Columns(whole) <= room ? [whole] : PlainText.Wrap(whole, room);
        var rows = lines.Select((line, index) => (index == 0 ? start : Spaces(Indent + columns)) + line);
        var above = isLong ? PlainText.Wrap(name, MostColumns - Indent).Select(line => Spaces(Indent) + line) : [];
        return above.Concat(rows);
    }

    private static IEnumerable<string> Table(Block.Table table)
    {
        var signs = table.Rows.Any(row => row.Tone != Tone.Neutral);
        string[][] all =
        [
            [.. signs ? [""] : Array.Empty<string>(), .. table.Columns.Select(column => PlainText.Line(column.Title))],
            .. table.Rows.Select(row => Cells(table, row, signs)),
        ];
        bool[] numbers = [.. signs ? [false] : Array.Empty<bool>(), .. table.Columns.Select(column => column.IsNumber)];
        return Fit(all) is { } widths ? all.SelectMany(row => Row(row, widths, numbers)) : Records(all);
    }

    private static string[] Cells(Block.Table table, Row row, bool signs) =>
    [
        .. signs ? [PlainText.Sign(row.Tone)] : Array.Empty<string>(),
        .. table.Columns.Select((_, column) => column < row.Cells.Length ? Plain(row.Cells[column]) : ""),
    ];

    /// <summary>How wide each column is: the widest give way until a line fits. Null where that is not enough.
    /// </summary>
    private static int[]? Fit(string[][] rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => PlainText.Columns(row[column])))];
        var over = Indent + widths.Sum() + (Gap * (widths.Length - 1)) - MostColumns;
        for (; over > 0; over--)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= LeastCellColumns)
                return null;
            widths[widest]--;
        }

        return widths;
    }

    private static IEnumerable<string> Row(string[] cells, int[] widths, bool[] numbers)
    {
        string[][] wrapped =
            [.. cells.Select((cell, column) => PlainText.Wrap(cell, Math.Max(1, widths[column])).ToArray())];
        return Enumerable.Range(0, wrapped.Max(cell => cell.Length)).Select(line => Spaces(Indent) + string.Join(
            Spaces(Gap),
            wrapped.Select((cell, column) =>
            {
                var text = line < cell.Length ? cell[line] : "";
                return numbers[column] ? Left(text, widths[column]) : Right(text, widths[column]);
            })));
    }

    /// <summary>A table that has too many columns for a screen: a line a cell.</summary>
    private static IEnumerable<string> Records(string[][] rows) => rows.Skip(1).SelectMany(row => row
        .Select((cell, column) => (Name: rows[0][column], Cell: cell))
        .Where(cell => cell.Cell.Length > 0)
        .SelectMany((cell, index) =>
            Wrapped(cell.Cell, (index == 0 ? "- " : Spaces(Indent)) + (cell.Name.Length > 0 ? cell.Name + ": " : ""))));

    // A command that is broken still works when it is copied.
    private static IEnumerable<string> Code(string line, string? language)
    {
        const int Deep = 4;
        if (PlainText.Columns(line) <= MostColumns - Deep)
            return [Spaces(Deep) + line];
        var isShell = language is "sh" or "bash" or "shell";
        string[] pieces = isShell
            ? [.. PlainText.Wrap(line, MostColumns - (2 * Deep) - 2)]
            : [.. PlainText.Pieces(line, MostColumns - Deep)];
        return pieces.Select((piece, index) => string.Concat(
            Spaces(isShell && index > 0 ? 2 * Deep : Deep), piece, isShell && index < pieces.Length - 1 ? " \\" : ""));
    }

    private static string Right(string text, int columns) => text + Spaces(columns - PlainText.Columns(text));

    private static string Left(string text, int columns) => Spaces(columns - PlainText.Columns(text)) + text;

    private static string Spaces(int count) => new(' ', Math.Max(0, count));
}
