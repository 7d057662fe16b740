using System.Collections.Immutable;

namespace Support.Ecs;

/// <summary>What CloudWatch says of the service and its load balancer for the run's own window.</summary>
public sealed record ServiceMetrics
{
    /// <summary>As in <c>cluster/service</c>; null where none was named.</summary>
    public string? Service { get; init; }

    /// <summary>As in <c>app/NAME/ID</c>; null where none was named.</summary>
    public string? LoadBalancer { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The metrics in the order of the report.</summary>
    public ImmutableArray<ServiceMetric> Metrics { get; init; } = [];

    /// <summary>The minutes in which the run held something: there the load balancer's count is not zero.</summary>
    public ImmutableArray<DateTimeOffset> LoadedMinutes { get; init; } = [];

    /// <summary>Why CloudWatch did not answer the last request, with the next step; null where it did.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether anything was read; beside a problem it is what was there before.</summary>
    public bool IsRead => Problem is null || Metrics.Any(metric => !metric.Points.IsEmpty);

    /// <summary>How many minutes were read.</summary>
    public int Minutes => (int)Math.Round((Until - From).TotalMinutes);
}

/// <summary>One metric over the run's window.</summary>
/// <param name="Name">As CloudWatch calls it, as in <c>CPUUtilization</c>.</param>
/// <param name="Statistic">As CloudWatch calls it, as in <c>Average</c> or <c>Sum</c>.</param>
/// <param name="Unit">As CloudWatch calls it, as in <c>Percent</c>.</param>
public sealed record ServiceMetric(string Name, string Statistic, string Unit)
{
    /// <summary>The values by minute; empty is "no data", which is neither 0 nor good.</summary>
    public ImmutableArray<MetricPoint> Points { get; init; } = [];

    /// <summary>The value that no minute may reach; null where there is none.</summary>
    public double? Threshold { get; init; }

    /// <summary>As that both legs of a connection are counted; empty where the name says it all.</summary>
    public string Note { get; init; } = "";

    /// <summary>
    /// False where AWS reports only minutes in which it is not zero: there a minute without a value is no gap.
    /// </summary>
    public bool EveryMinute { get; init; }

    /// <summary>Why CloudWatch did not give this metric, or not all of it; null where it did.</summary>
    public string? Problem { get; init; }

    /// <summary>What to do about the problem; empty where there is none.</summary>
    public string Next { get; init; } = "";

    /// <summary>The greatest value; null where there is no data.</summary>
    public double? Greatest => Points.IsEmpty ? null : Points.Max(point => point.Value);

    /// <summary>Whether a minute reached the threshold; null where there is none, or no data.</summary>
    public bool? IsOver => Threshold is { } threshold && Greatest is { } greatest ? greatest >= threshold : null;
}

/// <summary>One minute of a metric.</summary>
/// <param name="At">The start of the minute.</param>
/// <param name="Value">In the metric's unit.</param>
public sealed record MetricPoint(DateTimeOffset At, double Value);
