using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Verdict;

namespace Support.Aws.Services;

/// <summary>The minutes of a run, and the most that it held in them.</summary>
/// <param name="From">The start of the first minute, inclusive.</param>
/// <param name="Until">The end of the last minute, exclusive, as GetMetricData takes it.</param>
/// <param name="Held">The peak concurrent connections.</param>
/// <param name="HeldAt">The start of the minute in which that many were counted.</param>
/// <param name="Loaded">The starts of the minutes in which a step or a probe held something, in order.</param>
internal sealed record RunWindow(
    DateTimeOffset From, DateTimeOffset Until, int Held, DateTimeOffset HeldAt, ImmutableArray<DateTimeOffset> Loaded)
{
    public int Minutes => (int)Math.Round((Until - From).TotalMinutes);

    /// <summary>Of all that was attempted, steps and probes of the search; null where nothing was.</summary>
    public static RunWindow? Of(IEnumerable<JudgedStep> steps, SearchResult? search)
    {
        var probes = search?.Probes.Select(probe => probe.Result) ?? [];
        var results = steps.Select(step => step.Result).OfType<StepResult>().Concat(probes)
            .Where(result => result.Attempted > 0).ToList();
        if (results.MaxBy(result => result.Held) is not { } most)
            return null;
        var end = results.Max(result => End(result) + TimeSpan.FromSeconds(result.CloseSeconds));
        return new(
            Minute(results.Min(result => result.StartedAt)), Minute(end).AddMinutes(1), most.Held, Minute(End(most)),
            [.. results.SelectMany(MinutesHeld).Distinct().Order()]);
    }

    // The count is at the end of a step, before it closes.
    private static DateTimeOffset End(StepResult result) => result.StartedAt.AddSeconds(result.Seconds);

    // From when all were opened to the count; before and after it connections come and go.
    private static IEnumerable<DateTimeOffset> MinutesHeld(StepResult result)
    {
        if (result.Held == 0)
            yield break;
        var opened = result.StartedAt.AddSeconds(Math.Min(result.OpenSeconds, result.Seconds));
        for (var minute = Minute(opened); minute <= End(result); minute = minute.AddMinutes(1))
            yield return minute;
    }

    private static DateTimeOffset Minute(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
