using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>Reads tasks. ECS API reference, DescribeTasks.</summary>
public class DescribeTasksRequest : AmazonECSRequest
{
    public string? Cluster { get; set; }

    public List<string>? Include { get; set; }

    public List<string>? Tasks { get; set; }
}

/// <summary>The answer to DescribeTasks.</summary>
public class DescribeTasksResponse : AmazonWebServiceResponse
{
    public List<Failure>? Failures { get; set; }

    public List<Task>? Tasks { get; set; }
}
