using System.Collections.Immutable;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Support.Ecs;

namespace Support.Aws.Services;

/// <summary>
/// What GetMetricData answered so far, over all pages and requests; values are told apart by their minute, never by
/// their place.
/// </summary>
internal sealed class ServiceAnswers(ImmutableArray<ServiceQuery> queries, RunWindow window)
{
    // From the client to the load balancer, and from there to the task.
    private const double Legs = 2;

    private readonly Dictionary<string, SortedDictionary<DateTimeOffset, double>> values = queries.ToDictionary(
        query => query.Id, _ => new SortedDictionary<DateTimeOffset, double>());
    private readonly Dictionary<string, string?> problems = [];
    private readonly HashSet<string> forbidden = [];

    /// <summary>How many minutes that have to come are not there yet.</summary>
    public int Missing => queries.Sum(MissingOf);

    /// <summary>CloudWatch failed to read a metric, and asking again may help; what is forbidden stays so.</summary>
    public bool IsTroubled => problems.Any(pair => pair.Value is not null && !forbidden.Contains(pair.Key));

    public IEnumerable<string> Incomplete =>
        queries.Where(query => MissingOf(query) > 0).Select(query => query.Metric.Name).Distinct();

    /// <summary>Takes a page. A value that was there before is replaced: CloudWatch revises late minutes.</summary>
    public void Add(GetMetricDataResponse page)
    {
        foreach (var result in page.MetricDataResults ?? [])
        {
            if (result.Id is not { } id || !values.TryGetValue(id, out var known))
                continue;
            // Both lists are of one length; a page that breaks that says nothing about the rest.
            foreach (var (at, value) in (result.Timestamps ?? []).Zip(result.Values ?? []))
                known[new(at.ToUniversalTime())] = value;
            problems[id] = ProblemOf(result);
            if (result.StatusCode == StatusCode.Forbidden)
                forbidden.Add(id);
        }
    }

    /// <summary>The metrics by the queries' order.</summary>
    public ImmutableArray<ServiceMetric> Metrics() => [.. queries.Select(query =>
    {
        ImmutableArray<MetricPoint> points =
        [
            .. values[query.Id].Where(pair => pair.Key >= window.From && pair.Key < window.Until)
                .Select(pair => new MetricPoint(pair.Key, pair.Value)),
        ];
        return query.Metric with
        {
            Points = points,
            Note = NoteOf(query, points),
            Problem = problems.GetValueOrDefault(query.Id),
            Next = NextOf(query.Id),
        };
    })];

    // A load balancer's count has the one of the minute beside it in which the run held the most.
    private string NoteOf(ServiceQuery query, ImmutableArray<MetricPoint> points)
    {
        var peak = query.Id == ServiceQueries.Active ? points.FirstOrDefault(point => point.At == window.HeldAt) : null;
        return peak is null
            ? query.Metric.Note
            : query.Metric.Note + Say($"; in the minute of {window.HeldAt:HH:mm} UTC ")
                + Say($"{peak.Value:0.##} ÷ 2 = {peak.Value / Legs:0.##}, and the run held {window.Held}");
    }

    private int MissingOf(ServiceQuery query) => forbidden.Contains(query.Id) ? 0 : query.Awaited switch
    {
        Awaited.EveryMinute =>
            Math.Max(0, window.Minutes - values[query.Id].Keys.Count(at => at >= window.From && at < window.Until)),
        Awaited.Loaded => window.Loaded.Count(minute => !values[query.Id].ContainsKey(minute)),
        _ => 0,
    };

    private string NextOf(string id) => problems.GetValueOrDefault(id) is null ? ""
        : forbidden.Contains(id) ? "Grant cloudwatch:GetMetricData to the task role (deploy/iam/task-role-policy.json)."
        : "Run again.";

    // A page that is not the last says PartialData; the last one says how it ended.
    private static string? ProblemOf(MetricDataResult result)
    {
        var said = string.Join("; ", (result.Messages ?? []).Select(message => $"{message.Code}: {message.Value}"));
        var detail = said.Length > 0 ? $" ({said})" : "";
        if (result.StatusCode == StatusCode.Forbidden)
            return $"CloudWatch does not allow it to be read{detail}";
        if (result.StatusCode == StatusCode.InternalError)
            return $"CloudWatch failed to read it{detail}";
        return result.StatusCode == StatusCode.PartialData ? $"CloudWatch gave only a part of it{detail}" : null;
    }
}
