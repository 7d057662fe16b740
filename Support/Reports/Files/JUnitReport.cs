using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Support.Host;
using Support.Reports.Content;
using Support.Reports.Documents;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports.Files;

/// <summary>
/// <c>junit.xml</c>: failure is the target's, error is the suite's own, and what was not attempted is skipped.
/// </summary>
internal static class JUnitReport
{
    /// <summary>The whole text of the file, with a final line end; the same in every culture.</summary>
    internal static string Render(CapacityReport report)
    {
        XElement[] suites =
        [
            Suite("Capacity.Environment", report, report.Checks.Select(check => Check(check, "error", "environment"))),
            Suite("Capacity.Ladder", report, report.Steps.Select(step => Step(step, report))),
            .. report.Sizes is { } sizes
                ? [Suite("Capacity.Sizes", report, SizeCases(sizes))]
                : Array.Empty<XElement>(),
            .. report.Deployed.IsEmpty
                ? Array.Empty<XElement>()
                : [Suite("Capacity.Scaling", report, report.Deployed.Select(check => Check(check, "failure", "gate")))],
            Suite("Capacity.Verdict", report, [Verdict(report)]),
        ];
        var root = new XElement("testsuites", new XAttribute("name", "WebSocket capacity"), Counts(suites), suites);
        root.SetAttributeValue("time", Seconds(report.Run.Seconds));
        return Written(root);
    }

    private static string Written(XElement root)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var writer = XmlWriter.Create(
            text, new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
            root.Save(writer);
        return text.Append('\n').ToString();
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
            new XAttribute(
                "timestamp",
                report.Run.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
            new XElement(
                "properties",
                Property("run", report.Run.Id),
                Property("target", report.Target.Url),
                Property("verdict", VerdictLine.Of(report))),
            all);
    }

    private static XElement Property(string name, string value) =>
        new("property", new XAttribute("name", name), new XAttribute("value", PlainText.Line(value)));

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
        new XAttribute("name", PlainText.Line(name)),
        new XAttribute("time", Seconds(seconds)),
        outcome,
        output.Length == 0
            ? null
            : new XElement("system-out", string.Concat(PlainText.Lines(output).Select(line => line + "\n"))));

    // A critical check of the environment keeps the suite from measuring; one of what is deployed misses a gate.
    private static XElement Check(Finding check, string critical, string type)
    {
        var output = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{check.Title}\nOutcome: {Phrases.Of(check.Outcome)}\n")
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
                "failure", $"{Reason(step)}; required: {report.RequiredConnections}", "gate"),
            _ => Outcome("skipped", Reason(step)),
        };
        var at = report.Sizes?.Chosen is { } size ? $"{size}: " : "";
        return Case($"{at}{Numbers.Digits(step.Sessions)} connections", step.Result?.Seconds
            ?? 0, outcome, ScreenRows.Step(step));
    }

    private static string Reason(JudgedStep step) => step.Reason is { Length: > 0 } reason ? reason
        : step.Result is { } result ? StepContent.Held(result) : "no reason was given";

    // A gate is missed by the verdict and not by one run, so what a run can be is an error.
    private static IEnumerable<XElement> SizeCases(SizeReport sizes)
    {
        foreach (var run in sizes.Runs)
        {
            var repeats = sizes.Runs.Count(one => one.Label == run.Label);
            var outcome = run.Fault is { } fault ? Outcome("error", fault, "measurement") : null;
            yield return Case(
                $"{run.Label}, run {Numbers.Digits(run.Number)}", run.Seconds, outcome, ScreenRows.Run(run, repeats));
        }

        foreach (var row in sizes.Rows.Where(row => sizes.Runs.All(run => run.Label != row.Label)))
            yield return Case(row.Label, 0, Outcome("skipped", SizeContent.NotOfThisRun(row) ?? "not measured"), "");
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
        return Case("Verdict", 0, outcome, string.Join(
            '\n', ConsoleRenderer.Render(new(line, [.. Summary.Head(report), .. Summary.Warnings(report)]))));
    }

    private static XElement Outcome(string element, string message, string? type = null) => new(
        element, new XAttribute("message", PlainText.Line(message)),
        type is null ? null : new XAttribute("type", type));

    private static string Seconds(double seconds) =>
        (double.IsFinite(seconds) ? seconds : 0).ToString("0.000", CultureInfo.InvariantCulture);
}
