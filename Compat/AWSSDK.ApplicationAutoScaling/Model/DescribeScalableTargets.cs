using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

/// <summary>
/// Lists what is registered to be scaled. Application Auto Scaling API reference, DescribeScalableTargets.
/// </summary>
public class DescribeScalableTargetsRequest : AmazonApplicationAutoScalingRequest
{
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    public List<string>? ResourceIds { get; set; }

    public ScalableDimension? ScalableDimension { get; set; }

    public ServiceNamespace? ServiceNamespace { get; set; }
}

/// <summary>The answer to DescribeScalableTargets.</summary>
public class DescribeScalableTargetsResponse : AmazonWebServiceResponse
{
    public string? NextToken { get; set; }

    public List<ScalableTarget>? ScalableTargets { get; set; }
}
