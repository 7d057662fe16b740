using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.Compat;

/// <summary>What a client adds to the core's pipeline.</summary>
internal static class Pipeline
{
    /// <summary>Puts in the two handlers that depend on the service. The one that is added last runs first.</summary>
    public static void Customize(RuntimePipeline pipeline, ServiceProtocol protocol)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpoint(protocol));
        pipeline.AddHandlerAfter<Marshaller>(new Signature());
    }

    private sealed class ServiceEndpoint(ServiceProtocol protocol) : BaseEndpointResolver
    {
        protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
            new() { [EndpointProvider.Url] = protocol.EndpointOf(requestContext.ClientConfig).URL };
    }

    // Without it nothing is signed.
    private sealed class Signature : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
            AuthSchemeOption.DEFAULT_SIGV4;
    }
}

/// <summary>
/// Takes the endpoint as it was worked out: what the packages read here from a set of rules, a thin client knows.
/// </summary>
internal sealed class EndpointProvider : IEndpointProvider
{
    /// <summary>The parameter that holds the URL.</summary>
    public const string Url = "Url";

    public Endpoint ResolveEndpoint(EndpointParameters parameters) => new((string)parameters[Url]);
}

/// <summary>
/// The defaults of a client's configuration, as every service has them (AWS SDKs and Tools Reference, smart
/// configuration defaults).
/// </summary>
internal sealed class StandardDefaults : IDefaultConfigurationProvider
{
    public IDefaultConfiguration GetDefaultConfiguration(
        RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
        new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard };
}
