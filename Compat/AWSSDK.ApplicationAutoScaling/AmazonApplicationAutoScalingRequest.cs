using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling;

/// <summary>Any request to Application Auto Scaling.</summary>
public class AmazonApplicationAutoScalingRequest : AmazonWebServiceRequest;
