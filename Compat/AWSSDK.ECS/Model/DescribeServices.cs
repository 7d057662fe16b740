using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>Reads services. ECS API reference, DescribeServices.</summary>
public class DescribeServicesRequest : AmazonECSRequest
{
    public string? Cluster { get; set; }

    public List<string>? Include { get; set; }

    public List<string>? Services { get; set; }
}

/// <summary>The answer to DescribeServices.</summary>
public class DescribeServicesResponse : AmazonWebServiceResponse
{
    public List<Failure>? Failures { get; set; }

    public List<Service>? Services { get; set; }
}
