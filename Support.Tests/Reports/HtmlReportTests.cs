using System.Xml.Linq;
using NUnit.Framework;
using Support.Reports;

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
    [TestCase("LimitFound", "memory (both) would bind first, at 21,400 connections")]
    [TestCase("Passed", "a lower bound: nothing broke")]
    [TestCase("Passed", "No connection failed in any step.")]
    [TestCase("Broken", "Nothing could be measured")]
    [TestCase("Broken", "Stopped by: SIGTERM")]
    [TestCase("GateMissed", "160 connections are safe on one task; 500 are required")]
    [TestCase("NothingAttempted", "Nothing was measured")]
    [TestCase("EverythingNull", "CAPACITY_TARGET_URL")]
    public void A_reader_finds(string report, string words) =>
        Assert.That(XDocument.Parse(Render(report)).Root!.Value.ReplaceLineEndings(" "), Does.Contain(words));

    [Test]
    public void The_style_sheet_needs_no_escape() => Assert.That(Support.Reports.Html.PageStyle.Text.IndexOfAny(['<', '>', '&']), Is.EqualTo(-1));

    private static string Render(string report) => new HtmlReport().Render(SampleReports.All[report]);
}
