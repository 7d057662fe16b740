namespace Amazon.CloudWatch.Model;

/// <summary>
/// One value of a metric, or the values of a minute, or their summary. CloudWatch API reference, MetricDatum.
/// </summary>
public class MetricDatum
{
    public List<double>? Counts { get; set; }

    public List<Dimension>? Dimensions { get; set; }

    public string? MetricName { get; set; }

    public StatisticSet? StatisticValues { get; set; }

    public int? StorageResolution { get; set; }

    public DateTime? Timestamp { get; set; }

    public StandardUnit? Unit { get; set; }

    public double? Value { get; set; }

    public List<double>? Values { get; set; }
}

/// <summary>A summary of values. CloudWatch API reference, StatisticSet.</summary>
public class StatisticSet
{
    public double? Maximum { get; set; }

    public double? Minimum { get; set; }

    public double? SampleCount { get; set; }

    public double? Sum { get; set; }
}
