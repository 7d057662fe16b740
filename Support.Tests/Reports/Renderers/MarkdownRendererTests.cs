using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NUnit.Framework;
using Support.Reports.Documents;
using Block = Support.Reports.Documents.Block;
using Table = Markdig.Extensions.Tables.Table;

namespace Support.Tests.Reports.Renderers;

internal sealed partial class MarkdownRendererTests
{
    // As on GitHub: tables with bars, addresses that become links by themselves.
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoLinks()
        .UseEmphasisExtras()
        .UseTaskLists()
        .UseMathematics()
        .Build();

    [Test]
    public Task A_document_with_every_block() => Verifier.Verify(MarkdownRenderer.Render(SampleDocument.Whole), "md");

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.All))]
    public void Whatever_a_text_holds_stays_text(string text)
    {
        var expected = Normal(PlainText.Line(text) + " end");

        using (Assert.EnterMultipleScope())
        {
            foreach (var (place, block) in Places(text))
                Assert.That(
                    Read(MarkdownRenderer.Render(new("", [block, new Block.Paragraph("end")]))),
                    Is.EqualTo(expected),
                    place);
        }
    }

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.All))]
    public void Whatever_a_text_holds_nobody_is_mentioned_and_no_markup_is_let_in(string text)
    {
        var markdown = MarkdownRenderer.Render(HostileTexts.Everywhere(text));
        var parsed = Markdown.Parse(markdown, GitHub);
        string[] ours = ["<details>", "</details>", "<code>", "</code>"];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed.Descendants<HtmlInline>().Select(html => html.Tag).Except(ours), Is.Empty);
            Assert.That(
                parsed.Descendants<HtmlBlock>().Select(html => html.Lines.ToString().Split('\n')[0]).Except(ours),
                Is.Empty);
            Assert.That(parsed.Descendants<LinkInline>().Where(link => link.Url != text), Is.Empty);
            Assert.That(parsed.Descendants<AutolinkInline>(), Is.Empty);
            Assert.That(
                parsed.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()).Where(IsMention),
                Is.Empty);
            Assert.That(markdown.Where(character => char.IsControl(character) && character != '\n'), Is.Empty);
        }
    }

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.All))]
    public void Whatever_a_text_holds_a_table_keeps_its_cells_and_a_block_stays_one_block(string text)
    {
        var parsed = Markdown.Parse(MarkdownRenderer.Render(HostileTexts.Everywhere(text)), GitHub);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed.Descendants<TableRow>().Select(row => row.Count), Is.All.EqualTo(2));
            Assert.That(parsed.Descendants<Table>().Count(), Is.EqualTo(2));
            Assert.That(parsed.Descendants<FencedCodeBlock>().Count(), Is.EqualTo(2));
            Assert.That(parsed.Descendants<ListItemBlock>().Count(), Is.EqualTo(4));
        }
    }

    // GitHub ends a cell at every bar without a backslash before it, in code as well; the parser here does not.
    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.All))]
    public void Whatever_a_text_holds_only_the_renderers_own_bars_end_a_cell(string text)
    {
        var table = new Block.Table([new(text), new("")], [new([text, Text.Code(text)]), new([Text.Code(text), text])]);

        var lines = MarkdownRenderer.Render(new("", [table])).TrimEnd('\n').Split('\n');

        Assert.That(lines.Select(line => Bar().Count(line)), Is.All.EqualTo(3));
    }

    [TestCase("de-DE")]
    [TestCase("ar-SA")]
    public void Every_culture_has_the_same_text(string culture)
    {
        var expected = MarkdownRenderer.Render(SampleDocument.Whole);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.That(MarkdownRenderer.Render(SampleDocument.Whole), Is.EqualTo(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Callouts_of_a_kind_that_follow_each_other_are_one() => Assert.That(
        MarkdownRenderer.Render(new("",
        [
            new Block.Callout(Tone.Warning, "One."), new Block.Callout(Tone.Warning, "Two."),
            new Block.Callout(Tone.Bad, "Three."),
        ])),
        Is.EqualTo("> [!WARNING]\n> - One.\n> - Two.\n\n> [!CAUTION]\n> Three.\n"));

    [Test]
    public void Code_keeps_its_lines_within_a_fence_that_it_does_not_hold() =>
        Assert.That(
            MarkdownRenderer.Render(new("", [new Block.Code("\na\r\n````\n\tb\n", "sh")])),
            Is.EqualTo("`````sh\na\n````\n    b\n`````\n"));

    private static IEnumerable<(string Place, Block Block)> Places(string text) =>
        [
            ("paragraph", new Block.Paragraph(text)),
            ("code", new Block.Paragraph(Text.Code(text))),
            ("strong", new Block.Paragraph(Text.Strong(text))),
            ("link that leads nowhere", new Block.Paragraph(Text.Link(text, "javascript:alert(1)"))),
            ("heading", new Block.Heading(2, text)),
            ("bullet", new Block.Bullets([text])),
            ("number", new Block.Bullets([text], IsNumbered: true)),
            ("column", new Block.Table([new(text)], [])),
            ("cell", new Block.Table([new("")], [new([text])])),
            ("code in a cell", new Block.Table([new("")], [new([Text.Code(text)])])),
            ("figure", new Block.Figures([new("", text)])),
            ("name", new Block.Figures([new(text, "")])),
        ];

    /// <summary>What a reader sees of it.</summary>
    private static string Read(string markdown)
    {
        var html = new StringWriter();
        var renderer = new Markdig.Renderers.HtmlRenderer(html)
        {
            EnableHtmlForInline = false,
            EnableHtmlForBlock = false,
        };
        GitHub.Setup(renderer);
        renderer.Render(Markdown.Parse(markdown, GitHub));
        return Normal(System.Net.WebUtility.HtmlDecode(html.ToString()));
    }

    // Nobody sees how many spaces there are, nor the sign that keeps a mention apart.
    private static string Normal(string text) =>
        string.Join(
            ' ',
            text.Replace("\u200b", "", StringComparison.Ordinal)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsMention(string text) =>
        text.Where(
                (character, index) =>
                    character == '@' && index + 1 < text.Length && char.IsLetterOrDigit(text[index + 1]))
            .Any();

    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\|")]
    private static partial Regex Bar();
}
