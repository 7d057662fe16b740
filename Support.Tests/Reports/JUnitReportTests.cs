using System.Xml.Linq;
using NUnit.Framework;
using Support.Reports.Files;

namespace Support.Tests.Reports;

internal sealed class JUnitReportTests
{
    [Test]
    public void An_unreliable_step_above_the_gate_is_skipped_and_one_below_it_fails()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Outcomes("LimitFound", "500 connections"), Is.EqualTo(new[] { "skipped" }));
            Assert.That(Outcomes("GateMissed", "500 connections"), Is.EqualTo(new[] { "failure" }));
            Assert.That(Outcomes("GateMissed", "200 connections"), Is.Empty);
            Assert.That(Outcomes("GateMissed", "1000 connections"), Is.EqualTo(new[] { "skipped" }), "not attempted");
        }
    }

    [TestCase("Passed", "")]
    [TestCase("LimitFound", "")]
    [TestCase("GateMissed", "failure")]
    [TestCase("Broken", "error")]
    [TestCase("NothingAttempted", "error")]
    [TestCase("EverythingNull", "error")]
    public void A_missed_gate_is_a_failure_and_a_broken_run_an_error(string report, string outcome) =>
        Assert.That(string.Join(',', Outcomes(report, "Verdict")), Is.EqualTo(outcome));

    [Test]
    public void A_warning_stands_below_the_verdict() => Assert.That(
        Render("ClientLimit").Descendants("testcase").Single(one => (string)one.Attribute("name")! == "Verdict").Value,
        Does.Match(@"(?m)^! Client and server do not count the same: in the step of 20,000"));

    [Test]
    public void A_critical_check_is_an_error_and_one_that_does_not_apply_is_skipped()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Outcomes("Broken", "Environment.FileDescriptors"), Is.EqualTo(new[] { "error" }));
            Assert.That(Outcomes("Broken", "Environment.ConnectionTracking"), Is.EqualTo(new[] { "skipped" }));
            Assert.That(Outcomes("Broken", "Environment.ListenBacklog"), Is.Empty, "a warning lets the run go on");
        }
    }

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void The_counts_of_a_suite_are_those_of_its_cases(string report)
    {
        var root = Render(report);

        using (Assert.EnterMultipleScope())
        {
            foreach (var suite in root.DescendantsAndSelf().Where(element => element.Attribute("tests") is not null))
            {
                Assert.That((int)suite.Attribute("tests")!, Is.EqualTo(suite.Descendants("testcase").Count()));
                Assert.That((int)suite.Attribute("failures")!, Is.EqualTo(suite.Descendants("failure").Count()));
                Assert.That((int)suite.Attribute("errors")!, Is.EqualTo(suite.Descendants("error").Count()));
                Assert.That((int)suite.Attribute("skipped")!, Is.EqualTo(suite.Descendants("skipped").Count()));
            }

            Assert.That(
                root.Elements("testsuite").Select(suite => (string)suite.Attribute("name")!),
                Is.EqualTo(Suites(report)));
        }
    }

    [Test]
    public void Each_run_at_a_size_is_a_case_one_that_was_not_measured_is_skipped_and_a_fault_is_an_error()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Outcomes("SizesRefused", "256/512, run 1"), Is.Empty, "the verdict fails the gate, not the run");
            Assert.That(Outcomes("SizesRefused", "1024/2048, run 3"), Is.EqualTo(new[] { "error" }));
            Assert.That(Outcomes("SizesRefused", "4096/8192"), Is.EqualTo(new[] { "skipped" }));
            Assert.That(Outcomes("SizesRefused", "256/512: 1000 connections"), Is.EqualTo(new[] { "failure" }));
            Assert.That(Outcomes("SizesRefused", "Verdict"), Is.EqualTo(new[] { "failure" }));
        }
    }

    private static string[] Suites(string report) =>
    [
        "Capacity.Environment", "Capacity.Ladder",
        .. SampleReports.All[report].Sizes is null ? Array.Empty<string>() : ["Capacity.Sizes"],
        .. SampleReports.All[report].Deployed.IsEmpty ? Array.Empty<string>() : ["Capacity.Scaling"],
        "Capacity.Verdict",
    ];

    private static XElement Render(string report) =>
        XDocument.Parse(JUnitReport.Render(SampleReports.All[report])).Root!;

    private static string[] Outcomes(string report, string name)
    {
        var found = Render(report).Descendants("testcase").Single(one => (string)one.Attribute("name")! == name);
        return [.. found.Elements()
            .Select(element => element.Name.LocalName).Where(element => element is "failure" or "error" or "skipped")];
    }
}
