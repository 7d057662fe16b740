using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Support.Reports.Documents.HtmlElements;

namespace Support.Reports.Documents;

/// <summary>
/// A document as one page that loads nothing and runs nothing, and is well-formed XML as well: <c>page.html</c> with
/// <c>page.css</c> and the document in it.
/// </summary>
internal sealed partial class HtmlRenderer
{
    // From so many sections on a list of them helps.
    private const int LeastContents = 3;

    // A key figure that is longer is words and no number, and is set smaller.
    private const int MostOfNumber = 15;

    // With more columns a table is set closer, and scrolls on a phone.
    private const int MostOfTable = 10;

    private static readonly Lazy<string> Template = new(() => Resource("page.html"));
    private static readonly Lazy<string> Style = new(() => Resource("page.css"));

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<(string Id, string Title)> sections = [];
    private int level;
    private string heading = "";

    /// <summary>The whole page, with LF line ends and a final one; the same in every culture.</summary>
    internal static string Render(Document document)
    {
        var body = new HtmlRenderer().Body(
            [.. document.Blocks.SelectMany(block => block is Block.Appendix appendix ? appendix.Blocks : [block])]);
        return Slot().Replace(Template.Value, slot => slot.Groups[1].Value switch
        {
            "title" => WebUtility.HtmlEncode(PlainText.Line(document.Title)),
            "style" => Style.Value.Trim(),
            _ => body,
        });
    }

    /// <summary>What stands before the banner is the page's header; a heading of level 2 begins a section.</summary>
    private string Body(ImmutableArray<Block> blocks)
    {
        var banner = blocks.TakeWhile(block => block is not Block.Banner).Count();
        ImmutableArray<Block> above = banner < blocks.Length ? blocks[..banner] : [];
        var header = Tag("header", "", Of(above).ToArray());
        var main = Tag("main", "", Sections(blocks[above.Length..]).ToArray());
        if (sections.Count >= LeastContents)
            header.Add(Contents());
        return header.HasElements ? Written(header) + "\n" + Written(main) : Written(main);
    }

    private IEnumerable<XElement> Sections(ImmutableArray<Block> blocks)
    {
        while (blocks.Length > 0)
        {
            var length = 1 + blocks.Skip(1).TakeWhile(block => block is not Block.Heading { Level: 2 }).Count();
            yield return Section(blocks[..length]);
            blocks = blocks[length..];
        }
    }

    private XElement Section(ImmutableArray<Block> blocks)
    {
        if (blocks[0] is not Block.Heading { Level: 2 } first)
            return Tag("div", "lead", Of(blocks).ToArray());
        var text = PlainText.Line(first.Text.Plain);
        var id = Id(first.Anchor ?? Slug(text));
        sections.Add((id, text));
        return Tag(
            "section",
            "",
            With("id", id),
            With("aria-labelledby", id + "-title"),
            Heading(first, id + "-title"),
            Of(blocks[1..]).ToArray());
    }

    private XElement Contents() => Tag(
        "nav",
        "",
        With("aria-label", "Sections"),
        sections.Select(section => Tag("a", "", With("href", "#" + section.Id), section.Title)));

    private IEnumerable<XElement> Of(ImmutableArray<Block> blocks)
    {
        while (blocks.Length > 0)
        {
            var (elements, count) = blocks switch
            {
                [Block.Figures figures, Block.Picture picture, .. var rest] when rest is not [Block.Picture, ..] =>
                    (Beside(figures, picture), 2),
                [Block.Picture, ..] => Pictures([.. blocks.TakeWhile(block => block is Block.Picture)]),
                _ => (Of(blocks[0]), 1),
            };
            foreach (var element in elements)
                yield return element;
            blocks = blocks[count..];
        }
    }

    private IEnumerable<XElement> Of(Block block) => block switch
    {
        Block.Heading own => [Heading(own, own.Anchor is { } anchor ? Id(anchor) : null)],
        Block.Banner banner => [Banner(banner)],
        Block.Paragraph paragraph => [Tag("p", "", Inline(paragraph.Text))],
        Block.Callout callout => [Callout(callout)],
        Block.Bullets list =>
            [Tag(list.IsNumbered ? "ol" : "ul", "", list.Items.Select(item => Tag("li", "", Inline(item))))],
        Block.Figures figures => Figures(figures.Items),
        Block.Table table => [Table(table)],
        Block.Code code =>
            [Tag("pre", "", With("tabindex", 0), Tag("code", "", string.Join('\n', PlainText.Lines(code.Source))))],
        Block.Details details => [Details(details)],
        _ => [],
    };

    private XElement Details(Block.Details details) => Tag(
        "details",
        "",
        Tag("summary", "", Inline(details.Summary)),
        Tag("div", "folded", Of(details.Blocks).ToArray()));

    private static XElement Callout(Block.Callout callout) => Tag(
        "p",
        "callout " + Class(callout.Tone),
        With("role", "note"),
        Sign(callout.Tone),
        Tag("span", "", Inline(callout.Text)));

    private XElement Heading(Block.Heading own, string? id)
    {
        // A level that is left out would be missed by whoever goes from heading to heading.
        level = Math.Clamp(own.Level, 1, level + 1);
        heading = PlainText.Line(own.Text.Plain);
        return Tag(Say($"h{level}"), "", id is null ? null : With("id", id), Inline(own.Text));
    }

    // The page's title is its verdict, unless the document has one.
    private XElement Banner(Block.Banner banner)
    {
        var isTitle = level == 0;
        level = Math.Max(level, 1);
        return Tag(
            "div",
            "banner " + Class(banner.Tone),
            Tag("p", "word", Sign(banner.Tone), Tag("span", "", PlainText.Line(banner.Word))),
            Tag(isTitle ? "h1" : "p", "verdict", Inline(banner.Text)));
    }

    private static IEnumerable<XElement> Figures(ImmutableArray<Figure> figures)
    {
        var keys = figures.Where(figure => figure.IsKey).ToArray();
        var others = figures.Where(figure => !figure.IsKey).ToArray();
        if (keys.Length > 0)
            yield return Tag("dl", "keys", keys.Select(figure => Figure(figure)));
        if (others.Length > 0)
            yield return Tag("dl", "facts", others.Select(figure => Figure(figure)));
    }

    private static XElement Figure(Figure figure) => Tag(
        "div",
        Class(figure.Tone),
        Tag("dt", "", PlainText.Line(figure.Name)),
        Tag(
            "dd",
            figure.IsKey && figure.Value.Plain.Length > MostOfNumber ? "words" : "",
            Sign(figure.Tone),
            Tag("span", "value", Inline(figure.Value)),
            figure.Note is { IsEmpty: false } note ? (object[])[" ", Tag("span", "note", Inline(note))] : null));

    /// <summary>Two beside each other; one that is left over has the whole width, and comes first.</summary>
    private (IEnumerable<XElement> Elements, int Count) Pictures(ImmutableArray<Block> pictures)
    {
        var isOdd = pictures.Length % 2 == 1;
        XElement[] charts =
            [.. pictures.Cast<Block.Picture>().Select((picture, index) => Picture(picture, isOdd && index == 0))];
        return (charts.Length == 1 ? charts : [Tag("div", "charts", [.. charts])], pictures.Length);
    }

    private XElement Picture(Block.Picture picture, bool isWide) =>
        ChartFigure.Of(picture.Chart, Id(Slug(picture.Chart.Title)), isWide);

    /// <summary>Figures and the one chart that follows them share a screen.</summary>
    private IEnumerable<XElement> Beside(Block.Figures figures, Block.Picture picture)
    {
        var lists = Figures(figures.Items).ToArray();
        var isBeside = figures.Items.Any(figure => !figure.IsKey);
        return isBeside
            ? [.. lists[..^1], Tag("div", "charts", lists[^1], Picture(picture, isWide: false))]
            : [.. lists, Picture(picture, isWide: true)];
    }

    /// <summary>In a box that scrolls, so that the page does not; a table of words becomes cards on a phone.</summary>
    private XElement Table(Block.Table table)
    {
        var label = PlainText.Line(table.Caption ?? heading);
        var isWords = table.Columns.Count(column => column.IsNumber) * 2 <= table.Columns.Length;
        return Tag(
            "div",
            "scroll",
            With("role", "group"),
            With("aria-label", label),
            With("tabindex", 0),
            Tag(
                "table",
                table.Columns.Length > MostOfTable ? "dense" : isWords ? "stack" : "",
                Tag("caption", "", label),
                Tag("thead", "", Tag("tr", "", table.Columns.Select(Head))),
                Tag("tbody", "", table.Rows.Select(row => Row(table, row)))));
    }

    // A column without a title has no head that could be read out.
    private static XElement Head(Column column) => column.Title.Length == 0
        ? Tag("td", "")
        : Tag("th", column.IsNumber ? "n" : "", With("scope", "col"), PlainText.Line(column.Title));

    private static XElement Row(Block.Table table, Row row) => Tag(
        "tr",
        row.Tone == Tone.Neutral ? "" : Class(row.Tone),
        table.Columns.Select((column, index) => Tag(
            index == 0 ? "th" : "td",
            column.IsNumber ? "n" : "",
            index == 0 ? With("scope", "row") : null,
            With("data-label", PlainText.Line(column.Title)),
            index == 0 ? Sign(row.Tone) : null,
            index < row.Cells.Length ? Inline(row.Cells[index]) : null)));

    private static object[] Inline(Text text) => [.. text.Parts.Where(part => part.Content.Length > 0).Select(Inline)];

    private static object Inline(Span part) => part.Kind switch
    {
        SpanKind.Code => Tag("code", "", PlainText.Line(part.Content)),
        SpanKind.Strong => Tag("strong", "", PlainText.Line(part.Content)),
        SpanKind.Link when PlainText.IsLink(part.Target) =>
            Tag("a", "", With("href", part.Target!), With("rel", "noreferrer"), PlainText.Line(part.Content)),
        _ => PlainText.Line(part.Content),
    };

    private static XElement? Sign(Tone tone) => tone == Tone.Neutral
        ? null
        : Tag("span", "sign " + Class(tone), With("role", "img"), With("aria-label", Name(tone)), PlainText.Sign(tone));

    private static string Name(Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Warning => "warning",
        Tone.Bad => "bad",
        _ => "skipped",
    };

    private static string Class(Tone tone) => ChartCanvas.ClassOf(tone);

    /// <summary>An id that no other element has, of what a link may hold.</summary>
    private string Id(string wanted)
    {
        var number = 1;
        var id = wanted;
        while (!ids.Add(id))
            id = Say($"{wanted}-{++number}");
        return id;
    }

    private static string Slug(string text) =>
        NotInSlug().Replace(text.ToLowerInvariant(), "-").Trim('-') is { Length: > 0 } slug ? slug : "section";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlRenderer).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Slot();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInSlug();
}
