using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.Compat;

/// <summary>A service in what sets it apart from another, and how it is spoken to.</summary>
/// <param name="ServiceName">The name that the core logs, as <c>Amazon.ECS</c>.</param>
/// <param name="ServiceId">
/// Spaces apart the <c>NAME</c> in <c>AWS_ENDPOINT_URL_NAME</c>; without it the core ignores that variable.
/// </param>
/// <param name="SigningName">
/// The service in the scope of the signature, and the first label of the endpoint's host.
/// </param>
/// <param name="ApiVersion">The version of the service's model.</param>
/// <param name="Fault">Makes the service's exception of an error.</param>
internal abstract record ServiceProtocol(
    string ServiceName,
    string ServiceId,
    string SigningName,
    string ApiVersion,
    Func<ErrorResponse, Exception, HttpStatusCode, AmazonServiceException> Fault)
{
    /// <summary>The two halves of an operation, for the core to call.</summary>
    public abstract InvokeOptions Options<T>()
        where T : AmazonWebServiceResponse, new();

    /// <summary>
    /// The URL that was configured, else that of the region (AWS General Reference, service endpoints).
    /// </summary>
    public Endpoint EndpointOf(IClientConfig config)
    {
        if (!string.IsNullOrEmpty(config.ServiceURL))
            return new Endpoint(config.ServiceURL);

        var region = config.RegionEndpoint
            ?? throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        var host = config.UseFIPSEndpoint ? $"{SigningName}-fips" : SigningName;
        var suffix = !config.UseDualstackEndpoint ? region.PartitionDnsSuffix
            : region.PartitionName == "aws-cn" ? "api.amazonwebservices.com.cn" : "api.aws";
        return new Endpoint($"https://{host}.{region.SystemName}.{suffix}");
    }
}
