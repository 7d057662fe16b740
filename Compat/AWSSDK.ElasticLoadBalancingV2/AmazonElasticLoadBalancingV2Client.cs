using Amazon.Compat;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.ElasticLoadBalancingV2;

/// <summary>
/// A client of Elastic Load Balancing on the core alone: its credentials, its signatures, its retries.
/// </summary>
public class AmazonElasticLoadBalancingV2Client : AmazonServiceClient, IAmazonElasticLoadBalancingV2
{
    public AmazonElasticLoadBalancingV2Client()
        : base(new AmazonElasticLoadBalancingV2Config())
    {
    }

    public AmazonElasticLoadBalancingV2Client(RegionEndpoint region)
        : base(new AmazonElasticLoadBalancingV2Config { RegionEndpoint = region })
    {
    }

    public AmazonElasticLoadBalancingV2Client(AmazonElasticLoadBalancingV2Config config)
        : base(config)
    {
    }

    public AmazonElasticLoadBalancingV2Client(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonElasticLoadBalancingV2Config { RegionEndpoint = region })
    {
    }

    public AmazonElasticLoadBalancingV2Client(
        AWSCredentials credentials, AmazonElasticLoadBalancingV2Config clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public virtual Task<DescribeLoadBalancerAttributesResponse> DescribeLoadBalancerAttributesAsync(
        DescribeLoadBalancerAttributesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeLoadBalancerAttributesResponse>(
            request,
            AmazonElasticLoadBalancingV2Protocol.Instance.Options<DescribeLoadBalancerAttributesResponse>(),
            cancellationToken);

    public virtual Task<DescribeLoadBalancersResponse> DescribeLoadBalancersAsync(
        DescribeLoadBalancersRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeLoadBalancersResponse>(
            request,
            AmazonElasticLoadBalancingV2Protocol.Instance.Options<DescribeLoadBalancersResponse>(),
            cancellationToken);

    public virtual Task<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributesAsync(
        DescribeTargetGroupAttributesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTargetGroupAttributesResponse>(
            request,
            AmazonElasticLoadBalancingV2Protocol.Instance.Options<DescribeTargetGroupAttributesResponse>(),
            cancellationToken);

    public virtual Task<DescribeTargetGroupsResponse> DescribeTargetGroupsAsync(
        DescribeTargetGroupsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTargetGroupsResponse>(
            request,
            AmazonElasticLoadBalancingV2Protocol.Instance.Options<DescribeTargetGroupsResponse>(),
            cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) =>
        Pipeline.Customize(pipeline, AmazonElasticLoadBalancingV2Protocol.Instance);
}
