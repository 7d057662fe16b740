using System.Net;
using Support.Host;

namespace Support.Ecs;

/// <summary>Where the agent says that the metadata is. A variable that is empty counts as not set.</summary>
/// <param name="Version">Of the endpoint: 4, or 3 on a Fargate platform before 1.4.0 and an agent before 1.39.0.</param>
/// <param name="Base">The container's own path, without a slash at its end; null where <paramref name="Problem"/> says why it is not asked.</param>
/// <param name="Problem">Why nothing is asked there; null where it may be asked.</param>
public sealed record MetadataEndpoint(int Version, Uri? Base, string? Problem)
{
    /// <summary>The variable of version 4.</summary>
    public const string Version4 = "ECS_CONTAINER_METADATA_URI_V4";

    /// <summary>The variable of version 3.</summary>
    public const string Version3 = "ECS_CONTAINER_METADATA_URI";

    /// <summary>The agent's link-local address (ECS developer guide, task metadata endpoint).</summary>
    private static readonly IPAddress Agent = new([169, 254, 170, 2]);

    /// <summary>The first 32 bits of fd00:ec2::/32, which AWS answers on in networks without IPv4.</summary>
    private static readonly byte[] AwsNetwork = [0xFD, 0x00, 0x0E, 0xC2];

    /// <summary>The endpoint that the variables name, that of version 4 first; null outside of ECS.</summary>
    /// <param name="environment">The environment variables of the process.</param>
    public static MetadataEndpoint? From(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Of(environment, Version4, 4) ?? Of(environment, Version3, 3);
    }

    /// <summary>What is below the container's own path, as in <c>/task</c>.</summary>
    internal Uri At(string path) => new(Base!.AbsoluteUri.TrimEnd('/') + path);

    private static MetadataEndpoint? Of(IReadOnlyDictionary<string, string> environment, string name, int version)
    {
        if (!environment.TryGetValue(name, out var value) || string.IsNullOrWhiteSpace(value))
            return null;

        if (Refusal(value.Trim()) is { } problem)
            return new(version, null, $"{name} {problem}, and only http:// to 169.254.170.2, fd00:ec2::/32 or loopback is asked");

        // A slash at the end is not routed and answers 404; a doubled one is redirected.
        return new(version, new Uri(value.Trim().TrimEnd('/')), null);
    }

    // Whoever can set the variable could else make the suite ask any server of the network, and print what it answers.
    private static string? Refusal(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri))
            return "is not an absolute URL";
        if (uri.Scheme != Uri.UriSchemeHttp)
            return $"has the scheme {Words.Quote(uri.Scheme)}";
        if (uri.UserInfo.Length > 0)
            return "holds a user name or password";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "holds a query or fragment";
        return uri.IsLoopback || (IPAddress.TryParse(uri.IdnHost, out var address) && IsOfAws(address)) ? null : $"names the host {Words.Quote(uri.Host)}";
    }

    private static bool IsOfAws(IPAddress address) => address.Equals(Agent) || address.GetAddressBytes().AsSpan().StartsWith(AwsNetwork);
}
