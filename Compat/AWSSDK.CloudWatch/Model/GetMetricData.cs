using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

/// <summary>Reads values of metrics. CloudWatch API reference, GetMetricData.</summary>
public class GetMetricDataRequest : AmazonCloudWatchRequest
{
    public DateTime? EndTime { get; set; }

    public LabelOptions? LabelOptions { get; set; }

    public int? MaxDatapoints { get; set; }

    public List<MetricDataQuery>? MetricDataQueries { get; set; }

    public string? NextToken { get; set; }

    public ScanBy? ScanBy { get; set; }

    public DateTime? StartTime { get; set; }
}

/// <summary>The answer to GetMetricData.</summary>
public class GetMetricDataResponse : AmazonWebServiceResponse
{
    public List<MessageData>? Messages { get; set; }

    public List<MetricDataResult>? MetricDataResults { get; set; }

    public string? NextToken { get; set; }
}
