using Amazon.ApplicationAutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ApplicationAutoScaling;

/// <summary>The operations of Application Auto Scaling that the suite uses.</summary>
public partial interface IAmazonApplicationAutoScaling : IAmazonService, IDisposable
{
    /// <summary>Application Auto Scaling API reference, DescribeScalableTargets.</summary>
    Task<DescribeScalableTargetsResponse> DescribeScalableTargetsAsync(
        DescribeScalableTargetsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Application Auto Scaling API reference, DescribeScalingPolicies.</summary>
    Task<DescribeScalingPoliciesResponse> DescribeScalingPoliciesAsync(
        DescribeScalingPoliciesRequest request, CancellationToken cancellationToken = default);

    /// <summary>The endpoint that a request goes to.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonApplicationAutoScalingConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(
        AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonApplicationAutoScalingClient(awsCredentials, (AmazonApplicationAutoScalingConfig)clientConfig);
}
