using Amazon.Runtime;

namespace Amazon.ElasticLoadBalancingV2.Model;

/// <summary>
/// Reads the settings of a load balancer. Elastic Load Balancing API reference, DescribeLoadBalancerAttributes.
/// </summary>
public class DescribeLoadBalancerAttributesRequest : AmazonElasticLoadBalancingV2Request
{
    public string? LoadBalancerArn { get; set; }
}

/// <summary>The answer to DescribeLoadBalancerAttributes.</summary>
public class DescribeLoadBalancerAttributesResponse : AmazonWebServiceResponse
{
    public List<LoadBalancerAttribute>? Attributes { get; set; }
}

/// <summary>A setting of a load balancer. Elastic Load Balancing API reference, LoadBalancerAttribute.</summary>
public class LoadBalancerAttribute
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}
