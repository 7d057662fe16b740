using Amazon.Compat;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;

namespace Amazon.ECS;

/// <summary>
/// Region, endpoint, retries and timeouts of <see cref="AmazonECSClient"/>: what is not set is what every client of the
/// core has.
/// </summary>
public class AmazonECSConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("ECS", "4.0");

    public AmazonECSConfig()
        : base(new StandardDefaults())
    {
        base.ServiceId = AmazonECSProtocol.Instance.ServiceId;
        AuthenticationServiceName = AmazonECSProtocol.Instance.SigningName;
        EndpointProvider = new EndpointProvider();
    }

    public static new string ServiceId => AmazonECSProtocol.Instance.ServiceId;

    public override string RegionEndpointServiceName => AmazonECSProtocol.Instance.SigningName;

    public override string ServiceVersion => AmazonECSProtocol.Instance.ApiVersion;

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        AmazonECSProtocol.Instance.EndpointOf(this);
}
