using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

/// <summary>Lists the policies that scale. Application Auto Scaling API reference, DescribeScalingPolicies.</summary>
public class DescribeScalingPoliciesRequest : AmazonApplicationAutoScalingRequest
{
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    public List<string>? PolicyNames { get; set; }

    public string? ResourceId { get; set; }

    public ScalableDimension? ScalableDimension { get; set; }

    public ServiceNamespace? ServiceNamespace { get; set; }
}

/// <summary>The answer to DescribeScalingPolicies.</summary>
public class DescribeScalingPoliciesResponse : AmazonWebServiceResponse
{
    public string? NextToken { get; set; }

    public List<ScalingPolicy>? ScalingPolicies { get; set; }
}
