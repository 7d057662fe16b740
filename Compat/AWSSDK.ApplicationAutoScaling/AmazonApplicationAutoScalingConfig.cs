using Amazon.Compat;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;

namespace Amazon.ApplicationAutoScaling;

/// <summary>
/// Region, endpoint, retries and timeouts of <see cref="AmazonApplicationAutoScalingClient"/>: what is not set is what
/// every client of the core has.
/// </summary>
public class AmazonApplicationAutoScalingConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("ApplicationAutoScaling", "4.0");

    public AmazonApplicationAutoScalingConfig()
        : base(new StandardDefaults())
    {
        base.ServiceId = AmazonApplicationAutoScalingProtocol.Instance.ServiceId;
        AuthenticationServiceName = AmazonApplicationAutoScalingProtocol.Instance.SigningName;
        EndpointProvider = new EndpointProvider();
    }

    public static new string ServiceId => AmazonApplicationAutoScalingProtocol.Instance.ServiceId;

    public override string RegionEndpointServiceName => AmazonApplicationAutoScalingProtocol.Instance.SigningName;

    public override string ServiceVersion => AmazonApplicationAutoScalingProtocol.Instance.ApiVersion;

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        AmazonApplicationAutoScalingProtocol.Instance.EndpointOf(this);
}
