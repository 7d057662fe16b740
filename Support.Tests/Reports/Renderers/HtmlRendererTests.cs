using System.Collections.Immutable;
using System.Xml.Linq;
using NUnit.Framework;
using Support.Reports.Documents;

namespace Support.Tests.Reports.Renderers;

internal sealed class HtmlRendererTests
{
    // The only ones that HTML closes by itself; of a drawing every element may be written so.
    private static readonly string[] Void = ["meta"];

    private static readonly string[] Loading = ["src", "srcset", "data", "action", "style", "background"];

    private static readonly Document[] Documents =
    [
        SampleDocument.Whole,
        new("", []),
        .. HostileTexts.All.Select(HostileTexts.Everywhere),
    ];

    private static IEnumerable<int> Numbers => Enumerable.Range(0, Documents.Length);

    [TestCaseSource(nameof(Numbers))]
    public void A_page_is_well_formed_and_loads_and_runs_nothing(int number)
    {
        var page = Page(Documents[number]);
        var attributes = page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                page.Descendants()
                    .Where(element => element.IsEmpty && !element.AncestorsAndSelf("svg").Any())
                    .Select(element => element.Name.LocalName)
                    .Except(Void),
                Is.Empty);
            Assert.That(
                page.Descendants()
                    .Select(element => element.Name.LocalName)
                    .Intersect(["script", "link", "img", "iframe"]),
                Is.Empty);
            Assert.That(attributes.Where(name => name.StartsWith("on", StringComparison.Ordinal)), Is.Empty);
            Assert.That(attributes.Intersect(Loading), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Numbers))]
    public void Whoever_goes_from_heading_to_heading_or_from_name_to_name_misses_nothing(int number)
    {
        var page = Page(Documents[number]);
        int[] levels =
        [
            .. page.Descendants()
                .Select(element => element.Name.LocalName)
                .Where(IsHeading)
                .Select(name => name[1] - '0'),
        ];
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        var wanted = page.Descendants()
            .Attributes("aria-labelledby")
            .SelectMany(names => names.Value.Split(' '))
            .Concat(page.Descendants("nav").Descendants().Attributes("href").Select(link => link.Value[1..]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                levels.Zip(levels.Prepend(0), (level, before) => level - before),
                Is.All.LessThanOrEqualTo(1));
            Assert.That(levels.Count(level => level == 1), Is.LessThanOrEqualTo(1));
            Assert.That(ids, Is.Unique);
            Assert.That(wanted.Except(ids), Is.Empty);
            Assert.That(page.Descendants("th").Where(cell => cell.Attribute("scope") is null), Is.Empty);
            Assert.That(page.Descendants("table").Where(table => table.Element("caption") is null), Is.Empty);
            Assert.That(
                page.Descendants("g")
                    .Where(drawing => (string?)drawing.Attribute("role") == "img")
                    .Where(drawing =>
                        drawing.Attribute("aria-labelledby") is null && drawing.Attribute("aria-label") is null),
                Is.Empty);
        }
    }

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.All))]
    public void Whatever_a_text_holds_stays_text(string text)
    {
        var page = Page(HostileTexts.Everywhere(text));
        var expected = PlainText.Line(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Descendants("title").First().Value, Is.EqualTo(expected));
            Assert.That(page.Descendants("h1").Single().Value, Is.EqualTo(expected));
            Assert.That(page.Descendants("li").First().Value, Is.EqualTo(expected));
            Assert.That(page.Descendants("td").First().Value, Is.EqualTo(expected));
            Assert.That(page.Descendants("dt").First().Value, Is.EqualTo(expected));
            Assert.That(page.Descendants("figcaption").First().Value, Is.EqualTo(expected));
            Assert.That(page.Descendants("desc").First().Value, Is.EqualTo(expected));
        }
    }

    [TestCase("javascript:alert(1)", false)]
    [TestCase("JavaScript:alert(1)", false)]
    [TestCase("data:text/html,x", false)]
    [TestCase("http://example.com/", false)]
    [TestCase("//example.com/", false)]
    [TestCase("\\\\example.com\\x", false)]
    [TestCase("java\tscript:alert(1)", false)]
    [TestCase("https://example.com/a?b=c", true)]
    [TestCase("capacity.json", true)]
    [TestCase("scaling/policy.json", true)]
    [TestCase("#checks", true)]
    public void Only_the_document_the_files_beside_it_and_https_are_linked(string target, bool isLink)
    {
        var page = Page(new("", [new Block.Paragraph(Text.Link("here", target))]));
        var markdown = MarkdownRenderer.Render(new("", [new Block.Paragraph(Text.Link("here", target))]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                page.Descendants("a").Attributes("href").Select(link => link.Value),
                Is.EqualTo(isLink ? new[] { target } : []));
            Assert.That(markdown, Is.EqualTo(isLink ? $"[here]({target})\n" : "here\n"));
        }
    }

    [Test]
    public void The_verdict_comes_first_then_the_key_figures_then_the_others()
    {
        var lead = Page(SampleDocument.Whole).Descendants("main").Single().Elements().First().Elements().ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)lead[0].Attribute("class"), Is.EqualTo("banner good"));
            Assert.That(
                Names(lead[1]),
                Is.EqualTo(new[] { "Max connections", "Recommended max", "Limited by", "Tasks needed" }));
            Assert.That(Names(lead[2]), Is.EqualTo(new[] { "Connect time", "Errors", "Required", "Next", "Report" }));
        }
    }

    [Test]
    public void Figures_and_the_one_chart_after_them_stand_beside_each_other()
    {
        var figures = new Block.Figures([new("Max", "730", IsKey: true), new("Target", "ws://x/")]);
        var chart = new Block.Picture(new LineChart("Held", "", new("x"), new("y"), [new("a", [new(1, 1, "")])]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Classes(figures, chart), Is.EqualTo(new[] { "keys", "charts: facts, chart" }));
            Assert.That(Classes(figures, chart, chart), Is.EqualTo(new[] { "keys", "facts", "charts: chart, chart" }));
            Assert.That(Classes(chart, chart, chart), Is.EqualTo(new[] { "charts: chart wide, chart, chart" }));
            Assert.That(Classes(chart), Is.EqualTo(new[] { "chart wide" }));
        }

        static IEnumerable<string> Classes(params ImmutableArray<Block> blocks) =>
            Page(new("", blocks)).Descendants("main").Elements().First().Elements()
                .Select(element => (string?)element.Attribute("class") == "charts"
                    ? "charts: " + string.Join(", ", element.Elements().Attributes("class").Select(name => name.Value))
                    : (string)element.Attribute("class")!);
    }

    [Test]
    public void Every_section_is_in_the_list_of_sections() =>
        Assert.That(
            Page(SampleDocument.Whole)
                .Descendants("nav")
                .Descendants("a")
                .Select(link => ((string?)link.Attribute("href"), link.Value)),
            Is.EqualTo(
                new[]
                {
                    ("#steps", "Steps"),
                    ("#failures", "Failures"),
                    ("#task-sizes", "Task sizes"),
                    ("#checks", "Checks"),
                    ("#run", "Run"),
                }));

    [Test]
    public void A_tone_is_a_sign_with_a_name_and_not_a_colour_alone()
    {
        var signs = Page(SampleDocument.Whole)
            .Descendants("tbody")
            .SelectMany(body => body.Elements("tr"))
            .Select(row => row.Elements().First().Elements("span").FirstOrDefault())
            .Select(sign => (sign?.Value, (string?)sign?.Attribute("aria-label")));

        Assert.That(
            signs.Distinct(),
            Is.EquivalentTo(
                new (string?, string?)[] { ("✓", "good"), ("✗", "bad"), ("!", "warning"), ("–", "skipped") }));
    }

    [Test]
    public void A_chart_is_drawn_for_a_screen_and_for_a_phone_and_one_without_values_says_so()
    {
        var figures = Page(SampleDocument.Whole).Descendants("figure").ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                figures.Select(figure =>
                    string.Join(' ', figure.Elements("svg").Attributes("class").Select(name => name.Value))),
                Is.EqualTo(Enumerable.Repeat("large small", figures.Length - 1).Append("")));
            Assert.That(
                figures[^1].Elements("p").Select(words => words.Value),
                Is.EqualTo(new[] { "There is nothing to draw.", "No message was sent." }));
        }
    }

    [Test]
    public void The_style_sheet_needs_no_escape() =>
        Assert.That(Resource("page.css").IndexOfAny(['<', '&']), Is.EqualTo(-1));

    [Test]
    public void Only_the_page_itself_may_style_it() =>
        Assert.That(
            (string?)XDocument.Parse(Resource("page.html")).Descendants("meta").ElementAt(1).Attribute("content"),
            Is.EqualTo("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"));

    private static XDocument Page(Document document)
    {
        var page = HtmlRenderer.Render(document);
        Assert.That(page, Does.StartWith("<!DOCTYPE html>\n<html lang=\"en\">").And.EndsWith("</html>\n"));
        return XDocument.Parse(page, LoadOptions.PreserveWhitespace);
    }

    private static bool IsHeading(string name) => name is "h1" or "h2" or "h3" or "h4";

    private static IEnumerable<string> Names(XElement list) => list.Descendants("dt").Select(name => name.Value);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlRenderer).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
