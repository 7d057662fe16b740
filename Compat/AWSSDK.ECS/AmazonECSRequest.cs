using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Any request to ECS.</summary>
public class AmazonECSRequest : AmazonWebServiceRequest;
