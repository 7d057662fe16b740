using System.Collections.Immutable;
using System.Xml.Linq;
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
            verdict.Reasons.IsDefaultOrEmpty ? null : List("reasons", verdict.Reasons),
            report.Complete ? null : Stopped(report.Interrupted),
            Figures(report),
            Bound(verdict));
    }

    private static string Tone(RunVerdict verdict) => verdict.Outcome switch
    {
        RunOutcome.Passed when verdict.SafeLimit is > 0 => "good",
        RunOutcome.Passed or RunOutcome.NotAttempted => "warn",
        _ => "bad",
    };

    private static string Headline(CapacityReport report)
    {
        var verdict = report.Verdict;
        if (VerdictWords.NothingMeasured(verdict))
            return verdict.Outcome == RunOutcome.Broken ? "Nothing could be measured" : "Nothing was measured";
        if (verdict.SafeLimit is not ({ } safe and > 0))
            return "No number of connections was reliable";

        var limit = $"{Words.Count(safe)} connections are safe on one task";
        return (verdict.Outcome, report.RequiredConnections) switch
        {
            (RunOutcome.Broken, _) => "The measurement broke off; what it found so far is no verdict",
            (RunOutcome.Failed, { } required) => $"{limit}; {Words.Count(required)} are required",
            (_, _) => limit,
        };
    }

    private static XElement Figures(CapacityReport report)
    {
        var verdict = report.Verdict;
        var none = VerdictWords.NothingMeasured(verdict) ? "not measured" : "none";
        return Tag(
            "dl",
            "figures",
            Figure("first", "Safe limit", verdict.SafeLimit is { } safe and > 0 ? Words.Count(safe) : none, "80 % of what held, per task"),
            Figure(
                "",
                "Maximum reliable",
                verdict.MaxReliable is { } reliable and > 0 ? "~" + Words.Count(reliable) : none,
                $"highest step at {Words.Share(report.Run.Threshold)} or better"),
            Figure("", "Held at once", Words.Count(verdict.HeldAtOnce, "not measured"), "open at one instant, proven alive"),
            Figure("", "Exact limit", ExactWords.Number(report), ExactWords.Note(report)),
            Figure(
                "",
                "Tasks needed",
                Words.Count(report.Plan.TasksNeeded),
                $"for {Words.Count(report.Plan.TargetConnections)} connections, buffer {Words.Number(report.Plan.Buffer)}"));
    }

    private static XElement List(string className, ImmutableArray<string> lines) =>
        Tag("ul", className, lines.Select(line => Tag("li", "", Words.OneLine(line))));

    private static XElement Stopped(string? interrupted) =>
        Paragraph("stopped", $"The run did not come to its own end. Stopped by: {Words.OneLine(interrupted ?? Words.NotKnown)}.");

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
