using System.Xml.Linq;
using NUnit.Framework;
using Support.Reports;
using Support.Reports.Html;

namespace Support.Tests.Reports;

public sealed class HtmlReportTests
{
    /// <summary>Texts of the run may hold these; the page's own markup may not.</summary>
    private static readonly string[] FromElsewhere = ["http://", "https://", "src=", "url(", "@import", "<script", "<link", "href="];

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void The_page_is_well_formed_and_loads_and_runs_nothing(string report)
    {
        var page = Render(report);
        var withoutText = XDocument.Parse(page);
        foreach (var text in withoutText.DescendantNodes().OfType<XText>().Where(text => text.Parent!.Name != "style").ToArray())
            text.Remove();

        var markup = withoutText.ToString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FromElsewhere.Where(markup.Contains), Is.Empty);
            Assert.That(page, Does.StartWith("<!DOCTYPE html>\n<html"));
            Assert.That(withoutText.Descendants().Attributes().Where(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)), Is.Empty);
        }
    }

    [TestCase("LimitFound")]
    [TestCase("Passed")]
    [TestCase("EightSteps")]
    public void An_ordinary_page_holds_no_address_at_all(string report) =>
        Assert.That(FromElsewhere.Where(Render(report).Contains), Is.Empty);

    /// <summary>HTML reads <c>&lt;td/&gt;</c> as an open tag and everything after it as its content.</summary>
    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void Only_void_elements_and_drawings_close_themselves(string report)
    {
        var closed = XDocument.Parse(Render(report)).Descendants().Where(element => element.IsEmpty && !element.Ancestors("svg").Any());

        Assert.That(closed.Select(element => element.Name.LocalName).Distinct(), Is.SubsetOf(new[] { "meta", "br", "hr", "col" }));
    }

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void Every_drawing_has_words_and_every_name_is_given_once(string report)
    {
        var page = XDocument.Parse(Render(report));
        var ids = page.Descendants().Attributes("id").Select(attribute => attribute.Value).ToArray();
        var wanted = page.Descendants().Attributes("aria-labelledby").SelectMany(attribute => attribute.Value.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Is.Unique);
            Assert.That(wanted.Except(ids), Is.Empty, "a name that is referred to and not there");
            Assert.That(
                page.Descendants("svg").Where(svg => svg.Attribute("aria-hidden") is null && (svg.Element("title") is null || svg.Element("desc") is null)), Is.Empty);
        }
    }

    [Test]
    public void The_verdict_comes_before_any_drawing()
    {
        var page = Render("LimitFound");

        Assert.That(page.IndexOf("160 connections are safe on one task", StringComparison.Ordinal), Is.GreaterThan(0).And.LessThan(page.IndexOf("<svg", StringComparison.Ordinal)));
    }

    [TestCase("LimitFound", "Raise the server's connection cap")]
    [TestCase("LimitFound", "150 of 500 handshakes were answered with 503")]
    [TestCase("LimitFound", "2,357 bytes a connection")]
    [TestCase("LimitFound", "lowest: memory (both), 21,400 connections")]
    [TestCase("LimitFound", "The server under test set the limit.")]
    [TestCase("LimitFound", "held at once; 351 wanted still count as held at 99 %, 354 do not")]
    [TestCase("LimitFound", "± 190 bytes")]
    [TestCase("ClientLimit", "At least 12,000 connections; this client was the limit")]
    [TestCase("ClientLimit", "The server may hold more: no capacity of it is claimed.")]
    [TestCase("ClientLimit", "in the step of 20,000 the server counts 11,990 open")]
    [TestCase("Rebuilt", "The run was cut off; what it found so far is no verdict")]
    [TestCase("Rebuilt", "which was killed in its search, after try 1.")]
    [TestCase("EightSteps", "Afterwards the server opened one more connection.")]
    [TestCase("EightSteps", "10.0.3.17:443 1,210 of 2,500")]
    [TestCase("EightSteps", "its threads came up to 413 ms late")]
    [TestCase("EightSteps", "1,024 of 1,024 descriptors in use; the kernel dropped 37 connections at a full accept queue")]
    [TestCase("EightSteps", "opened 1 at a time, 40 a second, 4998 were held and nothing broke")]
    [TestCase("Passed", "a lower bound: nothing broke")]
    [TestCase("SizesRefused", "784 connections are safe on a task of 256/512; 1,500 are required")]
    [TestCase("SizesRefused", "Reaches the required 1,500✓ yes✗ no–")]
    [TestCase("SizesRefused", "2048/4096 was NOT measured here: it needs 2 vCPU, and this machine has 1.5 cores.")]
    [TestCase("SizesRefused", "1024/2048: at least 2,000, safe limit 1,600.")]
    [TestCase("SizesNamed", "The verdict and the steps are those of 512/1024, run 2: the lowest of its 3 runs.")]
    [TestCase("SizesLocked", "2048/4096 was not measured here: there are no steps of it.")]
    [TestCase("Passed", "No connection failed in any step.")]
    [TestCase("Broken", "Nothing could be measured")]
    [TestCase("Broken", "Stopped by: SIGTERM")]
    [TestCase("GateMissed", "160 connections are safe on one task; 500 are required")]
    [TestCase("NothingAttempted", "Nothing was measured")]
    [TestCase("EverythingNull", "CAPACITY_TARGET_URL")]
    public void A_reader_finds(string report, string words) =>
        Assert.That(XDocument.Parse(Render(report)).Root!.Value.ReplaceLineEndings(" "), Does.Contain(words));

    [TestCase("LimitFound", 2)]
    [TestCase("EightSteps", 8)]
    public void Every_try_is_a_mark_in_the_drawing_and_the_bracket_closes(string report, int tries)
    {
        var drawing = XDocument.Parse(Render(report)).Descendants("figure").Single(figure => (string?)figure.Attribute("id") == "tries")
            .Descendants("svg").Single(svg => svg.Attribute("aria-hidden") is null);
        var brackets = drawing.Elements("rect").Where(one => (string?)one.Attribute("class") == "bracket").Select(one => (double)one.Attribute("height")!).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawing.Elements().Count(one => ((string?)one.Attribute("class"))?.StartsWith("dot ", StringComparison.Ordinal) == true), Is.EqualTo(tries));
            Assert.That(brackets, Has.Length.EqualTo(tries + 1), "one for the ladder");
            Assert.That(brackets, Is.Ordered.Descending);
        }
    }

    [Test]
    public void The_style_sheet_needs_no_escape() => Assert.That((PageStyle.Text + PageStyle.Sizes).IndexOfAny(['<', '>', '&']), Is.EqualTo(-1));

    private static string Render(string report) => new HtmlReport().Render(SampleReports.All[report]);
}
