using Amazon.Compat;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;

namespace Amazon.CloudWatch;

/// <summary>
/// Region, endpoint, retries and timeouts of <see cref="AmazonCloudWatchClient"/>: what is not set is what every client
/// of the core has.
/// </summary>
public class AmazonCloudWatchConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("CloudWatch", "4.0");

    public AmazonCloudWatchConfig()
        : base(new StandardDefaults())
    {
        base.ServiceId = AmazonCloudWatchProtocol.Instance.ServiceId;
        AuthenticationServiceName = AmazonCloudWatchProtocol.Instance.SigningName;
        EndpointProvider = new EndpointProvider();
    }

    public static new string ServiceId => AmazonCloudWatchProtocol.Instance.ServiceId;

    public override string RegionEndpointServiceName => AmazonCloudWatchProtocol.Instance.SigningName;

    public override string ServiceVersion => AmazonCloudWatchProtocol.Instance.ApiVersion;

    public override string UserAgent => Agent;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        AmazonCloudWatchProtocol.Instance.EndpointOf(this);
}
