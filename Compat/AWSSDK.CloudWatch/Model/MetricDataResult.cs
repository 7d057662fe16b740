namespace Amazon.CloudWatch.Model;

/// <summary>
/// What a query found: values and the moments that they belong to. CloudWatch API reference, MetricDataResult.
/// </summary>
public class MetricDataResult
{
    public string? Id { get; set; }

    public string? Label { get; set; }

    public List<MessageData>? Messages { get; set; }

    public StatusCode? StatusCode { get; set; }

    public List<DateTime>? Timestamps { get; set; }

    public List<double>? Values { get; set; }
}

/// <summary>What the service says about a result. CloudWatch API reference, MessageData.</summary>
public class MessageData
{
    public string? Code { get; set; }

    public string? Value { get; set; }
}
