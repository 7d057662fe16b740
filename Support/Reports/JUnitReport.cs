using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Support.Host;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary><c>junit.xml</c>: failure is the target's, error is the suite's own, and what was not attempted is skipped.</summary>
public sealed class JUnitReport : IReportFormat
{
    /// <inheritdoc />
    public string FileName => "junit.xml";

    /// <inheritdoc />
    public string Render(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        XElement[] suites =
        [
            Suite("Capacity.Environment", report, report.Checks.Select(check => Check(check, "error", "environment"))),
            Suite("Capacity.Ladder", report, report.Steps.Select(step => Step(step, report))),
            .. report.Sizes is { } sizes ? [Suite("Capacity.Sizes", report, SizeCases(sizes))] : Array.Empty<XElement>(),
            .. report.Deployed.IsEmpty ? Array.Empty<XElement>() : [Suite("Capacity.Scaling", report, report.Deployed.Select(check => Check(check, "failure", "gate")))],
            Suite("Capacity.Verdict", report, [Verdict(report)]),
        ];
        var root = new XElement("testsuites", new XAttribute("name", "WebSocket capacity"), Counts(suites), suites);
        root.SetAttributeValue("time", Seconds(report.Run.Seconds));
        return XmlText.Of(root, indent: true, declaration: true);
    }

    private static XElement Suite(string name, CapacityReport report, IEnumerable<XElement> cases)
    {
        XElement[] all = [.. cases];
        foreach (var one in all)
            one.SetAttributeValue("classname", name);
        return new XElement(
            "testsuite",
            new XAttribute("name", name),
            Counts(all),
            new XAttribute("time", Seconds(all.Sum(one => (double)one.Attribute("time")!))),
            new XAttribute("timestamp", report.Run.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
            new XElement(
                "properties",
                Property("run", report.Run.Id),
                Property("target", report.Target.Url),
                Property("verdict", VerdictLine.Of(report))),
            all);
    }

    private static XElement Property(string name, string value) => new("property", new XAttribute("name", name), new XAttribute("value", value));

    private static IEnumerable<XAttribute> Counts(IEnumerable<XElement> elements)
    {
        var cases = elements.DescendantsAndSelf("testcase").ToArray();
        yield return new XAttribute("tests", cases.Length);
        yield return new XAttribute("failures", cases.Count(one => one.Element("failure") is not null));
        yield return new XAttribute("errors", cases.Count(one => one.Element("error") is not null));
        yield return new XAttribute("skipped", cases.Count(one => one.Element("skipped") is not null));
    }

    private static XElement Case(string name, double seconds, XElement? outcome, string output) => new(
        "testcase",
        new XAttribute("name", name),
        new XAttribute("time", Seconds(seconds)),
        outcome,
        output.Length == 0 ? null : new XElement("system-out", output));

    // A critical check of the environment keeps the suite from measuring; one of what is deployed misses a gate.
    private static XElement Check(Finding check, string critical, string type)
    {
        var output = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{check.Title}\nOutcome: {CheckWords.Outcome(check.Outcome)}\n")
            .Append(CultureInfo.InvariantCulture, $"Expected: {check.Expected}\nActual: {check.Actual}\n");
        if (check.Next.Length > 0)
            output.Append(CultureInfo.InvariantCulture, $"Next: {check.Next}\n");
        var outcome = check.Outcome switch
        {
            CheckOutcome.Critical => Outcome(critical, $"{check.Title}: {check.Actual}", type),
            CheckOutcome.NotApplicable => Outcome("skipped", $"not applicable: {check.Actual}"),
            _ => null,
        };
        return Case(check.Id, 0, outcome, output.ToString());
    }

    private static XElement Step(JudgedStep step, CapacityReport report)
    {
        var required = step.Sessions <= report.RequiredConnections;
        var outcome = step.Outcome switch
        {
            StepOutcome.Reliable => null,
            StepOutcome.Unreliable when required => Outcome(
                "failure", $"{VerdictWords.Reason(step)}; required: {Words.Plain(report.RequiredConnections ?? 0)}", "gate"),
            _ => Outcome("skipped", VerdictWords.Reason(step)),
        };
        var at = report.Sizes?.Chosen is { } size ? $"{size}: " : "";
        return Case($"{at}{Words.Plain(step.Sessions)} connections", step.Result?.Seconds ?? 0, outcome, ConsoleRows.Row(step) + "\n");
    }

    // A gate is missed by the verdict and not by one run, so what a run can be is an error.
    private static IEnumerable<XElement> SizeCases(SizeReport sizes)
    {
        foreach (var run in sizes.Runs)
        {
            var repeats = sizes.Runs.Count(one => one.Label == run.Label);
            var outcome = run.Fault is { } fault ? Outcome("error", fault, "measurement") : null;
            yield return Case($"{run.Label}, run {Words.Plain(run.Number)}", run.Seconds, outcome, SizeLines.Of(run, repeats) + "\n");
        }

        foreach (var row in sizes.Rows.Where(row => sizes.Runs.All(run => run.Label != row.Label)))
            yield return Case(row.Label, 0, Outcome("skipped", SizeWords.NotOfThisRun(row) ?? SizeWords.NotMeasured), "");
    }

    private static XElement Verdict(CapacityReport report)
    {
        var line = VerdictLine.Of(report);
        var outcome = report.Verdict.Outcome switch
        {
            RunOutcome.Passed => null,
            RunOutcome.Failed => Outcome("failure", line, "gate"),
            _ => Outcome("error", line, "measurement"),
        };
        var warnings = string.Concat(report.Verdict.Findings.Select(finding => $"Warning: {WarningWords.Of(finding)}\n"));
        return Case("Verdict", 0, outcome, $"{line}\n{warnings}{Sizes(report)}");
    }

    private static string Sizes(CapacityReport report) =>
        report.Sizes is { } sizes ? string.Concat(SizeLines.Of(sizes, report.RequiredConnections).Select(text => text + "\n")) : "";

    private static XElement Outcome(string element, string message, string? type = null) => new(
        element, new XAttribute("message", Words.OneLine(message)), type is null ? null : new XAttribute("type", type));

    private static string Seconds(double seconds) =>
        (double.IsFinite(seconds) ? seconds : 0).ToString("0.000", CultureInfo.InvariantCulture);
}
