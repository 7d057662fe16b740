using NUnit.Framework;
using Support.Reports;

namespace Support.Tests.Reports;

public sealed class MarkdownReportTests
{
    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head(string report)
    {
        var lines = Render(report).Split('\n');
        for (var index = 1; index < lines.Length; index++)
        {
            if (lines[index].StartsWith('|') && lines[index - 1].StartsWith('|'))
                Assert.That(Cells(lines[index]), Is.EqualTo(Cells(lines[index - 1])), lines[index]);
        }
    }

    [Test]
    public void The_verdict_is_the_first_thing_after_the_title() =>
        Assert.That(Render("LimitFound").Split('\n')[2], Does.StartWith("**✓ Passed. Safe limit 160, maximum reliable \\~200"));

    [Test]
    public void Text_from_outside_stays_text()
    {
        var text = Render("Hostile");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Not.Contain("<script").And.Not.Contain("[a](b)"));
            Assert.That(text.Where(character => char.IsControl(character) && character != '\n'), Is.Empty);
            Assert.That(text, Does.Contain("&lt;script&gt;alert('x')"));
        }
    }

    private static int Cells(string line) => line.Replace("\\|", "", StringComparison.Ordinal).Count(character => character == '|');

    private static string Render(string report) => new MarkdownReport().Render(SampleReports.All[report]);
}
