using Amazon.ApplicationAutoScaling.Model;
using Amazon.Compat;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.ApplicationAutoScaling;

/// <summary>
/// A client of Application Auto Scaling on the core alone: its credentials, its signatures, its retries.
/// </summary>
public class AmazonApplicationAutoScalingClient : AmazonServiceClient, IAmazonApplicationAutoScaling
{
    public AmazonApplicationAutoScalingClient()
        : base(new AmazonApplicationAutoScalingConfig())
    {
    }

    public AmazonApplicationAutoScalingClient(RegionEndpoint region)
        : base(new AmazonApplicationAutoScalingConfig { RegionEndpoint = region })
    {
    }

    public AmazonApplicationAutoScalingClient(AmazonApplicationAutoScalingConfig config)
        : base(config)
    {
    }

    public AmazonApplicationAutoScalingClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonApplicationAutoScalingConfig { RegionEndpoint = region })
    {
    }

    public AmazonApplicationAutoScalingClient(
        AWSCredentials credentials, AmazonApplicationAutoScalingConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public virtual Task<DescribeScalableTargetsResponse> DescribeScalableTargetsAsync(
        DescribeScalableTargetsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeScalableTargetsResponse>(
            request,
            AmazonApplicationAutoScalingProtocol.Instance.Options<DescribeScalableTargetsResponse>(),
            cancellationToken);

    public virtual Task<DescribeScalingPoliciesResponse> DescribeScalingPoliciesAsync(
        DescribeScalingPoliciesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeScalingPoliciesResponse>(
            request,
            AmazonApplicationAutoScalingProtocol.Instance.Options<DescribeScalingPoliciesResponse>(),
            cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) =>
        Pipeline.Customize(pipeline, AmazonApplicationAutoScalingProtocol.Instance);
}
