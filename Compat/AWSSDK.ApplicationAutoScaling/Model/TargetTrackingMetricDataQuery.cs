namespace Amazon.ApplicationAutoScaling.Model;

/// <summary>A metric or an expression. Application Auto Scaling API reference, TargetTrackingMetricDataQuery.</summary>
public class TargetTrackingMetricDataQuery
{
    public string? Expression { get; set; }

    public string? Id { get; set; }

    public string? Label { get; set; }

    public TargetTrackingMetricStat? MetricStat { get; set; }

    public bool? ReturnData { get; set; }
}

/// <summary>
/// A metric and its statistic; without a period. Application Auto Scaling API reference, TargetTrackingMetricStat.
/// </summary>
public class TargetTrackingMetricStat
{
    public TargetTrackingMetric? Metric { get; set; }

    public string? Stat { get; set; }

    public string? Unit { get; set; }
}

/// <summary>A metric. Application Auto Scaling API reference, TargetTrackingMetric.</summary>
public class TargetTrackingMetric
{
    public List<TargetTrackingMetricDimension>? Dimensions { get; set; }

    public string? MetricName { get; set; }

    public string? Namespace { get; set; }
}

/// <summary>
/// A name and a value that set a metric apart. Application Auto Scaling API reference, TargetTrackingMetricDimension.
/// </summary>
public class TargetTrackingMetricDimension
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
