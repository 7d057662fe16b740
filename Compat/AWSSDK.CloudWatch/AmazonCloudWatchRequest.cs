using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>Any request to CloudWatch.</summary>
public class AmazonCloudWatchRequest : AmazonWebServiceRequest;
