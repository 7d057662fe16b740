using System.Collections.Immutable;
using System.Globalization;
using Support.Ecs;
using Support.Plan;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>What the screen shows: a row a step, and the closing lines.</summary>
public static class ConsoleRows
{
    /// <summary>As in <c>✓    10 sessions:    10 successful (100.0%) in 2.34s</c>. The share is cut, not rounded: 100.0% means all.</summary>
    public static string Row(JudgedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var mark = VerdictWords.Mark(step.Outcome);
        if (step.Result is not { } result)
            return string.Create(CultureInfo.InvariantCulture, $"{mark} {step.Sessions,5} sessions: {NotAttempted(step)}");

        var share = Words.Percent(result.Held, result.Attempted);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{mark} {step.Sessions,5} sessions: {result.Held,5} successful ({share,5}%) in {result.Seconds:0.00}s");
    }

    /// <summary>The same of a step at a task size, as in <c>  256/512 ✓   100 sessions:   100 successful (100.0%) in 1.12s</c>.</summary>
    /// <param name="label">The size, as <see cref="SizeRun.Label"/> has it.</param>
    /// <param name="step">The step.</param>
    public static string Row(string label, JudgedStep step) => $"  {Words.OneLine(label)} {Row(step)}";

    /// <summary>
    /// As in <c>✓ 256/512 run 1 of 3: 1,980 held (exact 1,981 / 1,999), safe 1,584, limit set by memory, started in 0.6 s, took 38 s</c>.
    /// </summary>
    /// <param name="run">The finished run.</param>
    /// <param name="repeats">How often each size is measured.</param>
    public static string Row(SizeRun run, int repeats)
    {
        ArgumentNullException.ThrowIfNull(run);
        return SizeLines.Of(run, repeats);
    }

    /// <summary>The lines after the last size: before and after, and every size, in columns; empty lines between the tables.</summary>
    /// <param name="sizes">What was found.</param>
    /// <param name="required">The safe limit that is required, <see cref="CapacityReport.RequiredConnections"/>; null where none is.</param>
    public static ImmutableArray<string> Sizes(SizeReport sizes, int? required)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return [.. SizeLines.Of(sizes, required)];
    }

    /// <summary>Before the first step: what one task is expected to hold, and by what; a row a resource.</summary>
    public static ImmutableArray<string> Estimate(CapacityEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return [.. PlanRows.Of(estimate)];
    }

    /// <summary>The lines after the last step.</summary>
    /// <param name="report">The finished report.</param>
    /// <param name="directory">Where the reports are.</param>
    public static ImmutableArray<string> Closing(CapacityReport report, string directory)
    {
        ArgumentNullException.ThrowIfNull(report);
        var verdict = report.Verdict;
        var bound = VerdictWords.ClientWasTheLimit(verdict) ? $", a lower bound: {VerdictWords.Client}" : "";
        var lines = ImmutableArray.CreateBuilder<string>();
        if (report.Sizes is { } sizes)
            lines.AddRange(SizeLines.Of(sizes, report.RequiredConnections).Append(""));
        lines.Add($"Maximum reliable connections: {VerdictWords.MaxReliable(verdict)}{bound}");
        lines.Add($"Recommendation: {Recommendation(verdict)}{bound}");
        lines.Add($"Held at once: {(verdict.HeldAtOnce is { } held ? Words.Plain(held) : "not measured")}");
        lines.AddRange(Search(report));
        lines.Add($"Limit set by: {VerdictWords.BoundBy(verdict)}");
        if (Words.OneLine(verdict.Bottleneck.Next) is { Length: > 0 } next)
            lines.Add($"Next step: {next}");
        if (!verdict.Findings.IsDefaultOrEmpty)
            lines.AddRange(verdict.Findings.Select(finding => $"Warning: {WarningWords.Of(finding)}"));
        lines.Add($"Tasks needed: {VerdictWords.Tasks(report)}");
        lines.AddRange(PlanRows.Of(report, directory));
        if (report.Calibration is { } calibration)
            lines.Add($"Meter: {WarningWords.Of(calibration)}");
        lines.AddRange(Incomplete(report));
        lines.AddRange(verdict.Reasons.Select(reason => $"{VerdictWords.Outcome(verdict.Outcome)}: {Words.OneLine(reason)}"));
        lines.Add($"Reports: {directory}");
        return lines.ToImmutable();
    }

    /// <summary>A row a metric of the service, as in <c>✓ CPUUtilization, Average: 62.4 %, below 80 %</c>.</summary>
    /// <param name="service">What CloudWatch says.</param>
    public static ImmutableArray<string> Service(ServiceMetrics service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return
        [
            $"CloudWatch, {ServiceWords.Window(service)}",
            .. service.Problem is { } problem ? [ServiceWords.Problem(service, problem)] : Array.Empty<string>(),
            .. service.IsRead ? service.Metrics.Select(Row) : [],
        ];
    }

    /// <summary>As in <c>✓ published: metrics to CloudWatch …: 31 values</c>.</summary>
    /// <param name="publication">What became of it.</param>
    public static string Row(Publication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return Words.OneLine($"{ServiceWords.State(publication).Words}: {publication.Name} to {publication.Where}: {publication.Detail}");
    }

    private static string Row(ServiceMetric metric)
    {
        string[] parts = [ServiceWords.Greatest(metric), ServiceWords.Threshold(metric)];
        var mark = metric.IsOver switch { true => "✗", false => "✓", null => "–" };
        return $"{mark} {ServiceWords.Name(metric)}: {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    private static IEnumerable<string> Search(CapacityReport report)
    {
        yield return $"Exact limit: {ExactWords.Of(report)}";
        // Where the limit is exact, why the search ended says nothing more.
        if (report.Search is { } search && report.Verdict.Exact is not { IsExact: true })
            yield return $"Search: {SearchWords.Ended(search)}";
        if (SearchWords.Paced(report) is { } paced)
            yield return $"Depends on pace: {paced}";
    }

    private static IEnumerable<string> Incomplete(CapacityReport report)
    {
        if (report.Rebuilt is { } earlier)
            yield return $"Not a run of its own: {earlier}";
        else if (report.Interrupted is { } interrupted)
            yield return $"Stopped early: {Words.OneLine(interrupted)}";
    }

    private static string NotAttempted(JudgedStep step)
    {
        var reason = VerdictWords.Reason(step);
        return reason.StartsWith("not attempted", StringComparison.OrdinalIgnoreCase) ? reason : $"not attempted: {reason}";
    }

    private static string Recommendation(RunVerdict verdict) => verdict switch
    {
        { SafeLimit: { } limit and > 0 } => $"Use {Words.Plain(limit)} as safe limit",
        { HeldAtOnce: null } => "none: nothing was measured",
        _ => "none: no step was reliable",
    };
}
