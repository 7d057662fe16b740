using Amazon.Runtime;

namespace Amazon.ElasticLoadBalancingV2.Model;

/// <summary>Lists load balancers. Elastic Load Balancing API reference, DescribeLoadBalancers.</summary>
public class DescribeLoadBalancersRequest : AmazonElasticLoadBalancingV2Request
{
    public List<string>? LoadBalancerArns { get; set; }

    public string? Marker { get; set; }

    public List<string>? Names { get; set; }

    public int? PageSize { get; set; }
}

/// <summary>The answer to DescribeLoadBalancers.</summary>
public class DescribeLoadBalancersResponse : AmazonWebServiceResponse
{
    public List<LoadBalancer>? LoadBalancers { get; set; }

    public string? NextMarker { get; set; }
}

/// <summary>A load balancer. Elastic Load Balancing API reference, LoadBalancer.</summary>
public class LoadBalancer
{
    public string? DNSName { get; set; }

    public string? LoadBalancerArn { get; set; }

    public string? LoadBalancerName { get; set; }

    public LoadBalancerTypeEnum? Type { get; set; }

    public string? VpcId { get; set; }
}
