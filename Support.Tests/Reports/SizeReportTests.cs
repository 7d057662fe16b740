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
            Assert.That(headings, Is.EqualTo(new[] { "## Task sizes", "## Plan" }));
            Assert.That(text, Does.Contain($"## Task sizes\n\n**{SizeWords.Summary(SizeReports.Change().Change!)}**\n\nBefore: the task definition at origin/main.\n\n|  | Before: 512/1024 | After: 256/512 | Difference |\n"));
            Assert.That(text, Does.Contain("| Connections held | 2,140 to 2,180 | 980 to 990 | -1,175 (-54%) |"));
            Assert.That(text, Does.Contain("| Reaches the required 1,500 | ✓ yes | ✗ no | – |"));
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
            Assert.That(drawing.Element("desc")!.Value, Does.Contain("512/1024 (before): 2,140 to 2,180, safe limit 1,712."));
        }
    }

    [Test]
    public void The_closing_lines_begin_with_the_sizes_and_say_of_which_the_rest_is()
    {
        var lines = ConsoleRows.Closing(SizeReports.Refused(), "reports");
        var sizes = ConsoleRows.Sizes(SizeReports.Change(), 1500);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Take(sizes.Length), Is.EqualTo(sizes));
            Assert.That(sizes[^1], Is.EqualTo("The verdict and the steps are those of 256/512, run 2: the lowest of its 3 runs."));
            Assert.That(lines.Skip(sizes.Length).Take(2), Is.EqualTo(new[] { "", "Maximum reliable connections: ~980" }));
        }
    }

    [Test]
    public void The_verdict_in_one_line_says_a_change_once()
    {
        var (refused, summary) = (SizeReports.Refused(), SizeWords.Summary(SizeReports.Change().Change!));
        var another = refused with { Verdict = refused.Verdict with { Reasons = ["the service was too full", .. refused.Verdict.Reasons] } };
        const string At = "At 256/512: safe limit 784; limit set by the server under test: the kernel killed the server for memory: 512 MiB were used up at 980 connections. Warning: ";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(VerdictLine.Of(refused), Does.StartWith($"Failed. {summary} {At}"));
            Assert.That(VerdictLine.Of(another), Does.StartWith($"Failed: the service was too full. {summary} {At}"));
            Assert.That(VerdictLine.Of(refused with { RequiredConnections = null }), Does.StartWith("Failed: 256/512 holds"), "what is not the requirement's");
        }
    }

    [Test]
    public void The_verdict_in_one_line_names_the_size_where_nothing_is_compared()
    {
        var locked = SizeReports.Locked();
        var missed = locked with { Verdict = locked.Verdict with { HeldAtOnce = null } };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(VerdictLine.Of(SizeReports.Named()), Does.StartWith("Passed. At 512/1024: safe limit 1712, maximum reliable ~2140, "));
            Assert.That(VerdictLine.Of(locked), Does.StartWith("Passed. At 2048/4096: safe limit 3520, "));
            Assert.That(VerdictLine.Of(missed), Does.Contain("Nothing was measured at 2048/4096; the lock file has 4,400 to 4,520 held, safe limit 3,520."));
        }
    }

    // A limit below what is required, as far as it is known.
    [TestCase(1500, false, "✓ yes")]
    [TestCase(1499, false, "✗ no")]
    [TestCase(1499, true, "✗ not shown: a lower bound")]
    [TestCase(null, false, "–")]
    public void Whether_a_size_is_enough_is_said(int? safe, bool isLowerBound, string said)
    {
        var sizes = SizeReports.Change();
        var changed = sizes with { Rows = [.. sizes.Rows.Select(row => row with { SafeLimit = safe, Limit = row.Limit! with { IsLowerBound = isLowerBound } }).Take(2)] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeTables.Change(changed, 1500)!.Rows[2], Is.EqualTo(new[] { "Reaches the required 1,500", said, said, "–" }));
            Assert.That(SizeTables.Change(changed, null)!.Rows.Select(row => row[0]), Has.None.StartsWith("Reaches"));
        }
    }

    [Test]
    public void That_the_safe_limit_is_a_share_of_what_was_held_is_said_where_it_is()
    {
        var sizes = SizeReports.Change();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeTables.Legend(sizes), Does.EndWith(" Safe limit: 80 % of the least."));
            Assert.That(SizeTables.Legend(sizes with { Rows = [sizes.Rows[0] with { SafeLimit = 400 }] }), Does.Not.Contain("80 %"));
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
