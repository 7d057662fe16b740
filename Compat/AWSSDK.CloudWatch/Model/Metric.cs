namespace Amazon.CloudWatch.Model;

/// <summary>A metric. CloudWatch API reference, Metric.</summary>
public class Metric
{
    public List<Dimension>? Dimensions { get; set; }

    public string? MetricName { get; set; }

    public string? Namespace { get; set; }
}

/// <summary>A name and a value that set a metric apart. CloudWatch API reference, Dimension.</summary>
public class Dimension
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
