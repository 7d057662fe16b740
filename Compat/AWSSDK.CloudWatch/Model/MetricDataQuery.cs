namespace Amazon.CloudWatch.Model;

/// <summary>A metric or an expression to read. CloudWatch API reference, MetricDataQuery.</summary>
public class MetricDataQuery
{
    public string? AccountId { get; set; }

    public string? Expression { get; set; }

    public string? Id { get; set; }

    public string? Label { get; set; }

    public MetricStat? MetricStat { get; set; }

    public int? Period { get; set; }

    public bool? ReturnData { get; set; }
}

/// <summary>A metric, its statistic and its period in seconds. CloudWatch API reference, MetricStat.</summary>
public class MetricStat
{
    public Metric? Metric { get; set; }

    public int? Period { get; set; }

    public string? Stat { get; set; }

    public StandardUnit? Unit { get; set; }
}

/// <summary>The time zone of labels. CloudWatch API reference, LabelOptions.</summary>
public class LabelOptions
{
    public string? Timezone { get; set; }
}
