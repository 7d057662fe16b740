using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Reports.Documents;
using Support.Sizes;
using Support.Verdict;
using static Support.Reports.Content.Numbers;

namespace Support.Reports.Content;

/// <summary>What the screen shows while a run goes on, a row each as it happens, and the block at its end.</summary>
internal static class ScreenRows
{
    /// <summary>
    /// As in <c>✓    10 sessions:    10 successful (100.0%) in 2.34s</c>. The share is cut and not rounded: 100.0%
    /// means all, and where fewer were attempted than wanted it says of how many.
    /// </summary>
    internal static string Step(JudgedStep step)
    {
        var mark = PlainText.Sign(Phrases.ToneOf(step.Outcome));
        if (step.Result is not { } result)
            return Say($"{mark} {step.Sessions,5} sessions: {WhyNot(step)}");
        var share = Percent(result.Held, result.Attempted);
        var row =
            Say($"{mark} {step.Sessions,5} sessions: {result.Held,5} successful ({share,5}%{Of(result)}) in ")
            + Say($"{result.Seconds:0.00}s");
        return step.Before is { } before
            ? row + Say($", tried again: at first {before.Held} were held, and most ended together")
            : row;
    }

    /// <summary>
    /// The same of a step at a task size, as in <c>  256/512 ✓   100 sessions:   100 successful (100.0%) in 1.12s</c>.
    /// </summary>
    /// <param name="label">The size, as <see cref="SizeRun.Label"/> has it.</param>
    /// <param name="step">The step.</param>
    internal static string Step(string label, JudgedStep step) => PlainText.Line($"  {label} {Step(step)}");

    /// <summary>
    /// As in <c>  → probe 2: 354 sessions (350 held and 4 more): 350 successful (98.8%) in 1.02s</c>; of those that are
    /// opened slowly <c>  → probe 3: 350 held and 1 more, 2 per second: 350 held in 1.02s</c>.
    /// </summary>
    /// <param name="probe">The probe.</param>
    /// <param name="before">The probe before it; null for the first.</param>
    internal static string Probe(SearchProbe probe, SearchProbe? before)
    {
        var result = probe.Result;
        if (probe.Kind == ProbeKind.Paced && before is not null)
            return Say($"  → probe {probe.Number}: {before.Result.Held} held and ")
                + Say($"{result.Attempted - before.Result.Attempted} more{Rate(probe)}: {result.Held} held in ")
                + Say($"{result.Seconds:0.00}s");
        var share = Percent(result.Held, result.Attempted);
        return Say($"  → probe {probe.Number}: {result.Sessions} sessions{How(probe, before)}: "
            + $"{result.Held} successful ({share}%{Of(result)}) in {result.Seconds:0.00}s");
    }

    // What the share is of, where that is not what was wanted.
    private static string Of(StepResult result) =>
        result.Attempted == result.Sessions ? "" : Say($" of {result.Attempted} attempted");

    /// <summary>The same of a probe at a task size, with the size in front of it.</summary>
    /// <param name="label">The size, as <see cref="SizeRun.Label"/> has it.</param>
    /// <param name="probe">The probe.</param>
    /// <param name="before">The probe before it; null for the first.</param>
    internal static string Probe(string label, SearchProbe probe, SearchProbe? before) =>
        PlainText.Line($"  {label} {Probe(probe, before).TrimStart()}");

    /// <summary>
    /// As in <c>✓ 256/512 run 1 of 3: limit 1,981, recommended max 1,584, limited by memory, took 38.00 s</c>.
    /// </summary>
    /// <param name="run">The finished run.</param>
    /// <param name="repeats">How often each size is measured.</param>
    internal static string Run(SizeRun run, int repeats)
    {
        var mark = PlainText.Sign(run.Fault is null && run.NotStarted is null ? Tone.Good : Tone.Bad);
        var number = $"run {Digits(run.Number)} of {Digits(Math.Max(run.Number, repeats))}";
        var parts = string.Join(", ", Parts(run).OfType<string>());
        return PlainText.Line($"{mark} {run.Label} {number}: {parts}, took {Seconds(run.Seconds)}");
    }

    /// <summary>A sign of life of a step that goes on.</summary>
    internal static string Progress(StepProgress now) => Say(
        $"… {now.Sessions,5} sessions: {now.Activity}, {now.Attempted} attempted, {now.Open} open, "
        + $"{now.Elapsed.TotalSeconds:0} s");

    /// <summary>A sign of life of a pause, and its end.</summary>
    /// <param name="sessions">What begins after it.</param>
    /// <param name="waited">How long it took; null while it goes on.</param>
    internal static string Pause(int sessions, TimeSpan? waited) => waited is { } pause
        ? Say($"… {sessions,5} sessions: begins, after a pause of {pause.TotalSeconds:0} s")
        : Say($"… {sessions,5} sessions: pause, until the connections of the step before are gone");

    /// <summary>A check with what to do; a command stands on a line of its own, to be copied.</summary>
    internal static ImmutableArray<string> Check(Finding finding)
    {
        var next = Phrases.Next(finding.Next);
        var words = string.Concat(next.Parts.Where(part => part.Kind != SpanKind.Code).Select(part => part.Content))
            .Trim();
        var said = $"{finding.Title}: {finding.Actual.TrimEnd('.')}.{(words.Length > 0 ? $" Next: {words}" : "")}";
        return ConsoleRenderer.Render(new(
            finding.Title,
            [
                new Block.Callout(Phrases.ToneOf(finding.Outcome), said),
                .. next.Parts.Where(part => part.Kind == SpanKind.Code)
                    .Select(part => new Block.Code(part.Content, "sh")),
            ]));
    }

    /// <summary>A row a metric of the service, as in <c>✓ CPUUtilization, Average: 62.4 %, below 80 %</c>.</summary>
    /// <param name="service">What CloudWatch says.</param>
    internal static ImmutableArray<string> Service(ServiceMetrics service)
    {
        string?[] rows =
        [
            $"CloudWatch, {ServiceContent.Window(service)}",
            service.Problem is { } problem ? $"{(service.IsRead ? "Not read again" : "Not read")}: {problem}" : null,
            .. service.IsRead ? service.Metrics.Select(MetricRow) : [],
        ];
        return [.. rows.OfType<string>().Select(PlainText.Line)];
    }

    /// <summary>As in <c>✓ published: metrics to CloudWatch …: 31 values</c>.</summary>
    /// <param name="publication">What became of it.</param>
    internal static string Published(Publication publication)
    {
        var mark = PlainText.Sign(ServiceContent.ToneOf(publication.Outcome));
        var outcome = ServiceContent.Outcome(publication.Outcome);
        var next = publication.Next.Length > 0 ? $". Next: {publication.Next}" : "";
        return PlainText.Line(
            $"{mark} {outcome}: {publication.Name} to {publication.Where}: {publication.Detail}{next}");
    }

    /// <summary>The block at the end.</summary>
    /// <param name="report">The finished report.</param>
    /// <param name="page">The report's page, as a path that can be opened from where the run was started.</param>
    internal static ImmutableArray<string> Summary(CapacityReport report, string page) =>
        ConsoleRenderer.Render(Content.Summary.Screen(report, page));

    private static IEnumerable<string?> Parts(SizeRun run)
    {
        if (run.Fault is { } fault)
            return [$"not measured: {fault.TrimEnd('.')}"];
        if (run.NotStarted is { } why)
            return [$"0 held, the server did not start: {why.TrimEnd('.')}", SizeContent.Restarts(run)];
        return
        [
            $"limit {SizeContent.Limit(run)}",
            $"recommended max {Count(run.Verdict.SafeLimit)}",
            $"limited by {Phrases.LimitedByShort(run.Verdict)}",
            SizeContent.Restarts(run),
            run.StartSeconds is { } start ? $"started in {Seconds(start)}" : null,
        ];
    }

    // The reason says itself that the step was not attempted, but where it is what this client has.
    private static string WhyNot(JudgedStep step) => step switch
    {
        { Reason: not { Length: > 0 } } => "not attempted: no reason was given",
        { OutOf: not null } => $"not attempted: {PlainText.Line(step.Reason)}",
        _ => PlainText.Line(step.Reason),
    };

    private static string How(SearchProbe probe, SearchProbe? before)
    {
        if (probe.Kind == ProbeKind.FreshPaced)
            return Say($" ({probe.Pace.InFlight} at once{Rate(probe)})");
        if (probe.Kind == ProbeKind.Fresh || before is null)
            return "";
        // Of those wanted now, not of those attempted: what failed before is not among them.
        var more = probe.Result.Sessions - before.Result.Held;
        return Say($" ({before.Result.Held} held and {more} more{Rate(probe)})");
    }

    private static string Rate(SearchProbe probe) =>
        probe is { IsPaced: true, Pace.Rate: { } rate } ? Say($", {rate:0.#} per second") : "";

    private static string MetricRow(ServiceMetric metric)
    {
        string[] parts = [ServiceContent.Highest(metric), ServiceContent.Threshold(metric)];
        var mark = PlainText.Sign(ServiceContent.ToneOf(metric)) is { Length: > 0 } sign ? sign : None;
        return $"{mark} {ServiceContent.Name(metric)}: {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }
}
