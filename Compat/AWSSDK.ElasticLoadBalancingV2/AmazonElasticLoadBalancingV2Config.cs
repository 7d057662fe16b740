using Amazon.Compat;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;

namespace Amazon.ElasticLoadBalancingV2;

/// <summary>
/// Region, endpoint, retries and timeouts of <see cref="AmazonElasticLoadBalancingV2Client"/>: what is not set is what
/// every client of the core has.
/// </summary>
public class AmazonElasticLoadBalancingV2Config : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("ElasticLoadBalancingV2", "4.0");

    public AmazonElasticLoadBalancingV2Config()
        : base(new StandardDefaults())
    {
        base.ServiceId = AmazonElasticLoadBalancingV2Protocol.Instance.ServiceId;
        AuthenticationServiceName = AmazonElasticLoadBalancingV2Protocol.Instance.SigningName;
        EndpointProvider = new EndpointProvider();
    }

    public static new string ServiceId => AmazonElasticLoadBalancingV2Protocol.Instance.ServiceId;

    public override string RegionEndpointServiceName => AmazonElasticLoadBalancingV2Protocol.Instance.SigningName;

    public override string ServiceVersion => AmazonElasticLoadBalancingV2Protocol.Instance.ApiVersion;

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        AmazonElasticLoadBalancingV2Protocol.Instance.EndpointOf(this);
}
