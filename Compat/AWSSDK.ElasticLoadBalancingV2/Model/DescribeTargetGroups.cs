using Amazon.Runtime;

namespace Amazon.ElasticLoadBalancingV2.Model;

/// <summary>Lists target groups. Elastic Load Balancing API reference, DescribeTargetGroups.</summary>
public class DescribeTargetGroupsRequest : AmazonElasticLoadBalancingV2Request
{
    public string? LoadBalancerArn { get; set; }

    public string? Marker { get; set; }

    public List<string>? Names { get; set; }

    public int? PageSize { get; set; }

    public List<string>? TargetGroupArns { get; set; }
}

/// <summary>The answer to DescribeTargetGroups.</summary>
public class DescribeTargetGroupsResponse : AmazonWebServiceResponse
{
    public string? NextMarker { get; set; }

    public List<TargetGroup>? TargetGroups { get; set; }
}

/// <summary>A target group; intervals in seconds. Elastic Load Balancing API reference, TargetGroup.</summary>
public class TargetGroup
{
    public bool? HealthCheckEnabled { get; set; }

    public int? HealthCheckIntervalSeconds { get; set; }

    public List<string>? LoadBalancerArns { get; set; }

    public int? Port { get; set; }

    public ProtocolEnum? Protocol { get; set; }

    public string? TargetGroupArn { get; set; }

    public string? TargetGroupName { get; set; }
}
