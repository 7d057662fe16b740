using System.Collections.Immutable;
using Support.Measuring;
using Support.Plan.Scaling;
using Support.Reports.Documents;
using Support.Settings;
using Support.Verdict;
using static Support.Reports.Content.Numbers;

namespace Support.Reports.Content;

/// <summary>What a run says in a dozen lines: the screen's last block, and the head of the report.</summary>
internal static class Summary
{
    private const string RequiredVariable = SettingDefinition.EnvironmentPrefix + "GATE_REQUIREDCONNECTIONS";
    private const string HoldSetting = "Ladder.Hold";
    private const string ConnectTime = "Connect time";
    private const string Required = "Required";
    private const string TasksNeeded = "Tasks needed";

    // With the headline, the report's page, and the two lines before them, no more than a dozen.
    private const int MostOnTheScreen = 8;
    private const int MostOfAKindOnTheScreen = 2;

    // What the screen does without first where there is much to say.
    private static readonly string[] LeftOutFirst = [Required, ConnectTime, TasksNeeded];

    /// <summary>The closing block of the screen.</summary>
    /// <param name="report">The finished report.</param>
    /// <param name="page">The report's page, as a path that can be opened from where the run was started.</param>
    internal static Document Screen(CapacityReport report, string page)
    {
        var headline = Headline.Of(report);
        var figures = Figures(report, headline, isScreen: true).ToList();
        foreach (var name in LeftOutFirst.Where(_ => figures.Count > MostOnTheScreen))
            figures.RemoveAll(figure => figure.Name == name
                && (name != Required || report.RequiredConnections is null));
        var policies = Path.Combine(Path.GetDirectoryName(page) ?? "", ScalingScope.Folder);
        return new(
            Title(report),
            [
                .. Sizes(report), .. SeedLines(report), Banner(headline),
                new Block.Figures([.. figures, .. PlanContent.Summary(report, policies), new("Report", page)]),
            ]);
    }

    /// <summary>The head of the report: banner, task sizes where there are some, figures.</summary>
    internal static IEnumerable<Block> Head(CapacityReport report)
    {
        var headline = Headline.Of(report);
        return [Banner(headline), .. Sizes(report), new Block.Figures([.. Figures(report, headline, isScreen: false)])];
    }

    /// <summary>What throws doubt on the numbers, in the report: each set apart.</summary>
    internal static IEnumerable<Block> Warnings(CapacityReport report) =>
        report.Verdict.Findings.Select(finding => new Block.Callout(Tone.Warning, Phrases.Of(finding)));

    /// <summary>The title of the report.</summary>
    internal static string Title(CapacityReport report) => $"WebSocket capacity: {VerdictLine.Of(report)}";

    /// <summary>How many tasks carry what is planned for; <c>not known</c> where nothing was measured.</summary>
    internal static string Tasks(CapacityReport report) => (report.Plan.Desired ?? report.Plan.TasksNeeded) is { } tasks
        ? (IsAtMost(report) ? "at most " : "") + Count(tasks)
        : "not known";

    /// <summary>Whether fewer tasks may do: one may hold more than this run could show.</summary>
    internal static bool IsAtMost(CapacityReport report) =>
        report.Plan.IsLowerBound || FoundLimit.IsOfThisClient(report.Verdict);

    private static Block.Banner Banner(Headline headline) =>
        new Block.Banner(headline.Tone, headline.Word, headline.Line);

    private static IEnumerable<Block> Sizes(CapacityReport report) =>
        report.Sizes is { } sizes ? [SizeContent.Head(sizes, report.RequiredConnections)] : [];

    // Scripts read these two, so their form stays as it is, digits without separators.
    private static IEnumerable<Block> SeedLines(CapacityReport report)
    {
        var verdict = report.Verdict;
        if (verdict.PeakConnections is null)
            return [];
        var reliable = verdict.MaxReliable switch
        {
            null => "not measured",
            0 => "none",
            { } sessions => Nearness(report) + Digits(sessions),
        };
        var safe = verdict.SafeLimit is { } limit and > 0
            ? $"Use {Digits(limit)} as safe limit"
            : "none: no step was reliable";
        return
        [
            new Block.Paragraph($"Maximum reliable connections: {reliable}"),
            new Block.Paragraph($"Recommendation: {safe}"),
        ];
    }

    // A step of the ladder is only as near to the limit as the steps are to each other.
    private static string Nearness(CapacityReport report) => FoundLimit.Of(report) switch
    {
        { Kind: LimitKind.NotReached or LimitKind.OfThisClient } => "at least ",
        { Kind: LimitKind.Found } limit when report.Verdict.MaxReliable == limit.Held => "",
        _ => "~",
    };

    private static IEnumerable<Figure> Figures(CapacityReport report, Headline headline, bool isScreen)
    {
        var target = report.Target;
        yield return new("Target", target.Url, target.Embedded ? "embedded" : null);
        foreach (var reason in Few("Why", headline.Reasons, isScreen))
            yield return new(reason.Name, reason.Line);
        if (report.Verdict.PeakConnections is not null)
        {
            foreach (var figure in Measured(report, isScreen))
                yield return figure;
        }

        if (report.RequiredConnections is { } required)
            yield return RequiredFigure(report, required);
        else if (report.Verdict.PeakConnections is not null)
            yield return new(Required, "not set", Text.Code(RequiredVariable));
        var warnings = report.Verdict.Findings.Select(finding => $"{finding.Title}: {finding.Actual}");
        foreach (var warning in Few("Warning", isScreen ? [.. warnings] : [], isScreen))
            yield return new(warning.Name, warning.Line, Tone: Tone.Warning);
        if (headline.Next.Length > 0)
            yield return new("Next", Phrases.Next(headline.Next));
    }

    // On the screen no more than two of a kind, a sentence each; the name stands before the first.
    private static IEnumerable<(string Name, string Line)> Few(string name, ImmutableArray<string> lines, bool isScreen)
    {
        var shown = isScreen && lines.Length > MostOfAKindOnTheScreen ? MostOfAKindOnTheScreen - 1 : lines.Length;
        var more = lines.Length > shown ? $"{Count(lines.Length - shown)} more in the report" : "";
        return lines.Take(shown).Select(line => isScreen ? FirstSentence(line) : line).Append(more)
            .Where(line => line.Length > 0).Select((line, index) => (index == 0 ? name : "", line));
    }

    private static string FirstSentence(string line) =>
        line.IndexOf(". ", StringComparison.Ordinal) is var end and >= 0 ? line[..end] : line;

    private static IEnumerable<Figure> Measured(CapacityReport report, bool isScreen)
    {
        var (verdict, limit) = (report.Verdict, FoundLimit.Of(report));
        yield return new("Max connections", limit.Value, MaxBasis(report, limit), IsKey: true);
        if (!isScreen)
        {
            yield return new(
                "Highest reliable step", Count(verdict.LadderReliable), $"at least {Share(report.Run.Threshold)} held");
        }

        if (!isScreen && verdict.PeakConnections != (limit.Held ?? limit.Low))
            yield return new("Peak", Count(verdict.PeakConnections), "concurrent connections in any step");
        var safe = verdict.SafeLimit is > 0 ? Count(verdict.SafeLimit) : "none";
        yield return new("Recommended max", safe, SafeBasis(verdict, limit), IsKey: true);
        if (!verdict.NotProven.IsEmpty)
            yield return new("Not tested", string.Join(", ", verdict.NotProven.Select(Phrases.Of)));
        var target = Count(report.Plan.TargetConnections);
        yield return new(TasksNeeded, Tasks(report), $"for {target} connections", IsKey: true);
        yield return new("Limited by", Phrases.LimitedBy(report));
        if (Phrases.Failing(report) is { } failing)
            yield return new("Errors", Phrases.Failures(failing, most: 2), At(failing));
        if (report.Steps.LastOrDefault(step =>
            step.Result?.ConnectMilliseconds is not null)?.Result is { ConnectMilliseconds: { } times } opened)
            yield return new(ConnectTime, $"p50 {Milliseconds(times.P50)}, p99 {Milliseconds(times.P99)}", At(opened));
    }

    private static string At(StepResult result) => $"at {Count(result.Attempted)} attempted";

    private static string MaxBasis(CapacityReport report, FoundLimit limit)
    {
        var hold = report.Settings.FirstOrDefault(setting => setting.Name == HoldSetting) is { } known
            ? $" after {known.Value}" : "";
        return limit.Kind switch
        {
            LimitKind.Accepted => limit.Basis,
            LimitKind.NotReached => $"each answered a ping{hold}",
            _ => $"each answered a ping{hold}; {limit.Basis}",
        };
    }

    // The share is taken of the least of three figures: which one it was is what a reader wants to know.
    private static Text? SafeBasis(RunVerdict verdict, FoundLimit limit)
    {
        bool Is(int? of) => of is { } all && GateSettings.SafeOf(all) == verdict.SafeLimit;
        var share = Share(GateSettings.SafeShare);
        return verdict.SafeLimit switch
        {
            not > 0 => "no step was reliable",
            _ when limit.Kind is LimitKind.Varies or LimitKind.Between && Is(limit.Low) => $"{share} of the low end",
            _ when limit.Kind == LimitKind.Found && (Is(limit.Held) || Is(limit.Low)) =>
                $"{share} of the limit",
            _ when Is(verdict.PeakConnections) => $"{share} of what was held",
            _ when Is(verdict.MaxReliable) => $"{share} of {Count(verdict.MaxReliable)}, the highest reliable step",
            _ => null,
        };
    }

    private static Figure RequiredFigure(CapacityReport report, int required) =>
        report.Verdict.Outcome == RunOutcome.Passed || report.Verdict.SafeLimit >= required
            ? new(Required, Count(required), "reached", Tone.Good)
            : new(Required, Count(required), "not reached", Tone.Bad);
}
