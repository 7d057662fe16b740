using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Support.Reports.Documents;

/// <summary>
/// A document as GitHub-flavoured Markdown, for a pull request: no picture, everything folded that the document folds.
/// Whatever a text holds stays text.
/// </summary>
internal static class MarkdownRenderer
{
    // What nobody sees, and what keeps a mention, an address or a number from becoming a link.
    private const string Apart = "&#8203;";

    /// <summary>The whole text, with LF line ends and a final one; the same in every culture.</summary>
    internal static string Render(Document document) => string.Join("\n\n", Blocks(document.Blocks)) + "\n";

    private static IEnumerable<string> Blocks(ImmutableArray<Block> blocks) =>
        PlainText.Shown(blocks, block => block is not Block.Picture).Select(Of).Where(block => block.Length > 0);

    private static string Of(Block block) => block switch
    {
        Block.Heading heading => $"{new string('#', Math.Clamp(heading.Level, 1, 6))} {Inline(heading.Text)}{Anchor(heading)}",
        Block.Banner banner => $"**{Signed(banner.Tone, Escape(banner.Word))}** {Inline(banner.Text)}".TrimEnd(),
        Block.Paragraph paragraph => Start(paragraph.Text),
        Block.Callout callout => $"> [!{Alert(callout.Tone)}]\n> {Start(callout.Text)}",
        Block.Bullets bullets => string.Join('\n', bullets.Items.Select((item, index) => Bullet(bullets, index) + Start(item))),
        Block.Figures figures => Figures(figures.Items),
        Block.Table table => Table(table),
        Block.Code code => Fenced(code),
        Block.Details details => Details(details),
        Block.Appendix rest => Details(new(rest.Summary, rest.Blocks)),
        _ => "",
    };

    private static string Anchor(Block.Heading heading) =>
        heading.Anchor is { } anchor && PlainText.IsLink("#" + anchor) ? $" <a id=\"{anchor}\"></a>" : "";

    private static string Bullet(Block.Bullets bullets, int index) =>
        bullets.IsNumbered ? string.Create(CultureInfo.InvariantCulture, $"{index + 1}. ") : "- ";

    private static string Signed(Tone tone, string text) => PlainText.Sign(tone) is { Length: > 0 } sign ? $"{sign} {text}" : text;

    private static string Alert(Tone tone) => tone switch
    {
        Tone.Good => "TIP",
        Tone.Warning => "WARNING",
        Tone.Bad => "CAUTION",
        _ => "NOTE",
    };

    private static string Figures(ImmutableArray<Figure> figures) => Rows(
        ["", ""],
        [" --- ", " --- "],
        figures.Select(figure => (string[])[Escape(figure.Name), Signed(figure.Tone, Value(figure)) + Note(figure)]));

    private static string Value(Figure figure) =>
        figure.IsKey && !figure.Value.IsEmpty ? $"**{Inline(figure.Value, isCell: true)}**" : Inline(figure.Value, isCell: true);

    private static string Note(Figure figure) =>
        figure.Note is { IsEmpty: false } note ? $" ({Inline(note, isCell: true)})" : "";

    private static string Table(Block.Table table) => Rows(
        [.. table.Columns.Select(column => Escape(column.Title))],
        [.. table.Columns.Select(column => column.IsNumber ? " ---: " : " --- ")],
        table.Rows.Select(row => table.Columns.Select((_, column) => Cell(row, column)).ToArray()));

    private static string Cell(Row row, int column)
    {
        var text = column < row.Cells.Length ? Inline(row.Cells[column], isCell: true) : "";
        return column == 0 ? Signed(row.Tone, text) : text;
    }

    private static string Rows(string[] titles, string[] rule, IEnumerable<string[]> rows) => string.Join(
        '\n',
        [
            Row(titles),
            $"|{string.Join('|', rule)}|",
            .. rows.Select(Row),
        ]);

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |";

    private static string Fenced(Block.Code code)
    {
        var lines = PlainText.Lines(code.Source);
        var fence = new string('`', Math.Max(3, 1 + lines.Max(LongestRun)));
        var language = string.Concat((code.Language ?? "").Where(char.IsAsciiLetterOrDigit));
        return $"{fence}{language}\n{string.Join('\n', lines)}\n{fence}";
    }

    // Between its two tags is HTML, where Markdown reads nothing: the other escapes.
    private static string Details(Block.Details details) => string.Join(
        "\n\n",
        [
            $"<details>\n<summary>{string.Concat(details.Summary.Parts.Select(Raw))}</summary>",
            .. Blocks(details.Blocks),
            "</details>",
        ]);

    private static string Raw(Span part)
    {
        var text = Separate(PlainText.Line(part.Content), static (line, index) => Entity(line[index]));
        return part.Kind switch
        {
            SpanKind.Code => $"<code>{text}</code>",
            SpanKind.Strong => $"<strong>{text}</strong>",
            _ => text,
        };
    }

    /// <summary>A text that begins a line, and must not begin a heading or a list.</summary>
    private static string Start(Text text)
    {
        var line = Inline(text);
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return line switch
        {
            ['#' or '+' or '-', ..] => "\\" + line,
            _ when digits > 0 && digits < line.Length && line[digits] is '.' or ')' => line.Insert(digits, "\\"),
            _ => line,
        };
    }

    private static string Inline(Text text, bool isCell = false) =>
        string.Concat(text.Parts.Where(part => part.Content.Length > 0).Select(part => Inline(part, isCell))).Trim();

    private static string Inline(Span part, bool isCell) => part.Kind switch
    {
        SpanKind.Code => Code(PlainText.Line(part.Content).Trim(), isCell),
        SpanKind.Strong => Strong(part.Content),
        SpanKind.Link when PlainText.IsLink(part.Target) => $"[{Escape(part.Content)}]({part.Target})",
        _ => Escape(part.Content),
    };

    // Two asterisks beside a space are two asterisks.
    private static string Strong(string content)
    {
        var text = Escape(content);
        return text.Trim() is { Length: > 0 } trimmed ? text.Replace(trimmed, $"**{trimmed}**", StringComparison.Ordinal) : text;
    }

    // No escape works between backticks, and in a table a bar ends the cell even there.
    private static string Code(string content, bool isCell)
    {
        if (content.Length == 0)
            return "";
        if (isCell && content.Contains('|', StringComparison.Ordinal))
            return $"<code>{Escape(content).Replace("\\|", "&#124;", StringComparison.Ordinal)}</code>";
        var ticks = new string('`', LongestRun(content) + 1);
        var space = content[0] == '`' || content[^1] == '`' ? " " : "";
        return $"{ticks}{space}{content}{space}{ticks}";
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>In one line, and with every sign escaped that Markdown, HTML or GitHub would read as its own.</summary>
    private static string Escape(string text) => Separate(PlainText.Line(text), static (line, index) => line[index] switch
    {
        '\\' or '|' or '`' or '*' or '[' or ']' or '~' or '$' => "\\" + line[index],
        '_' when !(IsWord(line, index - 1) && IsWord(line, index + 1)) => "\\_",
        _ => Entity(line[index]),
    });

    private static string Entity(char character) => character switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        _ => character.ToString(),
    };

    private static string Separate(string line, Func<string, int, string> escape)
    {
        var text = new StringBuilder(line.Length + 16);
        for (var index = 0; index < line.Length; index++)
            text.Append(escape(line, index)).Append(IsBound(line, index) ? Apart : "");
        return text.ToString();
    }

    /// <summary>Whether GitHub would make a link of this sign and what follows: a mention, an issue, an address.</summary>
    private static bool IsBound(string line, int index)
    {
        var next = index + 1 < line.Length ? line[index + 1] : ' ';
        return line[index] switch
        {
            '@' => !char.IsWhiteSpace(next),
            '#' => char.IsAsciiDigit(next),
            '-' => char.IsAsciiDigit(next) && EndsIn(line, index, "gh"),
            ':' => next == '/' && (EndsIn(line, index, "http") || EndsIn(line, index, "https") || EndsIn(line, index, "ftp")),
            'w' or 'W' => next == '.' && EndsIn(line, index, "ww"),
            _ => false,
        };
    }

    private static bool IsWord(string line, int index) => index >= 0 && index < line.Length && char.IsLetterOrDigit(line[index]);

    private static bool EndsIn(string line, int index, string word) =>
        line.AsSpan(0, index).EndsWith(word, StringComparison.OrdinalIgnoreCase);
}
