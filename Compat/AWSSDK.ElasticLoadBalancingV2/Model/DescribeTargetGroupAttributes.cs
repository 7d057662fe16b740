using Amazon.Runtime;

namespace Amazon.ElasticLoadBalancingV2.Model;

/// <summary>
/// Reads the settings of a target group. Elastic Load Balancing API reference, DescribeTargetGroupAttributes.
/// </summary>
public class DescribeTargetGroupAttributesRequest : AmazonElasticLoadBalancingV2Request
{
    public string? TargetGroupArn { get; set; }
}

/// <summary>The answer to DescribeTargetGroupAttributes.</summary>
public class DescribeTargetGroupAttributesResponse : AmazonWebServiceResponse
{
    public List<TargetGroupAttribute>? Attributes { get; set; }
}

/// <summary>A setting of a target group. Elastic Load Balancing API reference, TargetGroupAttribute.</summary>
public class TargetGroupAttribute
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}
