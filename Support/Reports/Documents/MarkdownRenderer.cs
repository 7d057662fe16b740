using System.Collections.Immutable;
using System.Text;

namespace Support.Reports.Documents;

/// <summary>
/// A document as GitHub-flavoured Markdown, for a pull request: no picture, everything folded that the document folds.
/// Whatever a text holds stays text.
/// </summary>
internal sealed class MarkdownRenderer
{
    // What nobody sees, and what keeps a mention, an address or a number from becoming a link.
    private const string Apart = "&#8203;";

    private static readonly string[] Schemes = ["http", "https", "ftp"];

    // A heading needs a name only where a link leads to it.
    private readonly HashSet<string?> linked;

    private MarkdownRenderer(Document document) =>
        linked = [.. document.Blocks.SelectMany(Texts).SelectMany(text => text.Parts).Select(part => part.Target)];

    /// <summary>The whole text, with LF line ends and a final one; the same in every culture.</summary>
    internal static string Render(Document document) =>
        string.Join("\n\n", new MarkdownRenderer(document).Blocks(document.Blocks)) + "\n";

    private static IEnumerable<Text> Texts(Block block) => block switch
    {
        Block.Heading heading => [heading.Text],
        Block.Banner banner => [banner.Text],
        Block.Paragraph paragraph => [paragraph.Text],
        Block.Callout callout => [callout.Text],
        Block.Bullets list => list.Items,
        Block.Figures figures => figures.Items.SelectMany(figure => new[] { figure.Value, figure.Note ?? Text.None }),
        Block.Table table => table.Rows.SelectMany(row => row.Cells),
        Block.Details details => details.Blocks.SelectMany(Texts),
        Block.Appendix appendix => appendix.Blocks.SelectMany(Texts),
        _ => [],
    };

    private IEnumerable<string> Blocks(ImmutableArray<Block> blocks)
    {
        Block[] shown = [.. PlainText.Shown(blocks, block => block is not Block.Picture)];
        for (var index = 0; index < shown.Length; index++)
        {
            var alike = shown[index] is Block.Callout first
                ? shown.Skip(index).TakeWhile(next => next is Block.Callout callout && callout.Tone == first.Tone)
                : [];
            Block.Callout[] callouts = [.. alike.Cast<Block.Callout>()];
            var text = callouts.Length > 1 ? Alert(callouts) : Of(shown[index]);
            index += Math.Max(0, callouts.Length - 1);
            if (text.Length > 0)
                yield return text;
        }
    }

    private string Of(Block block) => block switch
    {
        Block.Heading heading => $"{Hashes(heading.Level)} {Title(heading.Text)}{Anchor(heading)}",
        Block.Banner banner =>
            $"**{PlainText.Signed(banner.Tone) + Escape(banner.Word)}** {Inline(banner.Text)}".TrimEnd(),
        Block.Paragraph paragraph => Start(paragraph.Text),
        Block.Callout callout => Alert(callout),
        Block.Bullets list =>
            string.Join('\n', list.Items.Select((item, index) => PlainText.Bullet(list, index) + Start(item))),
        Block.Figures figures => Figures(figures.Items),
        Block.Table table => Table(table),
        Block.Code code => Fenced(code),
        Block.Details details => Folded(details.Summary, details.Blocks),
        Block.Appendix appendix => Folded(appendix.Summary, appendix.Blocks),
        _ => "",
    };

    // Hashes at the end of a heading would be its end.
    private static string Title(Text text) => Inline(text) is [.. var start, '#'] ? start + "\\#" : Inline(text);

    private static string Hashes(int level) => new('#', Math.Clamp(level, 1, 6));

    private string Anchor(Block.Heading heading) =>
        heading.Anchor is { } anchor && linked.Contains("#" + anchor) && PlainText.IsLink("#" + anchor)
            ? $" <a id=\"{anchor}\"></a>"
            : "";

    // A quote that GitHub sets apart; several of a kind are one.
    private static string Alert(params Block.Callout[] callouts) => string.Join(
        "\n> " + (callouts.Length > 1 ? "- " : ""),
        [$"> [!{Kind(callouts[0].Tone)}]", .. callouts.Select(callout => Start(callout.Text))]);

    private static string Kind(Tone tone) => tone switch
    {
        Tone.Good => "TIP",
        Tone.Warning => "WARNING",
        Tone.Bad => "CAUTION",
        _ => "NOTE",
    };

    private static string Figures(ImmutableArray<Figure> figures) => Rows(
        ["", ""],
        [" --- ", " --- "],
        figures.Select(
            figure => (string[])[Escape(figure.Name), PlainText.Signed(figure.Tone) + Value(figure) + Note(figure)]));

    private static string Value(Figure figure)
    {
        var value = Inline(figure.Value, isCell: true);
        return figure.IsKey && value.Length > 0 && figure.Value.Parts.All(part => part.Kind == SpanKind.Plain)
            ? $"**{value}**"
            : value;
    }

    private static string Note(Figure figure) =>
        figure.Note is { IsEmpty: false } note ? $" ({Inline(note, isCell: true)})" : "";

    private static string Table(Block.Table table) => Rows(
        [.. table.Columns.Select(column => Escape(column.Title))],
        [.. table.Columns.Select(column => column.IsNumber ? " ---: " : " --- ")],
        table.Rows.Select(row => table.Columns.Select((_, column) => Cell(row, column)).ToArray()));

    private static string Cell(Row row, int column)
    {
        var text = column < row.Cells.Length ? Inline(row.Cells[column], isCell: true) : "";
        return column == 0 ? PlainText.Signed(row.Tone) + text : text;
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
    private string Folded(Text summary, ImmutableArray<Block> blocks) => string.Join(
        "\n\n",
        [
            $"<details>\n<summary>{string.Concat(summary.Parts.Select(Raw))}</summary>",
            .. Blocks(blocks),
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
        var inner = text.Trim();
        return inner.Length > 0 ? text.Replace(inner, $"**{inner}**", StringComparison.Ordinal) : text;
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
    private static string Escape(string text) => Separate(PlainText.Line(text), Escaped);

    private static string Escaped(string line, int index) => line[index] switch
    {
        '\\' or '|' or '`' or '*' or '[' or ']' or '~' or '$' => "\\" + line[index],
        '_' when !(IsWord(line, index - 1) && IsWord(line, index + 1)) => "\\_",
        var other => Entity(other),
    };

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

    /// <summary>Whether GitHub would link this sign with what follows: a mention, an issue, an address.</summary>
    private static bool IsBound(string line, int index)
    {
        var next = index + 1 < line.Length ? line[index + 1] : ' ';
        return line[index] switch
        {
            '@' => !char.IsWhiteSpace(next),
            '#' => char.IsAsciiDigit(next),
            '-' => char.IsAsciiDigit(next) && EndsIn(line, index, "gh"),
            ':' => next == '/' && Schemes.Any(scheme => EndsIn(line, index, scheme)),
            'w' or 'W' => next == '.' && EndsIn(line, index, "ww"),
            _ => false,
        };
    }

    private static bool IsWord(string line, int index) =>
        index >= 0 && index < line.Length && char.IsLetterOrDigit(line[index]);

    private static bool EndsIn(string line, int index, string word) =>
        line.AsSpan(0, index).EndsWith(word, StringComparison.OrdinalIgnoreCase);
}
