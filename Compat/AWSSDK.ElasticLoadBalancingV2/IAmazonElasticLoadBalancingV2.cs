using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ElasticLoadBalancingV2;

/// <summary>The operations of Elastic Load Balancing that the suite uses.</summary>
public partial interface IAmazonElasticLoadBalancingV2 : IAmazonService, IDisposable
{
    /// <summary>Elastic Load Balancing API reference, DescribeLoadBalancerAttributes.</summary>
    Task<DescribeLoadBalancerAttributesResponse> DescribeLoadBalancerAttributesAsync(
        DescribeLoadBalancerAttributesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Elastic Load Balancing API reference, DescribeLoadBalancers.</summary>
    Task<DescribeLoadBalancersResponse> DescribeLoadBalancersAsync(
        DescribeLoadBalancersRequest request, CancellationToken cancellationToken = default);

    /// <summary>Elastic Load Balancing API reference, DescribeTargetGroupAttributes.</summary>
    Task<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributesAsync(
        DescribeTargetGroupAttributesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Elastic Load Balancing API reference, DescribeTargetGroups.</summary>
    Task<DescribeTargetGroupsResponse> DescribeTargetGroupsAsync(
        DescribeTargetGroupsRequest request, CancellationToken cancellationToken = default);

    /// <summary>The endpoint that a request goes to.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonElasticLoadBalancingV2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(
        AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonElasticLoadBalancingV2Client(awsCredentials, (AmazonElasticLoadBalancingV2Config)clientConfig);
}
