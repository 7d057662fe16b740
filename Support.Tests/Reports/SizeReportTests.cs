using System.Xml.Linq;
using NUnit.Framework;
using Support.Reports;

namespace Support.Tests.Reports;

/// <summary>What a report of a run at task sizes says, and where.</summary>
public sealed class SizeReportTests
{
    [Test]
    public void The_change_comes_directly_below_the_verdict_and_before_the_steps()
    {
        var text = new MarkdownReport().Render(SizeReports.Refused());
        string[] headings = [.. text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Take(2)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(headings, Is.EqualTo(new[] { "## Task sizes", "## Steps" }));
            Assert.That(text, Does.Contain("## Task sizes\n\n**From 512/1024 to 256/512: 2,140 to 2,180 connections before and 980 to 990 after; memory is what binds"));
            Assert.That(text, Does.Contain("| Held at 99 % | 2,140 to 2,180 | 980 to 990 | -1,175 (-54%) |"));
            Assert.That(text, Does.Contain("**! 4096/8192 was NOT measured: "));
        }
    }

    [Test]
    public void A_drawing_has_a_bar_and_a_median_for_each_size_with_numbers_and_one_line_for_what_is_required()
    {
        var page = XDocument.Parse(new HtmlReport().Render(SizeReports.Refused()));
        var drawing = page.Descendants("figure").Single(figure => (string?)figure.Attribute("id") == "size-limits")
            .Descendants("svg").Single(svg => svg.Attribute("aria-hidden") is null);
        int Count(string className) => drawing.Elements().Count(one => (string?)one.Attribute("class") == className);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Count("bar c1"), Count("bar locked"), Count("bar c2"), Count("bracket")), Is.EqualTo((3, 1, 4, 4)));
            Assert.That((Count("threshold"), Count("series c1")), Is.EqualTo((1, 1)), "what is required; the lower bound");
            Assert.That(drawing.Element("desc")!.Value, Does.Contain("512/1024 (before): 2,140 to 2,180, safe limit 1,600."));
        }
    }

    [Test]
    public void The_closing_lines_say_first_of_which_size_they_are() => Assert.That(
        ConsoleRows.Closing(SizeReports.Refused(), "reports")[0],
        Is.EqualTo("Task size: 256/512. The verdict and the steps are those of 256/512, run 2: the lowest of its 3 runs."));

    [Test]
    public void The_verdict_in_one_line_names_size_and_change()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(VerdictLine.Of(SizeReports.Refused()), Does.Contain("1,500 are required: no. At 256/512: safe limit 784, maximum reliable ~500"));
            Assert.That(VerdictLine.Of(SizeReports.Named()), Does.StartWith("Passed. At 512/1024: safe limit 1600, "));
            Assert.That(VerdictLine.Of(SizeReports.Locked()), Does.EndWith("Nothing was measured at 2048/4096; the lock file has 4,400 to 4,520 held, safe limit 1,600."));
        }
    }

    [Test]
    public void A_run_without_sizes_says_nothing_of_them()
    {
        var texts = ReportWriter.Formats.ToDictionary(format => format.FileName, format => format.Render(SampleReports.LimitFound()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts["capacity.json"], Does.Contain("\n  \"sizes\": null,\n"));
            Assert.That(texts.Where(text => text.Key != "capacity.json" && text.Value.Contains("Task size", StringComparison.Ordinal)), Is.Empty);
            Assert.That(texts["capacity.html"], Does.Not.Contain("#sizes"));
            Assert.That(texts["junit.xml"], Does.Not.Contain("Capacity.Sizes"));
        }
    }
}
