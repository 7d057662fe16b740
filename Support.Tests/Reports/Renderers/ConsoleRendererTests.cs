using System.Collections.Immutable;
using System.Globalization;
using NUnit.Framework;
using Support.Reports.Documents;

namespace Support.Tests.Reports.Renderers;

internal sealed class ConsoleRendererTests
{
    [Test]
    public void The_summary_is_a_banner_and_aligned_figures() =>
        Assert.That(
            Render(
                new Block.Banner(Tone.Good, "PASSED", "Connection limit found: 730"),
                new Block.Figures([
                    new("Target", Text.Code("ws://127.0.0.1:18080/")),
                    new("Max connections", "730 concurrent", IsKey: true),
                    new("Recommended max", "584", "80 % of the limit"),
                    new("Errors", "270 x HTTP 503", "at 1,000 attempted", Tone.Warning),
                ])),
            Is.EqualTo(
                new[]
                {
                    "PASSED   Connection limit found: 730",
                    "",
                    "  Target              ws://127.0.0.1:18080/",
                    "  Max connections     730 concurrent",
                    "  Recommended max     584  (80 % of the limit)",
                    "  Errors              ! 270 x HTTP 503  (at 1,000 attempted)",
                }));

    [Test]
    public void What_does_not_fit_a_line_goes_on_below_its_first_word()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 40));

        var lines = Render(
            new Block.Figures([new("Next", words)]),
            new Block.Bullets([words], IsNumbered: true),
            new Block.Callout(Tone.Bad, words));

        Assert.That(
            lines
                .Where(line => line.Length > 0)
                .Select(line => line.TakeWhile(character => character != 'w').Count()),
            Is.EqualTo(new[] { 22, 22, 22, 3, 3, 2, 2 }));
    }

    [Test]
    public void Numbers_stand_to_the_right_and_words_to_the_left() =>
        Assert.That(
            Render(
                new Block.Table(
                    [new("Held", IsNumber: true), new("Outcome"), new("p99 ms", IsNumber: true)],
                    [new(["100", "reliable", "3.1"], Tone.Good), new(["1,000", "no", "191"], Tone.Bad)])),
            Is.EqualTo(
                new[]
                {
                    "      Held  Outcome   p99 ms",
                    "  ✓    100  reliable     3.1",
                    "  ✗  1,000  no           191",
                }));

    [Test]
    public void A_table_that_is_too_wide_breaks_its_widest_cells() =>
        Assert.That(
            Render(
                new Block.Table(
                    [new("Check"), new("Found")],
                    [new(["Open files", string.Join(' ', Enumerable.Repeat("found", 30))])])),
            Has.Length.EqualTo(3).And.ItemAt(2).Matches("^ {14}found").And.ItemAt(1).StartsWith("  Open files  found"));

    [Test]
    public void A_table_of_too_many_columns_becomes_a_line_a_cell() =>
        Assert.That(
            Render(
                    new Block.Table(
                        [.. Enumerable.Range(0, 30).Select(number => new Column($"Column {number}"))],
                        [
                            new([
                                .. Enumerable
                                    .Range(0, 30)
                                    .Select(number => (Text)(number == 3 ? "" : $"value {number}")),
                            ]),
                        ]))
                .Take(4),
            Is.EqualTo(
                new[] { "- Column 0: value 0", "  Column 1: value 1", "  Column 2: value 2", "  Column 4: value 4" }));

    [Test]
    public void Pictures_and_what_is_folded_are_left_out_with_the_headings_above_them() =>
        Assert.That(
            Render(
                new Block.Heading(2, "Charts"),
                new Block.Picture(new LineChart("Held", "", new("x"), new("y"), [])),
                new Block.Heading(2, "Steps"),
                new Block.Heading(3, "All"),
                new Block.Paragraph("Seen."),
                new Block.Heading(2, "More"),
                new Block.Details("Folded", [new Block.Paragraph("Not seen.")])),
            Is.EqualTo(new[] { "Steps", "", "All", "", "Seen." }));

    [Test]
    public void A_link_that_leads_out_shows_where() =>
        Assert.That(
            Render(
                new Block.Paragraph(
                    Text.Link("the docs", "https://example.com/x") + " and " + Text.Link("checks", "#checks"))),
            Is.EqualTo(new[] { "the docs (https://example.com/x) and checks" }));

    [Test]
    public void A_long_command_still_works_when_it_is_copied()
    {
        var command =
            "aws ecs describe-tasks "
            + string.Join(' ', Enumerable.Range(0, 30).Select(number => $"--option{number} x"));

        var lines = Render(new Block.Code(command, "sh"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.GreaterThan(1));
            Assert.That(
                string.Join('\n', lines).Replace(" \\\n        ", " ", StringComparison.Ordinal).Trim(),
                Is.EqualTo(command));
        }
    }

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.All))]
    public void Whatever_a_text_holds_no_line_is_too_wide_and_nothing_steers_the_terminal(string text)
    {
        var lines = ConsoleRenderer.Render(HostileTexts.Everywhere(text));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Where(line => PlainText.Columns(line) > ConsoleRenderer.MostColumns), Is.Empty);
            Assert.That(lines.SelectMany(line => line).Where(Steers), Is.Empty);
            Assert.That(lines.Where(line => line != line.TrimEnd()), Is.Empty);
        }
    }

    [TestCase("abc", 3)]
    [TestCase("漢字", 4)]
    [TestCase("한국어", 6)]
    [TestCase("e\u0301", 1)]
    [TestCase("✓ 👍", 4)]
    public void A_text_is_as_wide_as_a_terminal_draws_it(string text, int columns) =>
        Assert.That(PlainText.Columns(text), Is.EqualTo(columns));

    [Test]
    public void Nothing_is_no_line() => Assert.That(ConsoleRenderer.Render(new("", [])), Is.Empty);

    [Test]
    public void An_empty_table_is_its_head() =>
        Assert.That(Render(new Block.Table([new("A"), new("B", true)], [])), Is.EqualTo(new[] { "  A  B" }));

    private static string[] Render(params ImmutableArray<Block> blocks) =>
        [.. ConsoleRenderer.Render(new("", blocks))];

    private static bool Steers(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
