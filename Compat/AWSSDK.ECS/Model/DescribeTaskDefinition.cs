using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>Reads one revision of a task definition. ECS API reference, DescribeTaskDefinition.</summary>
public class DescribeTaskDefinitionRequest : AmazonECSRequest
{
    public List<string>? Include { get; set; }

    public string? TaskDefinition { get; set; }
}

/// <summary>The answer to DescribeTaskDefinition.</summary>
public class DescribeTaskDefinitionResponse : AmazonWebServiceResponse
{
    public List<Tag>? Tags { get; set; }

    public TaskDefinition? TaskDefinition { get; set; }
}
