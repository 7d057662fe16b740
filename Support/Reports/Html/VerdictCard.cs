using System.Collections.Immutable;
using System.Xml.Linq;
using Support.Host;
using Support.Verdict;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>The verdict in words: what the page is opened for, before any chart.</summary>
internal static class VerdictCard
{
    internal static XElement Of(CapacityReport report)
    {
        var verdict = report.Verdict;
        return Tag(
            "section",
            $"card verdict {Tone(verdict)}",
            With("aria-labelledby", "verdict-title"),
            Paragraph(
                "outcome",
                Tag("span", "badge", With("aria-hidden", "true"), verdict.Outcome == RunOutcome.Passed ? "✓" : "✗"),
                VerdictWords.Outcome(verdict.Outcome)),
            Tag("h1", "", With("id", "verdict-title"), Headline(report)),
            VerdictWords.Whose(verdict) is { } whose ? Paragraph("lead", whose) : null,
            verdict.Reasons.IsDefaultOrEmpty ? null : List("reasons", verdict.Reasons),
            Incomplete(report),
            Warnings(verdict.Findings),
            Figures(report),
            Bound(verdict));
    }

    private static string Tone(RunVerdict verdict) => verdict.Outcome switch
    {
        RunOutcome.Passed when verdict.SafeLimit is > 0 && !VerdictWords.ClientWasTheLimit(verdict) => "good",
        RunOutcome.Passed or RunOutcome.NotAttempted => "warn",
        _ => "bad",
    };

    private static string Headline(CapacityReport report)
    {
        var verdict = report.Verdict;
        if (VerdictWords.NothingMeasured(verdict))
            return verdict.Outcome == RunOutcome.Broken ? "Nothing could be measured" : "Nothing was measured";
        if (verdict.SafeLimit is not ({ } safe and > 0))
            return VerdictWords.ClientWasTheLimit(verdict) ? AtLeast(verdict) : "No number of connections was reliable";

        var limit = VerdictWords.ClientWasTheLimit(verdict) ? AtLeast(verdict) : $"{Words.Count(safe)} connections are safe on {Task(report)}";
        if (report.Rebuilt is { CameToItsEnd: false } or { Interrupted: not null })
            return "The run was cut off; what it found so far is no verdict";
        return (verdict.Outcome, report.RequiredConnections) switch
        {
            (RunOutcome.Broken, _) => "The measurement broke off; what it found so far is no verdict",
            (RunOutcome.Failed, { } required) when report.Sizes is null || safe < required => $"{limit}; {Words.Count(required)} are required",
            (_, _) => limit,
        };
    }

    private static string Task(CapacityReport report) => report.Sizes?.Chosen is { } size ? $"a task of {Words.OneLine(size)}" : "one task";

    private static string AtLeast(RunVerdict verdict) => $"At least {Words.Count(verdict.HeldAtOnce)} connections; {VerdictWords.Client}";

    private static XElement Figures(CapacityReport report)
    {
        var verdict = report.Verdict;
        var none = VerdictWords.NothingMeasured(verdict) ? "not measured" : "none";
        // What this client could not show is not there: every number of the server is a lower bound then.
        var client = VerdictWords.ClientWasTheLimit(verdict);
        var (atLeast, why) = client ? ("≥ ", $": {VerdictWords.Client}") : ("", "");
        return Tag(
            "dl",
            "figures",
            Figure("first", "Safe limit", verdict.SafeLimit is { } safe and > 0 ? atLeast + Words.Count(safe) : none, $"80 % of what held, per task{why}"),
            Figure(
                "",
                "Maximum reliable",
                verdict.MaxReliable is { } reliable and > 0 ? (client ? atLeast : "~") + Words.Count(reliable) : none,
                $"highest step at {Words.Share(report.Run.Threshold)} or better"),
            Figure("", "Held at once", Words.Count(verdict.HeldAtOnce, "not measured"), "open at one instant, proven alive"),
            Figure("", "Exact limit", ExactWords.Number(report), ExactWords.Note(report)),
            Tasks(report));
    }

    private static XElement Tasks(CapacityReport report)
    {
        var plan = report.Plan;
        var (tasks, bound) = (plan.Desired ?? plan.TasksNeeded, PlanWords.IsAtMost(report));
        var alone = PlanWords.Alone(plan) is { Length: > 0 } words ? $" ({words})" : "";
        var fewer = bound && tasks is not null ? $"; {PlanWords.Fewer(report)}" : "";
        var doubt = PlanWords.Doubt(plan) is null ? "" : "; in doubt, see the plan";
        return Figure(
            "",
            "Tasks needed",
            tasks is { } count ? (bound ? "≤ " : "") + Words.Count(count) : Words.NotKnown,
            $"for {Words.Count(plan.TargetConnections)} connections{alone}{fewer}{doubt}");
    }

    private static XElement? Warnings(ImmutableArray<Finding> findings) => findings.IsDefaultOrEmpty
        ? null
        : Tag(
            "ul",
            "warnings",
            findings.Select(finding => Tag(
                "li",
                "",
                Tag("strong", "", $"! {Words.OneLine(finding.Title)}: "),
                WarningWords.Actual(finding),
                finding.Next.Length == 0 ? null : Tag("span", "todo", $"Next step: {Words.OneLine(finding.Next)}"))));

    private static XElement? Incomplete(CapacityReport report) => VerdictWords.Incomplete(report) is not { } why
        ? null
        : Paragraph("stopped", report.Rebuilt is null
            ? $"The run did not come to its own end. Stopped by: {Words.OneLine(report.Interrupted ?? Words.NotKnown)}."
            : $"{Sentence(why)}.");

    private static XElement List(string className, ImmutableArray<string> lines) =>
        Tag("ul", className, lines.Select(line => Tag("li", "", Words.OneLine(line))));

    private static XElement Figure(string className, string name, string value, string note)
    {
        var words = value.Any(char.IsLetter) ? "words" : "";
        return Tag("div", className, Tag("dt", "", name), Tag("dd", $"number {words}".Trim(), value), Tag("dd", "hint", note));
    }

    private static XElement Bound(RunVerdict verdict)
    {
        var bottleneck = verdict.Bottleneck;
        var heading = VerdictWords.NothingMeasured(verdict) ? "What stood in the way" : "What set the limit";
        ImmutableArray<string> evidence = bottleneck.Evidence.IsDefault ? [] : bottleneck.Evidence;
        return Tag(
            "div",
            "bound",
            Tag("div", "", Tag("h2", "", heading), Paragraph("cause", Sentence(VerdictWords.BoundBy(verdict)))),
            evidence.Length == 0 ? null : Tag("div", "", Tag("h2", "", "How that is known"), List("", evidence)),
            bottleneck.Next.Length == 0 ? null : Tag("div", "next", Tag("h2", "", "Next step"), Paragraph("", Words.OneLine(bottleneck.Next))));
    }

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
