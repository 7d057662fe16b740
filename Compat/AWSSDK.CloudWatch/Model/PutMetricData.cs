using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

/// <summary>Writes values of metrics. CloudWatch API reference, PutMetricData.</summary>
public class PutMetricDataRequest : AmazonCloudWatchRequest
{
    public List<MetricDatum>? MetricData { get; set; }

    public string? Namespace { get; set; }
}

/// <summary>The answer to PutMetricData.</summary>
public class PutMetricDataResponse : AmazonWebServiceResponse;
