using System.Net;
using Amazon.Compat;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime.Internal;

namespace Amazon.ElasticLoadBalancingV2;

/// <summary>
/// The stand-in for AWSSDK.ElasticLoadBalancingV2: the query protocol. Deleting it, once a registry serves the package,
/// is the plan.
/// </summary>
internal static class AmazonElasticLoadBalancingV2Protocol
{
    public static QueryProtocol Instance { get; } = new(
        ServiceName: "Amazon.ElasticLoadBalancingV2",
        ServiceId: "Elastic Load Balancing v2",
        SigningName: "elasticloadbalancing",
        ApiVersion: "2015-12-01",
        Fault);

    // The codes have no ending, the exceptions of the package have one.
    private static AmazonElasticLoadBalancingV2Exception Fault(
        ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "LoadBalancerNotFound" =>
            new LoadBalancerNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "TargetGroupNotFound" =>
            new TargetGroupNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonElasticLoadBalancingV2Exception(
            error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
